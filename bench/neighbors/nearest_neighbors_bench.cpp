// The slow step of spectral clustering and of every projection: all nearest neighbours, beside the plain
// double loop that defines them. If it slows down, every refresh does.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/rng.hpp"
#include "neighbors/nearest_neighbors.hpp"

namespace regimetry::neighbors {
namespace {

constexpr std::int64_t kWidth = 64, kNeighbors = 9;

MatrixF random_points(std::int64_t rows) {
  RngStream stream(7);
  MatrixF points(rows, kWidth);
  for (std::int64_t i = 0; i < points.size(); ++i) points.data()[i] = static_cast<float>(stream.normal());
  return points;
}

// Rows that overlap with those before them, as embeddings of rolling windows do.
MatrixF windowed_points(std::int64_t rows) {
  MatrixF points = random_points(rows);
  for (std::int64_t row = 1; row < rows; ++row)
    points.row(row) = 0.95F * points.row(row - 1) + 0.3F * points.row(row);
  return points;
}

void BM_Blocked(benchmark::State& state, MatrixF (*make_points)(std::int64_t)) {
  const MatrixF points = make_points(state.range(0));
  ThreadPool pool;
  for (auto _ : state) benchmark::DoNotOptimize(find_neighbors(points, kNeighbors, pool));
}
BENCHMARK_CAPTURE(BM_Blocked, random, random_points)
    ->Arg(2'000)
    ->Arg(10'000)
    ->Arg(20'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(BM_Blocked, windowed, windowed_points)
    ->Arg(2'000)
    ->Arg(10'000)
    ->Arg(20'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_PlainDoubleLoop(benchmark::State& state) {
  const MatrixF points = random_points(state.range(0));
  for (auto _ : state) {
    for (std::int64_t row = 0; row < points.rows(); ++row) {
      std::vector<std::pair<float, std::int64_t>> all(static_cast<std::size_t>(points.rows()));
      for (std::int64_t other = 0; other < points.rows(); ++other)
        all[static_cast<std::size_t>(other)] = {(points.row(row) - points.row(other)).squaredNorm(), other};
      std::partial_sort(all.begin(), all.begin() + kNeighbors, all.end());
      benchmark::DoNotOptimize(all.data());
    }
  }
}
BENCHMARK(BM_PlainDoubleLoop)->Arg(2'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace regimetry::neighbors

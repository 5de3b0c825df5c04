// k-means with ten starts, beside one assignment of all rows in a plain loop. What a start costs in units of
// that loop is about its iterations; if the ratio grows, Lloyd's loop has slowed down.
#include <benchmark/benchmark.h>

#include "embedding_like_rows.hpp"
#include "regimes/kmeans/kmeans.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kWidth = 64;
constexpr int kRegimes = 6;

void BM_TenStarts(benchmark::State& state) {
  const MatrixF rows = grouped_rows(state.range(0), kWidth);
  ThreadPool pool;
  for (auto _ : state)
    benchmark::DoNotOptimize(fit_kmeans({rows, {}}, {.regime_count = kRegimes}, Rng(1), pool));
}
BENCHMARK(BM_TenStarts)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_PlainAssignment(benchmark::State& state) {
  const MatrixF rows = grouped_rows(state.range(0), kWidth);
  const MatrixD centers = rows.topRows(kRegimes).cast<double>();
  for (auto _ : state) {
    double total = 0;
    for (Eigen::Index row = 0; row < rows.rows(); ++row)
      total += (centers.rowwise() - rows.row(row).cast<double>()).rowwise().squaredNorm().minCoeff();
    benchmark::DoNotOptimize(total);
  }
}
BENCHMARK(BM_PlainAssignment)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace regimetry::regimes

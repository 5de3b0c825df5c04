// Spectral clustering end to end and its steps, beside the step that any implementation must do: all pairs of
// distances once, in a plain float product. If the ratio grows, the steps after the search have slowed down.
// Beside scikit-learn: compare_with_sklearn.py.
#include <benchmark/benchmark.h>

#include "embedding_like_rows.hpp"
#include "neighbors/nearest_neighbors.hpp"
#include "regimes/spectral/choose_regime_count.hpp"
#include "regimes/spectral/spectral.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kWidth = 64;

void BM_EndToEnd(benchmark::State& state, MatrixF (*make_rows)(std::int64_t, std::int64_t)) {
  const MatrixF rows = make_rows(state.range(0), kWidth);
  ThreadPool pool;
  for (auto _ : state) benchmark::DoNotOptimize(fit_spectral({rows, {}}, {}, Rng(1), pool));
}
BENCHMARK_CAPTURE(BM_EndToEnd, embedding_like, embedding_like_rows)
    ->Arg(2'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(BM_EndToEnd, grouped, grouped_rows)
    ->Arg(2'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_NeighborsAlone(benchmark::State& state) {
  const MatrixF rows = embedding_like_rows(state.range(0), kWidth);
  ThreadPool pool;
  for (auto _ : state) benchmark::DoNotOptimize(neighbors::find_neighbors(rows, 9, pool));
}
BENCHMARK(BM_NeighborsAlone)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_ChooseRegimeCount(benchmark::State& state) {
  const MatrixF rows = embedding_like_rows(state.range(0), kWidth);
  ThreadPool pool;
  const SpectralCoordinates coordinates = compute_spectral_coordinates({rows, {}}, {}, Rng(1), pool);
  for (auto _ : state) benchmark::DoNotOptimize(choose_regime_count(coordinates, {}, Rng(1), pool));
}
BENCHMARK(BM_ChooseRegimeCount)->Arg(2'000)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace regimetry::regimes

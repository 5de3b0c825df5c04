// A new row into old regimes, as a live stream does it, beside a plain loop over the landmarks that only
// finds the nearest. Must stay far below the time between two bars of any market: some ten microseconds.
#include <benchmark/benchmark.h>

#include <limits>

#include "embedding_like_rows.hpp"
#include "regimes/spectral/spectral.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kRows = 5'000, kWidth = 64;

void BM_Push(benchmark::State& state) {
  const MatrixF rows = embedding_like_rows(kRows, kWidth);
  ThreadPool pool;
  const SpectralFit fit = fit_spectral({rows, {}}, {}, Rng(1), pool);
  const std::unique_ptr<OnlineRegimes> online = fit.regimes.start();
  std::int64_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(online->push({rows.row(row).data(), static_cast<std::size_t>(kWidth)}).label);
    row = (row + 1) % kRows;
  }
}
BENCHMARK(BM_Push)->Unit(benchmark::kMicrosecond);

void BM_PlainNearestLandmark(benchmark::State& state) {
  const MatrixF rows = embedding_like_rows(kRows, kWidth), landmarks = rows.topRows(2048);
  std::int64_t row = 0;
  for (auto _ : state) {
    float least = std::numeric_limits<float>::infinity();
    for (std::int64_t landmark = 0; landmark < landmarks.rows(); ++landmark)
      least = std::min(least, (landmarks.row(landmark) - rows.row(row)).squaredNorm());
    benchmark::DoNotOptimize(least);
    row = (row + 1) % kRows;
  }
}
BENCHMARK(BM_PlainNearestLandmark)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace regimetry::regimes

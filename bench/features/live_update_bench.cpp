// One bar of one instrument through core95: what a live feed waits for. The mean hides the bars on which
// blocks of windows are rebuilt, so the slowest hundredth is shown too (p99_us); if that grows, some operator
// does its work in lumps.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "features/feature_stream.hpp"
#include "features/random_bars.hpp"

namespace regimetry::features {
namespace {

void BM_LiveUpdate(benchmark::State& state, const char* set_name) {
  FeatureSpecification specification;
  specification.sets = {set_name};
  const FeatureSet set(specification);
  const market::Bars bars = random_bars(100'000, 0);
  std::vector<double> microseconds;
  for (auto _ : state) {
    FeatureStream stream(set);
    microseconds.clear();
    for (std::size_t i = 0; i < bars.timestamps.size(); ++i) {
      const LiveBar bar{
          bars.timestamps[i], bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i], {}};
      const auto start = std::chrono::steady_clock::now();
      benchmark::DoNotOptimize(stream.update(bar).data());
      const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
      microseconds.push_back(taken.count());
    }
  }
  std::sort(microseconds.begin(), microseconds.end());
  state.counters["median_us"] = microseconds[microseconds.size() / 2];
  state.counters["p99_us"] = microseconds[microseconds.size() * 99 / 100];
  state.SetItemsProcessed(state.iterations() * bars.size());
}

BENCHMARK_CAPTURE(BM_LiveUpdate, core95, "core95")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_LiveUpdate, regime, "regime")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace regimetry::features

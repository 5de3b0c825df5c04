// Single indicators over a million bars on one core, beside the textbook's loop in the same run.
//
// Both read bars and write one value per bar to memory: doubles in the book's case, floats in ours.
// items_per_second counts bars. The catalogue's also pass over missing values, keep their accuracy for ever
// and give the same bits live; if a ratio falls, look for an update() that no longer stays in registers.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

#include "features/graph/series_runner.hpp"
#include "features/random_bars.hpp"
#include "features/sets/feature_set.hpp"
#include "features/source_columns.hpp"
#include "features/textbook_indicators.hpp"

namespace regimetry::features {
namespace {

constexpr std::int64_t kBars = 1'000'000;
constexpr std::int64_t kBlock = 256;

const market::Bars& bars() {
  static const market::Bars made = random_bars(kBars, 0);
  return made;
}

void BM_Catalogue(benchmark::State& state, const std::string& expression) {
  FeatureSpecification specification;
  specification.features = {expression};
  const FeatureSet set(specification);
  SourceColumns sources(set.graph(), bars());
  std::vector<const double*> at;
  textbook::Column out(static_cast<std::size_t>(kBars));
  for (auto _ : state) {
    SeriesRunner runner(set.pass(0), kBlock);
    for (std::int64_t begin = 0; begin < kBars; begin += kBlock) {
      const std::int64_t count = std::min(kBlock, kBars - begin);
      sources.fill(begin, at);
      runner.run(at.data(), count);
      std::copy_n(runner.result(0), count, out.begin() + begin);
    }
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * kBars);
}

void BM_Textbook(benchmark::State& state, void (*indicator)(const market::Bars&, textbook::Column&)) {
  textbook::Column out(static_cast<std::size_t>(kBars));
  for (auto _ : state) {
    indicator(bars(), out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * kBars);
}

BENCHMARK_CAPTURE(BM_Textbook, sma, textbook::sma);
BENCHMARK_CAPTURE(BM_Catalogue, sma, "sma(20)");
BENCHMARK_CAPTURE(BM_Textbook, ema, textbook::ema);
BENCHMARK_CAPTURE(BM_Catalogue, ema, "ema(20)");
BENCHMARK_CAPTURE(BM_Textbook, dema, textbook::dema);
BENCHMARK_CAPTURE(BM_Catalogue, dema, "dema(20)");
BENCHMARK_CAPTURE(BM_Textbook, rsi, textbook::rsi);
BENCHMARK_CAPTURE(BM_Catalogue, rsi, "rsi(14)");
BENCHMARK_CAPTURE(BM_Textbook, atr, textbook::atr);
BENCHMARK_CAPTURE(BM_Catalogue, atr, "atr(14)");
BENCHMARK_CAPTURE(BM_Textbook, bollinger, textbook::bollinger);
BENCHMARK_CAPTURE(BM_Catalogue, bollinger, "bollinger_percent_b(20,2)");
BENCHMARK_CAPTURE(BM_Textbook, cci, textbook::cci);
BENCHMARK_CAPTURE(BM_Catalogue, cci, "cci(20)");
BENCHMARK_CAPTURE(BM_Textbook, adx, textbook::adx);
BENCHMARK_CAPTURE(BM_Catalogue, adx, "adx(14)");
BENCHMARK_CAPTURE(BM_Textbook, macd, textbook::macd);
BENCHMARK_CAPTURE(BM_Catalogue, macd, "macd_histogram(12,26,9)");
BENCHMARK_CAPTURE(BM_Textbook, stochastic, textbook::stochastic);
BENCHMARK_CAPTURE(BM_Catalogue, stochastic, "stochastic_k(14,3)");

}  // namespace
}  // namespace regimetry::features

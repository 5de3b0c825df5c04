// Checking bars: what stands between reading a file and using it. If it slows down, every command that reads
// does.
//
// `plain` is the same judgement of single rows as a person would write it first: one loop per check, row by
// row, and a sort per window for the jumps. The ratio of the two is what the blockwise screens earn.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "market/quality/check_quality.hpp"

namespace regimetry::market {
namespace {

MarketData random_market(std::int64_t instrument_count, std::int64_t bar_count) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  MarketData data;
  for (std::int64_t k = 0; k < instrument_count; ++k) {
    Bars bars;
    bars.symbol = "S" + std::to_string(k);
    bars.timeframe = {kNsPerMinute, 0};
    double close = 100;
    std::int64_t minute = 0;
    for (std::int64_t i = 0; i < bar_count; ++i, ++minute) {
      if (minute % 1440 == 390) minute += 1050;        // nights
      if (minute / 1440 % 7 == 5) minute += 2 * 1440;  // weekends
      const double open = close;
      close *= std::exp(1e-4 * normal(random));
      bars.timestamps.push_back(minute * kNsPerMinute);
      bars.open.push_back(open);
      bars.close.push_back(close);
      bars.high.push_back(std::max(open, close) * 1.0001);
      bars.low.push_back(std::min(open, close) * 0.9999);
      bars.volume.push_back(static_cast<double>(random() % 100'000 + 1));
    }
    data.instruments.push_back(std::move(bars));
  }
  return data;
}

// One loop per check.
std::int64_t check_plainly(const Bars& bars) {
  const std::size_t n = bars.close.size();
  std::int64_t bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (std::isnan(bars.open[i]) || std::isnan(bars.high[i]) || std::isnan(bars.low[i]) ||
        std::isnan(bars.close[i]))
      ++bad;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (std::isinf(bars.open[i]) || std::isinf(bars.high[i]) || std::isinf(bars.low[i]) ||
        std::isinf(bars.close[i]))
      ++bad;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (bars.open[i] <= 0 || bars.high[i] <= 0 || bars.low[i] <= 0 || bars.close[i] <= 0) ++bad;
  }
  for (std::size_t i = 0; i < n; ++i) bad += bars.high[i] < bars.low[i] ? 1 : 0;
  for (std::size_t i = 0; i < n; ++i) bad += bars.high[i] < std::max(bars.open[i], bars.close[i]) ? 1 : 0;
  for (std::size_t i = 0; i < n; ++i) bad += bars.low[i] > std::min(bars.open[i], bars.close[i]) ? 1 : 0;
  for (std::size_t i = 0; i < n; ++i) bad += bars.volume[i] < 0 || bars.volume[i] == 0 ? 1 : 0;
  for (std::size_t i = 1; i < n; ++i) bad += bars.timestamps[i] <= bars.timestamps[i - 1] ? 1 : 0;
  for (std::size_t i = 1; i < n; ++i) {
    bad += bars.open[i] == bars.open[i - 1] && bars.high[i] == bars.high[i - 1] &&
                   bars.low[i] == bars.low[i - 1] && bars.close[i] == bars.close[i - 1]
               ? 1
               : 0;
  }
  constexpr std::size_t kBlock = 256;
  std::vector<double> moves;
  for (std::size_t begin = 1; begin < n; begin += kBlock) {
    moves.clear();
    for (std::size_t i = begin; i < std::min(n, begin + kBlock); ++i) {
      moves.push_back(std::abs(std::log(bars.close[i] / bars.close[i - 1])));
    }
    std::sort(moves.begin(), moves.end());
    const double limit = 12 * 1.4826 * moves[moves.size() / 2];
    bad += std::count_if(moves.begin(), moves.end(), [limit](double move) { return move > limit; });
  }
  return bad;
}

void BM_CheckQuality(benchmark::State& state) {
  const MarketData data = random_market(state.range(0), state.range(1));
  ThreadPool pool;
  for (auto _ : state) benchmark::DoNotOptimize(check_quality(data, {}, pool));
  state.SetItemsProcessed(state.iterations() * data.bar_count());
}

void BM_CheckPlainly(benchmark::State& state) {
  const MarketData data = random_market(state.range(0), state.range(1));
  for (auto _ : state) {
    for (const Bars& bars : data.instruments) benchmark::DoNotOptimize(check_plainly(bars));
  }
  state.SetItemsProcessed(state.iterations() * data.bar_count());
}

BENCHMARK(BM_CheckQuality)
    ->Args({1, 1'000'000})
    ->Args({100, 10'000})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CheckPlainly)
    ->Args({1, 1'000'000})
    ->Args({100, 10'000})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace regimetry::market

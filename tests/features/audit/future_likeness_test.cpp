#include "features/audit/future_likeness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "core/parallel.hpp"
#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"
#include "market/simulation/simulate_market.hpp"
#include "market/simulation/truth_columns.hpp"

namespace regimetry::features {
namespace {

using market::Bars;
using testing::HasSubstr;

// close[t + horizon] / close[t] - 1; for a negative horizon the return up to t.
Values return_over(const Bars& bars, std::int64_t horizon) {
  return per_row(bars.close.size(), [&](std::size_t t) {
    const std::int64_t other = static_cast<std::int64_t>(t) + horizon;
    if (other < 0 || other >= bars.size()) return kMissing;
    const double ratio = bars.close[static_cast<std::size_t>(other)] / bars.close[t];
    return horizon > 0 ? ratio - 1 : 1 / ratio - 1;
  });
}

Values mapped(Values values, const std::function<double(double)>& map) {
  for (double& value : values) value = map(value);
  return values;
}

// Indicators that nobody may call a label.
std::vector<std::pair<std::string, Values>> honest_columns(const Bars& bars) {
  const auto trailing = [&](std::int64_t length, const Values& values) {
    return per_row(values.size(), [&](std::size_t t) {
      const auto row = static_cast<std::int64_t>(t);
      return row < length ? kMissing : mean_between(values, row - length + 1, row);
    });
  };
  const Values changes = return_over(bars, -1);
  const Values squares = mapped(changes, [](double r) { return std::isnan(r) ? 0.0 : r * r; });
  const Values mean = trailing(20, bars.close);
  std::vector<std::pair<std::string, Values>> columns = {
      {"close", bars.close},
      {"return_1", changes},
      {"return_60", return_over(bars, -60)},
      {"mean_20", mean},
      {"mean_200", trailing(200, bars.close)},
      {"volatility_20", mapped(trailing(20, squares), [](double v) { return std::sqrt(v); })},
      {"volume", bars.volume},
      {"direction", mapped(changes, [](double r) { return r > 0 ? 1.0 : 0.0; })},
      {"month",
       per_row(bars.close.size(),
               [&](std::size_t t) { return static_cast<double>(to_civil(bars.timestamps[t]).month); })},
      {"row", per_row(bars.close.size(), [](std::size_t t) { return static_cast<double>(t); })},
  };
  columns.emplace_back("distance",
                       per_row(mean.size(), [&](std::size_t t) { return bars.close[t] / mean[t] - 1; }));
  return columns;
}

TEST(FutureLikeness, OrdinaryIndicatorsAreLeftAlone) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    for (const std::int64_t count : {120, 600, 2500}) {
      const Bars bars = daily_walk(count, seed);
      const FutureProbe probe(bars);
      for (const auto& [name, values] : honest_columns(bars)) {
        for (const bool is_input : {false, true}) {
          const auto found = probe.examine(values, is_input).likeness;
          EXPECT_FALSE(found.has_value())
              << name << " seed " << seed << " bars " << count << ": " << found->words;
        }
      }
    }
  }
}

TEST(FutureLikeness, PricesThatAreAlwaysPulledBackAreNoLabels) {
  // Noise around a constant: the level foretells the return with -0.7, and the past return tells as much.
  Bars bars = daily_walk(2000, 3);
  RngStream stream = Rng(4).stream("test.noise");
  for (std::size_t t = 0; t < bars.close.size(); ++t) bars.close[t] = 100 + stream.normal();
  const FutureProbe probe(bars);
  for (const auto& [name, values] : honest_columns(bars))
    EXPECT_FALSE(probe.examine(values, true).likeness.has_value()) << name;
}

TEST(FutureLikeness, TheCloseIsNoLabelWhereItIsTheNextOpen) {
  Bars bars = daily_walk(600, 7);
  for (std::size_t t = 1; t < bars.open.size(); ++t) bars.open[t] = bars.close[t - 1];
  const FutureProbe probe(bars);
  for (const auto& [name, values] : honest_columns(bars))
    EXPECT_FALSE(probe.examine(values, true).likeness.has_value()) << name;
}

TEST(FutureLikeness, SimulatedVolatilityForecastsAndRegimesAreNoLabels) {
  market::SimulationOptions options;
  options.bars = 4000;
  options.garch_alpha = 0.08, options.garch_beta = 0.9;
  ThreadPool pool(1);
  const market::MarketData data = market::simulate_market(options, 5, pool, silent_observer()).data;
  const FutureProbe probe(data.instruments.front());
  for (const market::Column& column : data.instruments.front().extras)
    EXPECT_FALSE(probe.examine(column).likeness.has_value()) << column.name;
}

TEST(FutureLikeness, CopiesOfLaterReturnsAndPricesAreNamed) {
  const Bars bars = daily_walk(400, 1);
  const FutureProbe probe(bars);
  const auto words = [&](const Values& values) {
    const auto found = probe.examine(values, true).likeness;
    return found && found->is_equal ? found->words : std::string("nothing");
  };
  EXPECT_EQ(words(return_over(bars, 1)), "equals the simple return of the next 1 bar");
  EXPECT_EQ(words(return_over(bars, 21)), "equals the simple return of the next 21 bars");
  EXPECT_EQ(words(mapped(return_over(bars, 5), [](double r) { return 100 * r; })),
            "equals the simple return in per cent of the next 5 bars");
  EXPECT_EQ(words(mapped(return_over(bars, 5), [](double r) { return std::log1p(r); })),
            "equals the log return of the next 5 bars");
  EXPECT_EQ(words(mapped(return_over(bars, 3), [](double r) { return std::abs(r); })),
            "equals the size of the simple return of the next 3 bars");
  const auto ahead = [&](const Values& values) {
    return per_row(values.size(),
                   [&](std::size_t t) { return t + 2 < values.size() ? values[t + 2] : kMissing; });
  };
  EXPECT_EQ(words(ahead(bars.open)), "equals the open 2 bars later");
  EXPECT_EQ(words(ahead(bars.high)), "equals the high 2 bars later");
  EXPECT_EQ(words(ahead(bars.low)), "equals the low 2 bars later");
  EXPECT_EQ(words(ahead(bars.close)), "equals the close 2 bars later");
}

TEST(FutureLikeness, CopiesOfLaterVolumeAndRangesAreNamed) {
  const Bars bars = daily_walk(400, 1);
  const FutureProbe probe(bars);
  const auto words_of = [&](std::size_t ahead, const std::function<double(std::size_t)>& measure) {
    const auto found =
        probe
            .examine(per_row(bars.close.size(),
                             [&](std::size_t t) {
                               return t + ahead < bars.close.size() ? measure(t + ahead) : kMissing;
                             }),
                     true)
            .likeness;
    return found && found->is_equal ? found->words : std::string("nothing");
  };
  EXPECT_EQ(words_of(1, [&](std::size_t t) { return bars.volume[t]; }), "equals the volume 1 bar later");
  EXPECT_EQ(words_of(3, [&](std::size_t t) { return bars.high[t] - bars.low[t]; }),
            "equals the range (high - low) 3 bars later");
  EXPECT_EQ(words_of(1, [&](std::size_t t) { return bars.high[t] / bars.low[t]; }),
            "equals the range (high / low) 1 bar later");
  EXPECT_EQ(words_of(1, [&](std::size_t t) { return bars.high[t] / bars.low[t] - 1; }),
            "equals the range (high / low - 1) 1 bar later");
  EXPECT_EQ(words_of(1, [&](std::size_t t) { return std::log(bars.high[t] / bars.low[t]); }),
            "equals the log range 1 bar later");
  EXPECT_EQ(words_of(2, [&](std::size_t t) { return (bars.high[t] - bars.low[t]) / bars.close[t]; }),
            "equals the range in shares of the close 2 bars later");
  EXPECT_EQ(words_of(0, [&](std::size_t t) { return bars.volume[t]; }), "nothing") << "today's";
  EXPECT_EQ(words_of(0, [&](std::size_t t) { return bars.high[t] - bars.low[t]; }), "nothing");
}

TEST(FutureLikeness, ACopyOfLaterVolatilityIsNamed) {
  const Bars bars = daily_walk(400, 1);
  const Values changes = return_over(bars, -1);
  const Values later = per_row(bars.close.size(), [&](std::size_t t) {
    if (t + 5 >= bars.close.size()) return kMissing;
    double squares = 0;
    for (std::size_t k = 1; k <= 5; ++k) squares += changes[t + k] * changes[t + k];
    return std::sqrt(252 * squares / 5);
  });
  const auto found = FutureProbe(bars).examine(later, true).likeness;
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->is_equal);
  EXPECT_EQ(found->words, "equals the realised volatility of the next 5 bars, up to a constant");
  EXPECT_EQ(found->horizon, 5);
}

TEST(FutureLikeness, WhatIsNotJudgedIsSaidWithTheReason) {
  const Bars bars = daily_walk(200, 1);
  const FutureProbe probe(bars);
  std::vector<std::int32_t> codes;
  std::vector<std::string> words;
  for (std::int32_t k = 0; k < 60; ++k) words.push_back("w" + std::to_string(k));
  for (std::int32_t t = 0; t < 200; ++t) codes.push_back(t % 60);
  market::Column times;
  times.name = "settled";
  times.kind = market::ColumnKind::kTime;
  times.times = bars.timestamps;
  Values sparse(200, kMissing);
  for (std::size_t t = 0; t < 7; ++t) sparse[t] = bars.close[t];
  EXPECT_EQ(probe.examine(category_column("word", codes, words)).why_not_judged,
            "60 different words, more than 50");
  EXPECT_EQ(probe.examine(times).why_not_judged, "times, not values");
  EXPECT_EQ(probe.examine(sparse, true).why_not_judged, "7 values, fewer than 20");
  EXPECT_EQ(probe.examine(Values(10, 1.0), true).why_not_judged, "10 rows beside 200 bars");
  EXPECT_EQ(FutureProbe(daily_walk(30, 1)).examine(Values(30, 1.0), true).why_not_judged,
            "30 rows, fewer than 40");
  EXPECT_EQ(probe.examine(bars.close, true).why_not_judged, "");
}

TEST(FutureLikeness, TransformedReturnsAreTrackedDown) {
  const Bars bars = daily_walk(1500, 2);
  const FutureProbe probe(bars);
  RngStream stream = Rng(9).stream("test.noise");
  const Values noisy = mapped(return_over(bars, 5), [&](double r) { return r + 0.02 * stream.normal(); });
  const auto found = probe.examine(noisy, false).likeness;
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->is_equal);
  EXPECT_EQ(found->horizon, 5);
  EXPECT_GT(found->strength, 0.5);
  EXPECT_TRUE(
      probe
          .examine(mapped(return_over(bars, 10), [](double r) { return 1 / (1 + std::exp(-50 * r)); }), false)
          .likeness.has_value());
}

TEST(FutureLikeness, LaterDirectionIsFoundInEveryForm) {
  const Bars bars = daily_walk(700, 3);
  const FutureProbe probe(bars);
  const Values later = return_over(bars, 3);
  market::Column flag = number_column("up", mapped(later, [](double r) { return r > 0 ? 1.0 : 0.0; }));
  flag.kind = market::ColumnKind::kBoolean;
  EXPECT_TRUE(probe.examine(flag).likeness.has_value());
  // Codes without an order: buy 1, hold 0, sell 2.
  EXPECT_TRUE(probe
                  .examine(number_column("label", mapped(later,
                                                         [](double r) {
                                                           return std::isnan(r) ? kMissing
                                                                  : r > 0.01    ? 1.0
                                                                  : r < -0.01   ? 2.0
                                                                                : 0.0;
                                                         })))
                  .likeness.has_value());
}

TEST(FutureLikeness, TooFewRowsTellNothing) {
  const Bars bars = daily_walk(30, 1);
  EXPECT_FALSE(FutureProbe(bars).examine(return_over(bars, 1), true).likeness.has_value());
}

TEST(FutureLikeness, StalePricesTellNothing) {
  Bars bars = daily_walk(300, 1);
  for (auto* prices : {&bars.open, &bars.high, &bars.low, &bars.close}) prices->assign(300, 5.0);
  const FutureProbe probe(bars);
  for (const auto& [name, values] : honest_columns(bars))
    EXPECT_FALSE(probe.examine(values, true).likeness.has_value()) << name;
}

TEST(FutureLikeness, OptionsListEveryProblem) {
  EXPECT_TRUE(FutureLikenessOptions{}.problems().empty());
  const FutureLikenessOptions wrong{
      .least_correlation = 2, .margin_over_past = -1, .least_standard_errors = 0, .matching_share = 0.1};
  EXPECT_EQ(wrong.problems().size(), 4U);
}

}  // namespace
}  // namespace regimetry::features

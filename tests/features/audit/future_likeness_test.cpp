#include "features/audit/future_likeness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

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
          const auto found = probe.examine(values, is_input);
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
    EXPECT_FALSE(probe.examine(values, true).has_value()) << name;
}

TEST(FutureLikeness, TheCloseIsNoLabelWhereItIsTheNextOpen) {
  Bars bars = daily_walk(600, 7);
  for (std::size_t t = 1; t < bars.open.size(); ++t) bars.open[t] = bars.close[t - 1];
  const FutureProbe probe(bars);
  for (const auto& [name, values] : honest_columns(bars)) EXPECT_FALSE(probe.examine(values, true)) << name;
}

TEST(FutureLikeness, SimulatedVolatilityForecastsAndRegimesAreNoLabels) {
  market::SimulationOptions options;
  options.bars = 4000;
  options.garch_alpha = 0.08, options.garch_beta = 0.9;
  ThreadPool pool(1);
  const market::MarketData data = market::simulate_market(options, 5, pool, silent_observer()).data;
  const FutureProbe probe(data.instruments.front());
  for (const market::Column& column : data.instruments.front().extras)
    EXPECT_FALSE(probe.examine(column).has_value()) << column.name;
}

TEST(FutureLikeness, CopiesOfLaterReturnsAndPricesAreNamed) {
  const Bars bars = daily_walk(400, 1);
  const FutureProbe probe(bars);
  const auto words = [&](const Values& values) {
    const auto found = probe.examine(values, true);
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

TEST(FutureLikeness, TransformedReturnsAreTrackedDown) {
  const Bars bars = daily_walk(1500, 2);
  const FutureProbe probe(bars);
  RngStream stream = Rng(9).stream("test.noise");
  const Values noisy = mapped(return_over(bars, 5), [&](double r) { return r + 0.02 * stream.normal(); });
  const auto found = probe.examine(noisy, false);
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->is_equal);
  EXPECT_EQ(found->horizon, 5);
  EXPECT_GT(found->strength, 0.5);
  EXPECT_TRUE(probe.examine(
      mapped(return_over(bars, 10), [](double r) { return 1 / (1 + std::exp(-50 * r)); }), false));
}

TEST(FutureLikeness, LaterDirectionIsFoundInEveryForm) {
  const Bars bars = daily_walk(700, 3);
  const FutureProbe probe(bars);
  const Values later = return_over(bars, 3);
  market::Column flag = number_column("up", mapped(later, [](double r) { return r > 0 ? 1.0 : 0.0; }));
  flag.kind = market::ColumnKind::kBoolean;
  EXPECT_TRUE(probe.examine(flag).has_value());
  // Codes without an order: buy 1, hold 0, sell 2.
  EXPECT_TRUE(probe
                  .examine(number_column("label", mapped(later,
                                                         [](double r) {
                                                           return std::isnan(r) ? kMissing
                                                                  : r > 0.01    ? 1.0
                                                                  : r < -0.01   ? 2.0
                                                                                : 0.0;
                                                         })))
                  .has_value());
}

TEST(FutureLikeness, TooFewRowsTellNothing) {
  const Bars bars = daily_walk(30, 1);
  EXPECT_FALSE(FutureProbe(bars).examine(return_over(bars, 1), true).has_value());
}

TEST(FutureLikeness, StalePricesTellNothing) {
  Bars bars = daily_walk(300, 1);
  for (auto* prices : {&bars.open, &bars.high, &bars.low, &bars.close}) prices->assign(300, 5.0);
  const FutureProbe probe(bars);
  for (const auto& [name, values] : honest_columns(bars)) EXPECT_FALSE(probe.examine(values, true)) << name;
}

TEST(FutureLikeness, OptionsListEveryProblem) {
  EXPECT_TRUE(FutureLikenessOptions{}.problems().empty());
  const FutureLikenessOptions wrong{
      .least_correlation = 2, .margin_over_past = -1, .least_standard_errors = 0, .matching_share = 0.1};
  EXPECT_EQ(wrong.problems().size(), 4U);
}

}  // namespace
}  // namespace regimetry::features

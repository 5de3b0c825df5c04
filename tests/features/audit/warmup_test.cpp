#include "features/audit/warmup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

using market::Bars;
using testing::ElementsAre;
using testing::HasSubstr;

Values window_mean(const Bars& bars, std::int64_t length) {
  return per_row(bars.close.size(), [&](std::size_t t) {
    const auto row = static_cast<std::int64_t>(t);
    return row + 1 < length ? kMissing : mean_between(bars.close, row - length + 1, row);
  });
}

// Starts at the first close; the start's weight after n bars is (1 - 2 / (length + 1))^n.
Values exponential_mean(const Bars& bars, double length) {
  Values values = bars.close;
  const double weight = 2 / (length + 1);
  for (std::size_t t = 1; t < values.size(); ++t)
    values[t] = (1 - weight) * values[t - 1] + weight * bars.close[t];
  return values;
}

Values on_balance_volume(const Bars& bars) {
  Values values(bars.close.size(), 0);
  for (std::size_t t = 1; t < values.size(); ++t)
    values[t] = values[t - 1] + (bars.close[t] > bars.close[t - 1] ? bars.volume[t] : -bars.volume[t]);
  return values;
}

FeatureComputation all_kinds() {
  return computation_of({{"close", [](const Bars& bars) { return bars.close; }},
                         {"mean_50", [](const Bars& bars) { return window_mean(bars, 50); }},
                         {"ema_20", [](const Bars& bars) { return exponential_mean(bars, 20); }},
                         {"ema_900", [](const Bars& bars) { return exponential_mean(bars, 900); }},
                         {"obv", on_balance_volume},
                         {"expanding", [](const Bars& bars) { return window_mean(bars, 1); }},
                         {"nothing", [](const Bars& bars) { return Values(bars.close.size(), kMissing); }}});
}

WarmupReport audit(const FeatureComputation& computation, const market::MarketData& data,
                   const WarmupOptions& options = {}, int threads = 2) {
  ThreadPool pool(threads);
  return audit_warmup(computation, data, options, pool, silent_observer());
}

const FeatureWarmup& of(const WarmupReport& report, const std::string& name) {
  for (const FeatureWarmup& feature : report.features) {
    if (feature.feature == name) return feature;
  }
  throw std::logic_error("no feature is called " + name);
}

TEST(Warmup, FindsTheFewestBarsOfEachFeature) {
  const WarmupReport report = audit(all_kinds(), market_of({daily_walk(2600, 1)}));
  EXPECT_THAT(report.starts, ElementsAre(199, 399, 499, 999, 1999));
  EXPECT_EQ(of(report, "close").settled_after, 0);
  EXPECT_EQ(of(report, "close").exact_after, 0);
  EXPECT_EQ(of(report, "mean_50").settled_after, 49) << "49 bars before, and the bar itself";
  EXPECT_EQ(of(report, "mean_50").exact_after, 49);
  // (19/21)^n falls below 1e-6 of the column's deviation after ln(1e-6) / ln(19/21) = 138 bars, a little
  // sooner or later as the start lies off by less or more than one deviation; float32 hides another handful.
  const FeatureWarmup& ema = of(report, "ema_20");
  ASSERT_TRUE(ema.settled_after && ema.exact_after);
  EXPECT_GT(*ema.settled_after, 80);
  EXPECT_LT(*ema.settled_after, 160);
  EXPECT_GE(*ema.exact_after, *ema.settled_after);
}

TEST(Warmup, NamesWhatNeverSettles) {
  const WarmupReport report = audit(all_kinds(), market_of({daily_walk(2600, 1)}));
  EXPECT_EQ(report.features.front().feature, "obv") << "never settling comes first";
  EXPECT_EQ(of(report, "obv").verdict, WarmupVerdict::kNeverSettles);
  EXPECT_THAT(of(report, "obv").advice, HasSubstr("slope"));
  EXPECT_FALSE(of(report, "obv").settled_after.has_value());
  EXPECT_EQ(of(report, "ema_900").verdict, WarmupVerdict::kSlow);
  EXPECT_THAT(of(report, "ema_900").advice, HasSubstr("more than 1999 bars"));
  EXPECT_EQ(of(report, "nothing").verdict, WarmupVerdict::kNeverThere);
  EXPECT_FALSE(report.all_settle());
}

TEST(Warmup, DifferencesShrinkAsTheStartsWeightDoes) {
  const WarmupReport report = audit(all_kinds(), market_of({daily_walk(2600, 1)}));
  const std::vector<double>& differences = of(report, "ema_900").differences;
  ASSERT_EQ(differences.size(), 5U);
  // The start itself moves with the walk, so only the order of magnitude is known: e^(-2 * 1800 / 901) =
  // 0.018.
  EXPECT_LT(differences.back(), 0.1 * differences.front());
  EXPECT_GT(differences.back(), 0.001 * differences.front());
}

TEST(Warmup, AWindowLongerThanAStartHasNoValueThere) {
  const FeatureComputation computation =
      computation_of({{"mean_300", [](const Bars& bars) { return window_mean(bars, 300); }}});
  const WarmupReport report = audit(computation, market_of({daily_walk(1200, 1)}));
  EXPECT_THAT(report.starts_skipped, ElementsAre(1999));
  EXPECT_TRUE(std::isinf(of(report, "mean_300").differences[0]));
  EXPECT_EQ(of(report, "mean_300").settled_after, 299);
}

TEST(Warmup, TheWorstInstrumentDecides) {
  // B needs twice the history of A.
  const FeatureComputation computation = [](const Bars& bars) {
    return table_of(bars, {{"mean", window_mean(bars, bars.symbol == "A" ? 100 : 200)}});
  };
  const WarmupReport report =
      audit(computation, market_of({daily_walk(900, 1, "A"), daily_walk(900, 2, "B")}));
  EXPECT_EQ(of(report, "mean").settled_after, 199);
}

TEST(Warmup, TheReportIsTheSameForAnyNumberOfThreads) {
  const market::MarketData data = market_of({daily_walk(1200, 1, "A"), daily_walk(800, 2, "B")});
  EXPECT_EQ(to_json(audit(all_kinds(), data, {}, 1)), to_json(audit(all_kinds(), data, {}, 3)));
}

TEST(Warmup, ARefusedStartCountsAsTooShort) {
  const FeatureComputation picky = [](const Bars& bars) {
    if (bars.size() < 300) throw Error(ErrorKind::kData, "300 bars at least");
    return table_of(bars, {{"close", bars.close}});
  };
  const WarmupReport report = audit(picky, market_of({daily_walk(1200, 1)}));
  EXPECT_EQ(of(report, "close").settled_after, 299);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped.front(), "199 bars: 300 bars at least");
}

TEST(Warmup, WrongUseIsRefused) {
  const auto refusal = [](const market::MarketData& data, const WarmupOptions& options, ErrorKind kind) {
    try {
      (void)audit(all_kinds(), data, options);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind);
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  EXPECT_THAT(refusal(market_of({daily_walk(150, 1)}), {}, ErrorKind::kData), HasSubstr("has 150 bars"));
  const WarmupOptions wrong{.starts = {-1}, .end_count = 0, .tolerance = -1, .bar_limit = 0};
  EXPECT_EQ(wrong.problems().size(), 4U);
  EXPECT_THAT(refusal(market_of({daily_walk(500, 1)}), wrong, ErrorKind::kUsage),
              HasSubstr("-1 is negative"));
}

}  // namespace
}  // namespace regimetry::features

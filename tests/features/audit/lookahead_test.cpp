#include "features/audit/lookahead.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "core/error.hpp"
#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

using market::Bars;
using testing::HasSubstr;

Values trailing_mean(const Bars& bars, std::int64_t length) {
  return per_row(bars.close.size(), [&](std::size_t t) {
    const auto row = static_cast<std::int64_t>(t);
    return mean_between(bars.close, row - length + 1, row);
  });
}

Values next_close(const Bars& bars) {
  return per_row(bars.close.size(),
                 [&](std::size_t t) { return t + 1 < bars.close.size() ? bars.close[t + 1] : kMissing; });
}

FeatureComputation honest() {
  return computation_of({{"mean", [](const Bars& bars) { return trailing_mean(bars, 20); }}});
}

FeatureComputation leaking() {
  return computation_of(
      {{"mean", [](const Bars& bars) { return trailing_mean(bars, 20); }}, {"next", next_close}});
}

LookaheadReport audit(const FeatureComputation& computation, const market::MarketData& data,
                      const LookaheadOptions& options = {}, int threads = 2) {
  ThreadPool pool(threads);
  return audit_lookahead(computation, data, options, pool, silent_observer());
}

std::string refusal(const FeatureComputation& computation, const market::MarketData& data, ErrorKind kind,
                    const LookaheadOptions& options = {}) {
  try {
    (void)audit(computation, data, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Lookahead, HonestFeaturesAreClean) {
  const LookaheadReport report =
      audit(honest(), market_of({daily_walk(300, 1, "A"), daily_walk(200, 2, "B")}));
  EXPECT_TRUE(report.is_clean());
  EXPECT_GE(report.prefix_count, 20);
  EXPECT_GT(report.altered_count, 100);
  EXPECT_EQ(report.cut_count, report.possible_cut_count);
  EXPECT_EQ(report.columns_examined, 2);
  EXPECT_EQ(report.bar_count, 500);
}

TEST(Lookahead, CountsEveryValueItCompares) {
  // Ten bars: nine places to cut, of which prefix k has k rows; all changes at each, since every place is
  // planned.
  const LookaheadReport report = audit(honest(), market_of({daily_walk(10, 1)}));
  EXPECT_EQ(report.cut_count, 9);
  EXPECT_EQ(report.prefix_count, 9);
  EXPECT_EQ(report.altered_count, 9 * 5);
  EXPECT_EQ(report.values_compared, 45 * 6);
}

TEST(Lookahead, MissingBesideMissingComparesNothing) {
  const FeatureComputation later = computation_of(
      {{"later", [](const Bars& bars) {
          return per_row(bars.close.size(), [&](std::size_t t) { return t < 4 ? kMissing : bars.close[t]; });
        }}});
  const LookaheadReport report = audit(later, market_of({daily_walk(10, 1)}));
  EXPECT_EQ(report.values_compared, (1 + 2 + 3 + 4 + 5) * 6) << "prefixes of 5 to 9 rows, 4 of them missing";
}

TEST(Lookahead, FeaturesWithoutValuesAreNamedAsNotAudited) {
  const auto from_row = [](std::size_t first) {
    return [first](const Bars& bars) {
      return per_row(bars.close.size(), [&](std::size_t t) { return t < first ? kMissing : bars.close[t]; });
    };
  };
  const LookaheadReport report =
      audit(computation_of({{"early", from_row(5)}, {"late", from_row(290)}, {"never", from_row(1000)}}),
            market_of({daily_walk(300, 1)}));
  EXPECT_TRUE(report.is_clean());
  ASSERT_EQ(report.unproven_features.size(), 2U);
  EXPECT_EQ(report.unproven_features[0].name, "late");
  EXPECT_EQ(report.unproven_features[0].prefix_count, 9) << "rows 290 to 298 end a prefix";
  EXPECT_EQ(report.unproven_features[1].name, "never");
  EXPECT_EQ(report.unproven_features[1].prefix_count, 0);
}

TEST(Lookahead, NothingIsAuditedWhenNoFeatureHasAValue) {
  const FeatureComputation empty =
      computation_of({{"never", [](const Bars& bars) { return Values(bars.close.size(), kMissing); }}});
  EXPECT_THAT(
      refusal(empty, market_of({daily_walk(80, 1)}), ErrorKind::kData),
      testing::AllOf(HasSubstr("no feature has a value"), HasSubstr("80 bars"), HasSubstr("longer history")));
}

TEST(Lookahead, AShortHistoryProvesNothing) {
  const LookaheadReport report = audit(honest(), market_of({daily_walk(20, 1)}));
  EXPECT_EQ(report.prefix_count, 19);
  EXPECT_EQ(report.verdict(), LookaheadVerdict::kUnproven);
  EXPECT_FALSE(report.is_clean());
  EXPECT_THAT(report.why_unproven(), testing::AllOf(HasSubstr("too short"), HasSubstr("19 places")));
  EXPECT_EQ(to_json(report).at("verdict"), "unproven");
  EXPECT_EQ(audit(honest(), market_of({daily_walk(21, 1)})).verdict(), LookaheadVerdict::kNoneFound);
}

TEST(Lookahead, AComputationThatRefusesMostPrefixesProvesNothing) {
  const FeatureComputation picky = [](const Bars& bars) {
    if (bars.size() < 290) throw Error(ErrorKind::kData, "290 bars at least");
    return table_of(bars, {{"close", bars.close}});
  };
  const LookaheadReport report = audit(picky, market_of({daily_walk(300, 1)}));
  EXPECT_EQ(report.verdict(), LookaheadVerdict::kUnproven);
  EXPECT_THAT(report.why_unproven(),
              testing::AllOf(HasSubstr("could be computed on 10 of"), HasSubstr("290 bars at least"),
                             testing::Not(HasSubstr("too short"))));
}

TEST(Lookahead, ALeakIsALeakOnFewPrefixesToo) {
  const LookaheadReport report = audit(leaking(), market_of({daily_walk(15, 1)}));
  EXPECT_EQ(report.verdict(), LookaheadVerdict::kFound);
}

// Daily rows made of hourly bars, stamped with the start of the day; `shift` 1 reads the next day's close.
FeatureComputation daily_closes(std::size_t shift) {
  return [shift](const Bars& bars) {
    FeatureTable table;
    table.symbol = bars.symbol;
    table.timeframe.nanoseconds = kNsPerDay;
    table.names = {"close_of_day"};
    std::vector<double> closes;
    for (std::size_t t = 0; t < bars.timestamps.size(); ++t) {
      const TimestampNs day = bars.timestamps[t] / kNsPerDay * kNsPerDay;
      if (table.timestamps.empty() || table.timestamps.back() != day) {
        table.timestamps.push_back(day);
        closes.push_back(0);
      }
      closes.back() = bars.close[t];
    }
    table.values.resize(static_cast<Eigen::Index>(closes.size()), 1);
    for (std::size_t day = 0; day < closes.size(); ++day) {
      const bool is_there = day + shift < closes.size();
      table.values(static_cast<Eigen::Index>(day), 0) =
          static_cast<float>(is_there ? closes[day + shift] : kMissing);
    }
    return table;
  };
}

TEST(Lookahead, DailyRowsFromHourlyBarsAreKnownWhenTheDayIsOver) {
  const market::MarketData data = market_of({hourly_walk(24 * 40, 1)});
  const LookaheadReport honest_days = audit(daily_closes(0), data);
  EXPECT_TRUE(honest_days.is_clean()) << honest_days.culprits.front().found_by;
  EXPECT_GT(honest_days.values_compared, 0);
  ASSERT_EQ(honest_days.columns_not_judged.size(), 1U);
  const LookaheadReport leaking_days = audit(daily_closes(1), data);
  ASSERT_EQ(leaking_days.culprits.size(), 1U);
  EXPECT_EQ(leaking_days.culprits.front().feature, "close_of_day");
  EXPECT_EQ(leaking_days.culprits.front().kind, LeakKind::kValueMoves);
}

TEST(Lookahead, TheReportIsTheSameForAnyNumberOfThreads) {
  const market::MarketData data = market_of({daily_walk(200, 1, "A"), daily_walk(150, 2, "B")});
  const nlohmann::json one = to_json(audit(leaking(), data, {}, 1));
  EXPECT_EQ(one, to_json(audit(leaking(), data, {}, 3)));
  EXPECT_EQ(one.at("culprits").size(), 2U) << "one per instrument";
  EXPECT_FALSE(one.at("is_clean").get<bool>());
}

TEST(Lookahead, NamesEveryInstrumentThatLeaks) {
  const LookaheadReport report =
      audit(leaking(), market_of({daily_walk(200, 1, "A"), daily_walk(150, 2, "B")}));
  ASSERT_EQ(report.culprits.size(), 2U);
  EXPECT_NE(report.culprits[0].symbol, report.culprits[1].symbol);
  for (const Culprit& culprit : report.culprits) {
    EXPECT_EQ(culprit.feature, "next");
    EXPECT_EQ(culprit.reach_bars, 1);
    EXPECT_THAT(culprit.found_by, HasSubstr("; equals the close 1 bar later"));
    EXPECT_NE(culprit.with_history, culprit.with_other_future);
  }
  EXPECT_GE(report.culprits[0].severity, report.culprits[1].severity);
}

TEST(Lookahead, WorseLeaksComeFirst) {
  const FeatureComputation computation = computation_of(
      {{"seldom",
        [](const Bars& bars) {
          const Values next = next_close(bars);
          return per_row(next.size(), [&](std::size_t t) { return t % 50 == 9 ? next[t] : bars.close[t]; });
        }},
       {"always", next_close}});
  const LookaheadReport report = audit(computation, market_of({daily_walk(300, 1)}));
  ASSERT_EQ(report.culprits.size(), 2U);
  EXPECT_EQ(report.culprits[0].feature, "always");
  EXPECT_EQ(report.culprits[1].feature, "seldom");
}

TEST(Lookahead, RoundingIsToldFromALeak) {
  // A sum that runs from the end of the history: the same total, rounded otherwise.
  const FeatureComputation computation = computation_of(
      {{"total", [](const Bars& bars) {
          float tail = 0;
          for (const double close : bars.close) tail += static_cast<float>(close) * 1e-9F;
          return per_row(bars.close.size(), [&](std::size_t t) {
            return static_cast<double>(static_cast<float>(trailing_mean(bars, 5)[t]) *
                                       (tail > 0 && bars.close.size() % 2 == 0 ? 1.0000001F : 1.0F));
          });
        }}});
  const LookaheadReport report = audit(computation, market_of({daily_walk(60, 1)}));
  ASSERT_FALSE(report.is_clean());
  EXPECT_THAT(report.culprits.front().advice, HasSubstr("rounding"));
  EXPECT_LT(report.culprits.front().severity, 1e-3);
}

TEST(Lookahead, BigDataIsSampledAndTheReportSaysSo) {
  market::MarketData data;
  for (int k = 0; k < 40; ++k) data.instruments.push_back(daily_walk(200, 1, fmt::format("S{:02}", k)));
  std::atomic<std::int64_t> bars_computed{0};
  const FeatureComputation counting = [&](const Bars& bars) {
    bars_computed += bars.size();
    return table_of(bars, {{"close", bars.close}});
  };
  LookaheadOptions options;
  options.bar_budget = 400'000;
  const LookaheadReport report = audit(counting, data, options);
  EXPECT_THAT(report.sample, HasSubstr("of 40 instruments"));
  EXPECT_LT(report.instrument_count, 40);
  EXPECT_GE(report.prefix_count, 20);
  EXPECT_LE(bars_computed, options.bar_budget * 11 / 10);
}

TEST(Lookahead, RefusedHistoriesAreListedAndTheRestCompared) {
  const FeatureComputation picky = [](const Bars& bars) {
    if (bars.size() < 50) throw Error(ErrorKind::kData, "50 bars at least");
    return table_of(bars, {{"close", bars.close}});
  };
  const LookaheadReport report = audit(picky, market_of({daily_walk(300, 1)}));
  EXPECT_TRUE(report.is_clean());
  ASSERT_FALSE(report.skipped.empty());
  EXPECT_EQ(report.skipped.front().message, "50 bars at least");
  EXPECT_GE(report.prefix_count, 20);
}

TEST(Lookahead, NothingIsProvenWithoutAPrefix) {
  const FeatureComputation picky = [](const Bars& bars) {
    if (bars.size() < 300) throw Error(ErrorKind::kData, "300 bars at least");
    return table_of(bars, {{"close", bars.close}});
  };
  EXPECT_THAT(refusal(picky, market_of({daily_walk(300, 1)}), ErrorKind::kData),
              HasSubstr("300 bars at least"));
}

TEST(Lookahead, WrongUseIsRefused) {
  LookaheadOptions options;
  options.cuts.spread_count = 5;
  options.bar_budget = 0;
  const std::string message = refusal(honest(), market_of({daily_walk(300, 1)}), ErrorKind::kUsage, options);
  EXPECT_THAT(message, testing::AllOf(HasSubstr("spread_count 5"), HasSubstr("bar_budget 0")));
  EXPECT_THAT(refusal(honest(), market_of({}), ErrorKind::kData), HasSubstr("needs bars"));
  Bars unsorted = daily_walk(100, 1);
  std::swap(unsorted.timestamps[5], unsorted.timestamps[6]);
  EXPECT_THAT(refusal(honest(), market_of({unsorted}), ErrorKind::kData), HasSubstr("not later"));
}

TEST(Lookahead, SimulatedAnswersAreNamedButOnlyFeaturesMadeOfThemAreCulprits) {
  Bars bars = daily_walk(300, 1);
  std::vector<std::int32_t> regimes;
  for (std::int32_t t = 0; t < 300; ++t) regimes.push_back(t / 40 % 3);
  bars.extras = {category_column("true_regime", regimes, {"calm", "storm", "panic"}),
                 number_column("true_sd", bars.close)};
  market::MarketData data = market_of({bars});
  data.metadata["simulation"] = {{"preset", "bull_bear"}};
  const LookaheadReport clean = audit(honest(), data);
  EXPECT_TRUE(clean.is_clean());
  EXPECT_THAT(clean.answer_columns, testing::ElementsAre("true_regime", "true_sd"));
  const FeatureComputation copying = computation_of({{"regime", [](const Bars& some) {
                                                        return per_row(some.close.size(), [&](std::size_t t) {
                                                          return static_cast<double>(some.extras[0].codes[t]);
                                                        });
                                                      }}});
  const LookaheadReport report = audit(copying, data);
  ASSERT_EQ(report.culprits.size(), 1U);
  EXPECT_EQ(report.culprits.front().kind, LeakKind::kEqualsAnswer);
  EXPECT_THAT(report.culprits.front().found_by, HasSubstr("true_regime"));
}

}  // namespace
}  // namespace regimetry::features

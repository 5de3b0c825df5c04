// The sets that come with regimetry, audited as a user would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/error.hpp"
#include "features/audit/lookahead.hpp"
#include "features/audit/support/small_markets.hpp"
#include "features/audit/warmup.hpp"
#include "features/compute_features.hpp"
#include "features/sets/built_in_sets.hpp"

namespace regimetry::features {
namespace {

FeatureSet set_of(const std::vector<std::string>& sets, std::map<std::string, std::string> define = {}) {
  FeatureSpecification specification;
  specification.sets = sets;
  specification.define = std::move(define);
  return FeatureSet(specification);
}

PanelComputation computation_of_set(const FeatureSet& set, ThreadPool& pool, ComputeOptions options = {}) {
  options.refuse_short_history = false;
  return [&set, &pool, options](const market::MarketData& data) {
    return compute_features(data, set, options, pool, silent_observer());
  };
}

// Six instruments that share some days only: other first and last days, holidays of their own, and one that
// trades on every day of the week.
market::MarketData panel_of_calendars() {
  market::MarketData data = market_of({daily_walk(330, 1, "A"), daily_walk(290, 2, "B")});
  for (const auto& [symbol, from, every] :
       {std::tuple{"C", 30, 11}, std::tuple{"D", 60, 7}, std::tuple{"E", 5, 1000}}) {
    const market::Bars whole = daily_walk(330, static_cast<std::uint64_t>(from), symbol);
    std::vector<std::int64_t> rows;
    for (std::int64_t row = from; row < whole.size(); ++row) {
      if (row % every != 0) rows.push_back(row);
    }
    data.instruments.push_back(take_rows(whole, rows));
  }
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; day < 330; ++day)
    stamps.push_back(data.instruments[0].timestamps.front() + day * kNsPerDay);
  data.instruments.push_back(walk_at("F", stamps, 6));
  data.instruments.back().timeframe.nanoseconds = kNsPerDay;
  return data;
}

ComputeOptions two_sectors() {
  ComputeOptions options;
  options.sector_of_symbol = {{"A", "banks"}, {"B", "banks"}, {"C", "banks"},
                              {"D", "mines"}, {"E", "mines"}, {"F", "mines"}};
  return options;
}

void expect_blind(const FeatureSet& set, const std::string& name) {
  ThreadPool pool(2);
  LookaheadOptions options;
  options.bar_budget = 1'000'000;
  const LookaheadReport report = audit_lookahead(computation_of_set(set, pool, two_sectors()),
                                                 panel_of_calendars(), options, pool, silent_observer());
  EXPECT_TRUE(report.is_clean()) << name << ": "
                                 << (report.culprits.empty() ? report.why_unproven()
                                                             : report.culprits.front().feature + " " +
                                                                   report.culprits.front().found_by);
  EXPECT_EQ(report.instrument_count, 6) << "all of them, or too little crosses between them";
  EXPECT_EQ(report.feature_count, static_cast<std::int64_t>(set.features().size()));
  EXPECT_TRUE(report.skipped.empty()) << name << ": " << report.skipped.front().message;
  EXPECT_TRUE(report.unproven_features.empty())
      << name << ": " << report.unproven_features.front().name << " has too few values";
}

TEST(FeatureSets, NoneOfThemSeesLaterBars) {
  for (const BuiltInSet& set : built_in_sets()) expect_blind(set_of({set.name}), set.name);
}

TEST(FeatureSets, ExpressionsOfOnesOwnDoNotEither) {
  expect_blind(
      set_of({}, {{"spread", "ema(12) - ema(26)"}, {"calm", "zscore(close_volatility(20), 60) < 0"}}),
      "expressions");
}

TEST(FeatureSets, AHandMadeLookAcrossLaterBarsIsCaughtOnTheSamePanel) {
  // The next close of another instrument.
  const PanelComputation leaking = [](const market::MarketData& data) {
    FeatureData result;
    for (const market::Bars& bars : data.instruments) {
      FeatureTable table;
      table.symbol = bars.symbol, table.timeframe = bars.timeframe, table.timestamps = bars.timestamps;
      table.names = {"peers_next"};
      table.values.setConstant(bars.size(), 1, std::numeric_limits<float>::quiet_NaN());
      const market::Bars& peer = data.instruments.front();
      for (Eigen::Index row = 0; row < table.values.rows(); ++row) {
        const auto next = std::upper_bound(peer.timestamps.begin(), peer.timestamps.end(),
                                           bars.timestamps[static_cast<std::size_t>(row)]);
        if (next != peer.timestamps.end())
          table.values(row, 0) =
              static_cast<float>(peer.close[static_cast<std::size_t>(next - peer.timestamps.begin())]);
      }
      result.instruments.push_back(std::move(table));
    }
    return result;
  };
  ThreadPool pool(2);
  LookaheadOptions options;
  options.bar_budget = 1'000'000;
  const LookaheadReport report =
      audit_lookahead(leaking, panel_of_calendars(), options, pool, silent_observer());
  EXPECT_EQ(report.verdict(), LookaheadVerdict::kFound);
}

TEST(FeatureSets, EveryFeatureOfCore95Settles) {
  ThreadPool pool(2);
  const FeatureSet set = set_of({"core95"});
  WarmupOptions options;
  options.starts = {199, 499, 999};
  const WarmupReport report = audit_warmup(computation_of_set(set, pool), market_of({daily_walk(1300, 3)}),
                                           options, pool, silent_observer());
  EXPECT_EQ(report.features.size(), 95U);
  for (const FeatureWarmup& feature : report.features)
    EXPECT_EQ(feature.verdict, WarmupVerdict::kSettles) << feature.feature;
}

TEST(FeatureSets, AShortHistoryIsRefusedUnlessAllowed) {
  ThreadPool pool(1);
  const FeatureSet set = set_of({"core95"});
  const market::MarketData data = market_of({daily_walk(30, 1)});
  EXPECT_THROW((void)compute_features(data, set, {}, pool, silent_observer()), Error);
  const FeatureData result = computation_of_set(set, pool)(data);
  ASSERT_EQ(result.instruments.front().row_count(), 30);
  std::int64_t missing = 0, there = 0;
  for (Eigen::Index k = 0; k < result.instruments.front().values.cols(); ++k)
    (std::isnan(result.instruments.front().values(29, k)) ? missing : there) += 1;
  EXPECT_GT(missing, 0) << "the long ones";
  EXPECT_GT(there, 0) << "the short ones";
}

}  // namespace
}  // namespace regimetry::features

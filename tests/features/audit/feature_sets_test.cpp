// The sets that come with regimetry, audited as a user would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "features/audit/lookahead.hpp"
#include "features/audit/support/small_markets.hpp"
#include "features/audit/warmup.hpp"
#include "features/compute_features.hpp"

namespace regimetry::features {
namespace {

FeatureSet set_of(const std::vector<std::string>& sets, std::map<std::string, std::string> define = {}) {
  FeatureSpecification specification;
  specification.sets = sets;
  specification.define = std::move(define);
  return FeatureSet(specification);
}

PanelComputation computation_of_set(const FeatureSet& set, ThreadPool& pool) {
  ComputeOptions options;
  options.refuse_short_history = false;
  return [&set, &pool, options](const market::MarketData& data) {
    return compute_features(data, set, options, pool, silent_observer());
  };
}

TEST(FeatureSets, NoneOfThemSeesLaterBars) {
  ThreadPool pool(2);
  const FeatureSet set =
      set_of({"core95", "regime", "har", "levels"},
             {{"spread", "ema(12) - ema(26)"}, {"calm", "zscore(close_volatility(20), 60) < 0"}});
  LookaheadOptions options;
  options.bar_budget = 300'000;
  const LookaheadReport report = audit_lookahead(
      computation_of_set(set, pool), market_of({daily_walk(500, 1, "A"), daily_walk(420, 2, "B")}), options,
      pool, silent_observer());
  EXPECT_TRUE(report.is_clean()) << report.culprits.front().feature << ": "
                                 << report.culprits.front().found_by;
  EXPECT_GE(report.prefix_count, 20);
  EXPECT_TRUE(report.skipped.empty()) << report.skipped.front().message;
  EXPECT_GT(report.feature_count, 95);
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

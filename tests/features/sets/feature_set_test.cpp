#include "features/sets/feature_set.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "features/sets/built_in_sets.hpp"

namespace regimetry::features {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

FeatureSpecification of(std::vector<std::string> features) {
  FeatureSpecification specification;
  specification.features = std::move(features);
  return specification;
}

std::vector<std::string> names(const FeatureSet& set) {
  std::vector<std::string> list;
  for (const Feature& feature : set.features()) list.push_back(feature.name);
  return list;
}

std::string refusal(const FeatureSpecification& specification, const std::vector<std::string>& columns = {}) {
  try {
    static_cast<void>(FeatureSet(specification, columns));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "accepted";
}

TEST(FeatureSet, NamesColumnsAfterIndicatorsAndTheirParameters) {
  const FeatureSet set(
      of({"rsi(14), rsi, ema_ratio( 12, 26 ), rsi(volume,7), ewma_volatility(0.94), close, "
          "sma(20)/sma(50), ema_ratio(slow=30, fast=9), mine = close - open"}));
  EXPECT_THAT(names(set), ElementsAre("rsi_14", "ema_ratio_12_26", "rsi_volume_7", "ewma_volatility_0.94",
                                      "close", "sma(20)/sma(50)", "ema_ratio_9_30", "mine"));
}

TEST(FeatureSet, KnowsTheWarmupOfWhatIsMadeFromOthers) {
  const FeatureSet set(of({"sma(20)", "sma(rsi(14), 5)", "lag(sma(20), 7)", "sma(20) - sma(50)"}));
  EXPECT_EQ(set.features()[0].warmup, 19);
  EXPECT_EQ(set.features()[1].warmup, 18);
  EXPECT_EQ(set.features()[2].warmup, 26);
  EXPECT_EQ(set.features()[3].warmup, 49);
  EXPECT_EQ(set.warmup(), 49);
}

TEST(FeatureSet, DefinitionsMayUseOneAnotherAndBecomeColumns) {
  FeatureSpecification specification = of({"spread"});
  specification.define = {{"spread", "ema(12) - ema(26)"}, {"calm", "zscore(spread, 60) < 1"}};
  const FeatureSet set(specification);
  EXPECT_THAT(names(set), ElementsAre("spread", "calm"));
  EXPECT_EQ(set.features()[0].expression, "ema(12) - ema(26)");
}

TEST(FeatureSet, RefusesDefinitionsThatGoInACircle) {
  FeatureSpecification specification;
  specification.define = {{"a", "b + 1"}, {"b", "c * 2"}, {"c", "a"}};
  EXPECT_THAT(refusal(specification), HasSubstr("circle: a -> b -> c -> a"));
  specification.define = {{"a", "lag(a, 1)"}};
  EXPECT_THAT(refusal(specification), HasSubstr("circle: a -> a"));
}

TEST(FeatureSet, RefusesWhatItCannotComputeAndSaysWhatToWrite) {
  EXPECT_THAT(refusal(of({"rsj(14)"})), HasSubstr("'rsj' is not known; did you mean 'rsi'?"));
  EXPECT_THAT(refusal(of({"rsi(0)"})),
              HasSubstr("parameter 'period' of rsi is 0; it must be a whole number from"));
  EXPECT_THAT(refusal(of({"rsi(14.5)"})), HasSubstr("whole number"));
  EXPECT_THAT(refusal(of({"rsi(14, 3)"})), HasSubstr("rsi takes 1 parameter, not 2"));
  EXPECT_THAT(refusal(of({"rsi(bars = 14)"})), HasSubstr("no parameter 'bars'"));
  EXPECT_THAT(refusal(of({"ema_ratio(26, 12)"})), HasSubstr("ema_ratio"));
  EXPECT_THAT(refusal(of({"lag(close, -1)"})), HasSubstr("would look into the future"));
  EXPECT_THAT(refusal(of({"lag(close)"})), HasSubstr("lag(x, bars)"));
  EXPECT_THAT(refusal(of({"close(3)"})), HasSubstr("takes no arguments"));
  EXPECT_THAT(refusal(of({"sentiment"})), HasSubstr("'sentiment' is not known"));
  EXPECT_THAT(refusal(of({"`sentimen`"}), {"sentiment"}), HasSubstr("did you mean `sentiment`?"));
  EXPECT_THAT(refusal(of({"close +"})), HasSubstr("ends where a value should stand"));
  EXPECT_THAT(refusal(of({"a = close, a = open"})), HasSubstr("two different features are called 'a'"));
  EXPECT_THAT(refusal(of({})), HasSubstr("no feature is asked for"));
  FeatureSpecification specification;
  specification.sets = {"core59"};
  EXPECT_THAT(refusal(specification), HasSubstr("did you mean 'core95'?"));
  specification.sets.clear();
  specification.define = {{"rsi", "close"}};
  EXPECT_THAT(refusal(specification), HasSubstr("'rsi' already means something"));
}

TEST(FeatureSet, NamedFeaturesMayBeUsedInOthers) {
  const FeatureSet set(of({"spread = ema(12) - ema(26), calm = zscore(spread, 60) < 1"}));
  EXPECT_THAT(names(set), ElementsAre("spread", "calm"));
  EXPECT_EQ(set.features()[0].expression, "ema(12) - ema(26)");
  EXPECT_EQ(set.features()[1].warmup, 84);
}

TEST(FeatureSet, RefusesNamesThatMeanSomethingAndArgumentsGivenTwice) {
  EXPECT_THAT(refusal(of({"close = 3"})), HasSubstr("'close' already means something"));
  EXPECT_THAT(refusal(of({"a b = close"})), "accepted");  // blanks in a name are dropped: ab
  EXPECT_THAT(refusal(of({"4x = close"})), HasSubstr("begins with a letter"));
  EXPECT_THAT(refusal(of({"rsi(14, period = 7)"})), HasSubstr("parameter 'period' of rsi is given twice"));
  EXPECT_THAT(refusal(of({"RSI(14)"})), HasSubstr("did you mean 'rsi'?"));
}

TEST(FeatureSet, StaysQuickAndSafeOnAbsurdExpressions) {
  std::string sum = "close";
  for (int i = 0; i < 60'000; ++i) sum += " + close";
  EXPECT_THAT(refusal(of({"x = " + sum})), HasSubstr("more than 1000 operations"));
  FeatureSpecification doubling = of({"a40"});
  doubling.define["a0"] = "close";
  for (int i = 1; i <= 40; ++i) doubling.define[fmt::format("a{}", i)] = fmt::format("a{0} + a{0}", i - 1);
  EXPECT_EQ(FeatureSet(doubling).features().size(), 41U);
}

TEST(FeatureSet, ReadsFurtherColumnsByName) {
  const std::vector<std::string> columns{"sentiment", "Adj Close"};
  const FeatureSet set(of({"sma(sentiment, 3), x = `Adj Close` / close"}), columns);
  EXPECT_THAT(names(set), ElementsAre("sma_sentiment_3", "x"));
  EXPECT_THAT(set.features()[1].columns, ElementsAre("Adj Close", "close"));
}

TEST(FeatureSet, LeavesOutWhatPatternsName) {
  FeatureSpecification specification = of({"rsi(14), sma(20), sma(50)"});
  specification.exclude = {"sma_*"};
  EXPECT_THAT(names(FeatureSet(specification)), ElementsAre("rsi_14"));
  specification.exclude = {"sma_21"};
  EXPECT_THAT(refusal(specification),
              HasSubstr("nothing to leave out is called 'sma_21'; did you mean 'sma_20'?"));
}

TEST(FeatureSet, TakesAPassMoreForEachLookAcrossInstruments) {
  EXPECT_EQ(FeatureSet(of({"rsi"})).pass_count(), 1);
  EXPECT_EQ(FeatureSet(of({"market_beta(63)"})).pass_count(), 2);
  EXPECT_EQ(FeatureSet(of({"across_rank(market_beta(63))"})).pass_count(), 3);
}

TEST(FeatureSet, EveryBuiltInSetCompilesToWhatItPromises) {
  for (const BuiltInSet& built_in : built_in_sets()) {
    FeatureSpecification specification;
    specification.sets = {built_in.name};
    const FeatureSet set(specification);
    EXPECT_EQ(set.features().size(), built_in.features.size()) << built_in.name;
    for (const Feature& feature : set.features()) {
      const bool may_be_level = built_in.name == "levels";
      if (may_be_level) continue;
      ASSERT_NE(feature.entry, nullptr) << feature.name;
      EXPECT_EQ(feature.entry->scale, FeatureScale::kStationary) << built_in.name << " " << feature.name;
    }
  }
}

TEST(FeatureSet, Core95HasItsSharesOfGroups) {
  FeatureSpecification specification;
  specification.sets = {"core95"};
  std::map<std::string, int> count;
  const FeatureSet set(specification);
  for (const Feature& feature : set.features()) ++count[feature.entry->group];
  EXPECT_EQ(count, (std::map<std::string, int>{{"price", 10},
                                               {"trend", 40},
                                               {"volume", 10},
                                               {"momentum", 15},
                                               {"volatility", 10},
                                               {"pattern", 10}}));
}

TEST(FeatureSet, HasADigestOfWhatItComputes) {
  EXPECT_EQ(FeatureSet(of({"rsi"})).digest(), FeatureSet(of({"rsi"})).digest());
  EXPECT_NE(FeatureSet(of({"rsi"})).digest(), FeatureSet(of({"rsi(15)"})).digest());
}

}  // namespace
}  // namespace regimetry::features

#include "features/audit/examine_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/audit/support/small_features.hpp"
#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

using market::Bars;

ColumnFindings examine(const market::MarketData& data, const FeatureData& features) {
  ThreadPool pool(2);
  return examine_columns(data, features, {}, pool);
}

Values next_return(const Bars& bars) {
  return per_row(bars.close.size(), [&](std::size_t t) {
    return t + 1 < bars.close.size() ? bars.close[t + 1] / bars.close[t] - 1 : kMissing;
  });
}

market::MarketData with_column(const std::string& name, bool is_simulated) {
  Bars bars = daily_walk(300, 1);
  bars.extras = {number_column(name, next_return(bars))};
  market::MarketData data = market_of({std::move(bars)});
  if (is_simulated) data.metadata["simulation"] = {{"preset", "bull_bear"}};
  return data;
}

TEST(ExamineColumns, ALabelUnderANameOfTheSimulatorIsCaughtInOtherData) {
  for (const char* name : {"true_label", "oracle_signal", "label"}) {
    const ColumnFindings found = examine(with_column(name, false), {});
    ASSERT_EQ(found.culprits.size(), 1U) << name;
    EXPECT_EQ(found.culprits.front().kind, LeakKind::kEqualsFuture);
    EXPECT_TRUE(found.culprits.front().is_input);
    EXPECT_TRUE(found.answer_columns.empty());
    EXPECT_EQ(found.judged, 1);
  }
}

TEST(ExamineColumns, InSimulatedDataTheAnswersAreListedAndNotJudged) {
  const ColumnFindings found = examine(with_column("true_label", true), {});
  EXPECT_TRUE(found.culprits.empty());
  EXPECT_THAT(found.answer_columns, testing::ElementsAre("true_label"));
  EXPECT_EQ(found.judged, 0);
  EXPECT_EQ(examine(with_column("label", true), {}).culprits.size(), 1U) << "other names are judged";
}

TEST(ExamineColumns, AFeatureThatIsAnAnswerIsACulprit) {
  const market::MarketData data = with_column("true_sd", true);
  FeatureData features;
  features.instruments.push_back(
      table_of(data.instruments[0], {{"copy", data.instruments[0].extras[0].numbers}}));
  Values varied = data.instruments[0].extras[0].numbers;
  varied.back() = 0;
  features.instruments[0] = table_of(data.instruments[0], {{"copy", varied}});
  market::MarketData answers = data;
  answers.instruments[0].extras[0].numbers = varied;
  const ColumnFindings found = examine(answers, features);
  ASSERT_EQ(found.culprits.size(), 1U);
  EXPECT_EQ(found.culprits.front().kind, LeakKind::kEqualsAnswer);
}

TEST(ExamineColumns, WhatIsNotJudgedIsNotCounted) {
  market::MarketData data = market_of({daily_walk(300, 1, "A"), daily_walk(200, 2, "B")});
  for (Bars& bars : data.instruments) {
    market::Column times;
    times.name = "settled";
    times.kind = market::ColumnKind::kTime;
    times.times = bars.timestamps;
    bars.extras = {times, number_column("spread", bars.volume)};
  }
  const ColumnFindings found = examine(data, {});
  EXPECT_EQ(found.judged, 2) << "the spread of both";
  ASSERT_EQ(found.not_judged.size(), 1U);
  EXPECT_EQ(found.not_judged.front().name, "settled");
  EXPECT_EQ(found.not_judged.front().reason, "times, not values");
  EXPECT_EQ(found.not_judged.front().instruments, 2);
  EXPECT_TRUE(found.not_judged.front().is_input);
}

TEST(ExamineColumns, FeaturesWhoseRowsAreNotTheBarsAreNamedAsNotJudged) {
  const market::MarketData data = market_of({daily_walk(300, 1)});
  FeatureData features;
  features.instruments.push_back(table_of(data.instruments[0], {{"close", data.instruments[0].close}}));
  features.instruments[0].timeframe.nanoseconds = 7 * kNsPerDay;
  const ColumnFindings found = examine(data, features);
  EXPECT_EQ(found.judged, 0);
  ASSERT_EQ(found.not_judged.size(), 1U);
  EXPECT_EQ(found.not_judged.front().reason, "its rows are not the bars");
}

}  // namespace
}  // namespace regimetry::features

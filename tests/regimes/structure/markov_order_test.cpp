#include "regimes/structure/markov_order.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sticky_labels.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

MarkovOrderTest test_order(const Labels& labels, const std::vector<IndexRange>& sequences, int regimes,
                           int threads = 1) {
  ThreadPool pool(threads);
  return test_markov_order(labels, sequences, regimes, 199, Rng(2), pool);
}

TEST(MarkovOrder, FindsNothingInAChainOfFirstOrder) {
  const Labels labels = sticky_labels(20'000, 3);
  const MarkovOrderTest test = test_order(labels, {{0, std::ssize(labels)}}, 4);
  EXPECT_GT(*test.bootstrap_p_value, 0.02);
  EXPECT_GT(*test.chi_squared_p_value, 0.02);
  EXPECT_EQ(test.triples, 19'998);
}

TEST(MarkovOrder, RaisesFalseAlarmsAboutAsOftenAsItSays) {
  int alarms = 0;
  for (std::int64_t seed = 1; seed <= 100; ++seed) {
    const MarkovOrderTest test = test_order(sticky_labels(400, seed * 104'729), {{0, 400}}, 4);
    alarms += *test.bootstrap_p_value <= 0.1 ? 1 : 0;
  }
  EXPECT_GE(alarms, 2);  // 10 expected
  EXPECT_LE(alarms, 20);
}

TEST(MarkovOrder, FindsARuleThatLooksTwoBarsBack) {
  // The next is the one before last, nine times in ten.
  RngStream stream(4);
  Labels labels{0, 1};
  while (labels.size() < 500) {
    const std::int32_t before_last = labels[labels.size() - 2];
    labels.push_back(stream.below(10) > 0 ? before_last : 1 - before_last);
  }
  const MarkovOrderTest test = test_order(labels, {{0, 500}}, 2);
  EXPECT_EQ(*test.bootstrap_p_value, 1.0 / 200);
  EXPECT_LT(*test.chi_squared_p_value, 1e-10);
  EXPECT_EQ(test.degrees_of_freedom, 2);
}

TEST(MarkovOrder, HasTheStatisticOfItsTable) {
  // Through 0: from 0 to 1, from 1 to 0, twice each: G = 2 * 4 log 2, one degree. Through 1: one way out.
  const MarkovOrderTest test = test_order({0, 0, 1, 0, 0, 1, 0, 0}, {{0, 8}}, 2);
  EXPECT_NEAR(test.statistic, 8 * std::log(2.0), 1e-12);
  EXPECT_EQ(test.degrees_of_freedom, 1);
  EXPECT_EQ(test.triples, 6);
}

TEST(MarkovOrder, HasNothingToTestInASingleRegime) {
  const MarkovOrderTest test = test_order({0, 0, 0, 0}, {{0, 4}}, 1);
  EXPECT_EQ(test.degrees_of_freedom, 0);
  EXPECT_FALSE(test.chi_squared_p_value.has_value());
  EXPECT_FALSE(test.bootstrap_p_value.has_value());
}

TEST(MarkovOrder, BridgesNeitherInstrumentsNorBlanks) {
  EXPECT_EQ(test_order({0, 1, 0, 1}, {{0, 2}, {2, 4}}, 2).triples, 0);
  EXPECT_EQ(test_order({0, 1, -1, 0, 1, 0}, {{0, 6}}, 2).triples, 1);
}

TEST(MarkovOrder, HasTheSameBitsForAnyThreadCount) {
  const Labels labels = sticky_labels(3000, 8);
  EXPECT_EQ(test_order(labels, {{0, 3000}}, 4, 1).bootstrap_p_value,
            test_order(labels, {{0, 3000}}, 4, 3).bootstrap_p_value);
}

}  // namespace
}  // namespace regimetry::regimes

#include "regimes/structure/bootstrap_transitions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sticky_labels.hpp"

namespace regimetry::regimes {
namespace {

std::vector<Transition> transitions_of(const std::vector<std::int32_t>& labels) {
  return list_transitions(labels, std::vector<IndexRange>{{0, std::ssize(labels)}});
}

bool same_bits(const MatrixD& a, const MatrixD& b) {
  if (a.size() != b.size()) return false;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    if (!(a.data()[i] == b.data()[i] || (std::isnan(a.data()[i]) && std::isnan(b.data()[i])))) return false;
  }
  return true;
}

TEST(BootstrapTransitions, IsAsWideAsTheBinomialWhereBarsAreIndependent) {
  // A fair coin at every bar: 5,000 rows leave 0, so the deviation of p is sqrt(.25 / 5000) = .00707.
  RngStream stream(3);
  std::vector<std::int32_t> labels(10'000);
  for (std::int32_t& label : labels) label = static_cast<std::int32_t>(stream.below(2));
  ThreadPool pool(2);
  const TransitionIntervals intervals =
      bootstrap_transitions(transitions_of(labels), 2, {.replicates = 999, .block_length = 0}, Rng(1), pool);
  EXPECT_NEAR(intervals.high(0, 1) - intervals.low(0, 1), 2 * 1.96 * 0.00707, 0.003);
  EXPECT_LT(intervals.low(0, 1), 0.5);
  EXPECT_GT(intervals.high(0, 1), 0.5);
}

TEST(BootstrapTransitions, HoldsTheTruthAboutAsOftenAsItPromises) {
  ThreadPool pool(2);
  int held = 0;
  for (std::int64_t seed = 1; seed <= 100; ++seed) {
    const TransitionIntervals intervals =
        bootstrap_transitions(transitions_of(sticky_labels(2000, seed * 7919)), 4,
                              {.replicates = 199, .block_length = 0}, Rng(7), pool);
    held += intervals.low(0, 0) <= 0.95 && 0.95 <= intervals.high(0, 0) ? 1 : 0;
  }
  EXPECT_GE(held, 85);  // 95 expected
}

TEST(BootstrapTransitions, HasTheSameBitsForAnyThreadCount) {
  const std::vector<Transition> transitions = transitions_of(sticky_labels(3000, 5));
  ThreadPool one(1), three(3);
  const TransitionIntervals a = bootstrap_transitions(transitions, 4, {}, Rng(9), one);
  const TransitionIntervals b = bootstrap_transitions(transitions, 4, {}, Rng(9), three);
  EXPECT_TRUE(same_bits(a.low, b.low));
  EXPECT_TRUE(same_bits(a.high, b.high));
  EXPECT_EQ(a.replicates, 999);
}

TEST(BootstrapTransitions, TakesBlocksLongerThanARegimeLasts) {
  std::vector<std::int32_t> labels;
  for (int spell = 0; spell < 100; ++spell) labels.insert(labels.end(), 50, spell % 2);
  ThreadPool pool(1);
  EXPECT_NEAR(bootstrap_transitions(transitions_of(labels), 2, {}, Rng(1), pool).block_length, 100, 1);
}

TEST(BootstrapTransitions, KnowsNothingOfRowsThatAreNeverLeft) {
  ThreadPool pool(1);
  const TransitionIntervals none = bootstrap_transitions({}, 2, {}, Rng(1), pool);
  EXPECT_TRUE(std::isnan(none.low(0, 0)));
  const TransitionIntervals single = bootstrap_transitions(transitions_of({1, 1, 1}), 2, {}, Rng(1), pool);
  EXPECT_TRUE(std::isnan(single.low(0, 0)));
  EXPECT_EQ(single.low(1, 1), 1);
  EXPECT_EQ(single.high(1, 0), 0);
}

}  // namespace
}  // namespace regimetry::regimes

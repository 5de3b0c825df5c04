#include "regimes/structure/shared_information.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

namespace regimetry::regimes {
namespace {

std::optional<SharedInformation> measure(const std::vector<std::int32_t>& labels,
                                         const std::vector<double>& values, int threads = 1) {
  ThreadPool pool(threads);
  return measure_shared_information(labels, values, 199, Rng(1), "test", pool);
}

TEST(SharedInformation, IsOneWhereTheSeriesTellsTheLabelAndNothingWhereItCannot) {
  std::vector<std::int32_t> labels;
  std::vector<double> values, other;
  for (int t = 0; t < 1000; ++t) {
    labels.push_back(t / 7 % 2);
    values.push_back(labels.back() == 0 ? t % 7 : 100 + t % 7);  // ten values, each in one tenth or two
    other.push_back(t / 14 % 2 == 0 ? 1 : -1);
  }
  const auto told = measure(labels, values);
  EXPECT_GT(told->share, 0.95);
  EXPECT_LT(told->p_value, 0.05);
  EXPECT_LT(measure(labels, other)->share, 0.01);
}

// Information from its definition: sum p(a, b) log(p(a, b) / p(a) p(b)), over the entropy of the labels.
TEST(SharedInformation, IsWhatTheDefinitionSays) {
  RngStream draw = Rng(2).stream("draw");
  std::vector<std::int32_t> labels;
  std::vector<double> values;
  for (int t = 0; t < 500; ++t) {
    labels.push_back(static_cast<std::int32_t>(draw.below(3)));
    values.push_back(labels.back() + 2 * draw.normal());
  }
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::map<std::pair<int, int>, double> joint;
  std::map<int, double> label, tenth;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto rank = std::lower_bound(sorted.begin(), sorted.end(), values[i]) - sorted.begin();
    const int bin = static_cast<int>(rank * 10 / 500);
    joint[{labels[i], bin}] += 1.0 / 500;
    label[labels[i]] += 1.0 / 500;
    tenth[bin] += 1.0 / 500;
  }
  double information = 0, entropy = 0;
  for (const auto& [pair, p] : joint)
    information += p * std::log(p / (label[pair.first] * tenth[pair.second]));
  for (const auto& [one, p] : label) entropy -= p * std::log(p);
  EXPECT_NEAR(measure(labels, values)->share, information / entropy, 1e-12);
}

// Two slow series share much by chance; the null must know that.
TEST(SharedInformation, FindsNothingInSlowLabelsThatKnowNothing) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RngStream draw = Rng(seed).stream("walk");
    std::vector<std::int32_t> labels;
    std::vector<double> values;
    double level = 0;
    std::int32_t label = 0;
    for (int t = 0; t < 600; ++t) {
      level += draw.normal();
      if (draw.uniform() < 0.02) label = 1 - label;
      labels.push_back(label);
      values.push_back(level);
    }
    const auto shared = measure(labels, values);
    if (!shared) continue;
    EXPECT_GT(shared->null_mean, 0.05);
    found += shared->p_value < 0.05 ? 1 : 0;
  }
  EXPECT_LE(found, 6);  // 2 expected
}

TEST(SharedInformation, LeavesOutRowsWithoutLabelOrValue) {
  std::vector<std::int32_t> labels = {0, 1, -1, 0, 1, 0, 1, 0};
  std::vector<double> values = {1, 2, 9, 1, 2, 1, 2, std::numeric_limits<double>::quiet_NaN()};
  const auto shared = measure(labels, values);
  EXPECT_EQ(shared->count, 6);
  EXPECT_NEAR(shared->share, 1, 1e-12);
}

TEST(SharedInformation, SaysNothingWithoutTwoRegimesOrTwoValues) {
  EXPECT_FALSE(measure({0, 0, 0}, {1, 2, 3}).has_value());
  EXPECT_FALSE(measure({0, 1, 0}, {1, 1, 1}).has_value());
  EXPECT_FALSE(measure({}, {}).has_value());
}

TEST(SharedInformation, GivesTheSameBitsForAnyThreads) {
  std::vector<std::int32_t> labels;
  std::vector<double> values;
  for (int t = 0; t < 300; ++t) {
    labels.push_back(t / 11 % 3);
    values.push_back(std::sin(t / 9.0));
  }
  const auto one = measure(labels, values, 1), four = measure(labels, values, 4);
  EXPECT_EQ(one->p_value, four->p_value);
  EXPECT_EQ(one->null_mean, four->null_mean);
}

}  // namespace
}  // namespace regimetry::regimes

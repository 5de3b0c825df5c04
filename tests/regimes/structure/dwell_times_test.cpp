#include "regimes/structure/dwell_times.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sticky_labels.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

std::vector<DwellTimes> measure(const Labels& labels, const std::vector<IndexRange>& sequences, int regimes,
                                int threads = 1) {
  ThreadPool pool(threads);
  return measure_dwell_times(labels, sequences, regimes, 199, Rng(5), pool);
}

TEST(DwellTimes, CountsWholeSpellsAndThoseCutOff) {
  const auto times = measure({0, 0, 1, 1, 1, 0, 1, 0, 0}, {{0, 9}}, 2);
  EXPECT_EQ(times[0].lengths, (std::vector<std::int64_t>{1}));
  EXPECT_EQ(times[0].cut_off_spells, 2);
  EXPECT_EQ(times[1].lengths, (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(times[1].mean, 2);
  EXPECT_EQ(times[1].median, 2);
  EXPECT_EQ(times[1].longest, 3);
  EXPECT_FALSE(times[1].geometric_distance.has_value());
}

TEST(DwellTimes, AreCutOffBesideBlanksAndAtTheEndsOfInstruments) {
  const auto blank = measure({0, 1, 1, -1, 1, 0, 1}, {{0, 7}}, 2);
  EXPECT_EQ(blank[1].cut_off_spells, 3);
  EXPECT_EQ(blank[0].lengths, (std::vector<std::int64_t>{1}));
  const auto two = measure({0, 1, 1, 1, 0}, {{0, 2}, {2, 5}}, 2);
  EXPECT_TRUE(two[1].lengths.empty());
  EXPECT_EQ(two[1].cut_off_spells, 2);
  EXPECT_TRUE(std::isnan(two[1].mean));
}

TEST(DwellTimes, OfAMarkovChainLookGeometric) {
  const Labels labels = sticky_labels(20'000, 3);
  const auto times = measure(labels, {{0, std::ssize(labels)}}, 4);
  EXPECT_NEAR(times[0].mean, 20, 2);
  EXPECT_NEAR(times[2].mean, 5, 0.5);
  EXPECT_GT(*times[0].geometric_p_value, 0.02);
  EXPECT_LT(*times[0].geometric_distance, 0.05);
}

TEST(DwellTimes, OfAClockDoNot) {
  Labels labels;
  for (int spell = 0; spell < 60; ++spell) labels.insert(labels.end(), 10, spell % 2);
  const auto times = measure(labels, {{0, 600}}, 2);
  // All lengths are 10; the geometric share below 10 is 1 - .9^9 = .613.
  EXPECT_NEAR(*times[0].geometric_distance, 1 - std::pow(0.9, 9), 1e-12);
  EXPECT_EQ(*times[0].geometric_p_value, 1.0 / 200);
}

TEST(DwellTimes, OfOneBarEachAreGeometricWithoutDoubt) {
  Labels labels;
  for (int n = 0; n < 40; ++n) labels.push_back(n % 2);
  const auto times = measure(labels, {{0, 40}}, 2);
  EXPECT_EQ(*times[0].geometric_distance, 0);
  EXPECT_EQ(*times[0].geometric_p_value, 1);
}

TEST(DwellTimes, HaveTheSameBitsForAnyThreadCount) {
  const Labels labels = sticky_labels(5000, 9);
  const auto one = measure(labels, {{0, 5000}}, 4, 1), three = measure(labels, {{0, 5000}}, 4, 3);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(one[k].geometric_p_value, three[k].geometric_p_value);
    EXPECT_EQ(one[k].geometric_distance, three[k].geometric_distance);
  }
}

}  // namespace
}  // namespace regimetry::regimes

#include "market/frequent_values.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace regimetry::market {
namespace {

std::vector<FrequentValue> frequent_values_of(const std::vector<std::int64_t>& values) {
  return find_frequent_values<4>(static_cast<std::int64_t>(values.size()),
                                 [&](std::int64_t i) { return values[static_cast<std::size_t>(i)]; });
}

TEST(FindFrequentValues, CountsExactlyAndOrdersByCount) {
  const auto found = frequent_values_of({5, 7, 5, 7, 5, 9});
  ASSERT_GE(found.size(), 2U);
  EXPECT_EQ(found[0].value, 5);
  EXPECT_EQ(found[0].count, 3);
  EXPECT_EQ(found[1].value, 7);
  EXPECT_EQ(found[1].count, 2);
}

TEST(FindFrequentValues, NothingHasNoValues) {
  EXPECT_TRUE(frequent_values_of({}).empty());
}

// The slow way: a map. Whatever has more than a fifth of all must be there, with its exact count.
TEST(FindFrequentValues, MissesNoValueWithMoreThanAFifth) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<std::int64_t> values;
    const auto count = 1 + random() % 60, distinct = 1 + random() % 12;
    std::map<std::int64_t, std::int64_t> counts;
    for (std::size_t i = 0; i < count; ++i) {
      values.push_back(static_cast<std::int64_t>(random() % distinct));
      ++counts[values.back()];
    }
    std::map<std::int64_t, std::int64_t> found;
    for (const FrequentValue& one : frequent_values_of(values)) found[one.value] = one.count;
    for (const auto& [value, exact] : counts) {
      if (exact * 5 > static_cast<std::int64_t>(count)) {
        ASSERT_EQ(found[value], exact) << trial;
      }
    }
  }
}

}  // namespace
}  // namespace regimetry::market

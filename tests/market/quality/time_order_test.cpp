#include "market/quality/time_order.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

TEST(TimeOrder, SaysNothingAboutRisingStamps) {
  const TimeOrder order = find_time_order(healthy_days(100));
  EXPECT_TRUE(order.is_strictly_increasing);
  EXPECT_TRUE(order.sorted_rows.empty());
  EXPECT_TRUE(order.repeats.empty());
}

TEST(TimeOrder, EqualStampsKeepTheOrderOfTheFile) {
  Bars bars = healthy_days(4);
  bars.timestamps = {30, 10, 30, 20};
  const TimeOrder order = find_time_order(bars);
  EXPECT_EQ(order.sorted_rows, (std::vector<std::int64_t>{1, 3, 0, 2}));
  EXPECT_EQ(order.backward_steps, 2);
  ASSERT_EQ(order.repeats.size(), 1U);
  EXPECT_EQ(order.repeats[0].begin, 2);
  EXPECT_EQ(order.repeats[0].end, 4);
}

// The slow way: a map from stamp to its last row (all rows differ, so every repeat is a conflict).
TEST(TimeOrder, OrderedRowsAgreeWithAMap) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 100; ++trial) {
    const auto count = static_cast<std::int64_t>(1 + random() % 40);
    Bars bars = healthy_days(count);
    std::map<TimestampNs, std::int64_t> last;
    for (std::int64_t row = 0; row < count; ++row) {
      bars.timestamps[static_cast<std::size_t>(row)] = static_cast<TimestampNs>(random() % 30);
      last[bars.timestamps[static_cast<std::size_t>(row)]] = row;
    }
    const TimeOrder order = find_time_order(bars);
    std::vector<std::int64_t> expected;
    for (const auto& [stamp, row] : last) expected.push_back(row);
    EXPECT_EQ(ordered_unique_rows(bars, order), expected);
    EXPECT_EQ(order.is_strictly_increasing, order.backward_steps == 0 && order.repeats.empty());
  }
}

}  // namespace
}  // namespace regimetry::market

#include "windows/time_axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "windows/support/feature_samples.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;

TEST(TimeAxis, IsTheRowsAtWhichWindowsEndForOneInstrument) {
  const FeatureTable table = plain_table(10);
  const TimeAxis axis = make_time_axis(Windows(table, {.window_size = 4, .stride = 2, .horizon = 1}));
  ASSERT_EQ(axis.size(), 5);  // rows 3..7, also those between two windows
  EXPECT_EQ(axis.at(0), 3 * kNsPerDay);
  EXPECT_EQ(axis.at(4), 7 * kNsPerDay);
}

TEST(TimeAxis, FindsPositions) {
  const FeatureTable table = plain_table(10);
  const TimeAxis axis = make_time_axis(Windows(table, {.window_size = 4}));
  EXPECT_EQ(axis.position_of(0), 0);
  EXPECT_EQ(axis.position_of(4 * kNsPerDay), 1);
  EXPECT_EQ(axis.position_of(4 * kNsPerDay + 1), 2);
  EXPECT_EQ(axis.position_after(4 * kNsPerDay), 2);
  EXPECT_EQ(axis.position_of(99 * kNsPerDay), axis.size());
}

TEST(TimeAxis, HoldsEveryStampOfEveryInstrumentOnce) {
  RngStream random = Rng(1).stream("time_axis");
  for (int trial = 0; trial < 50; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = 5});
    std::set<TimestampNs> all;
    TimestampNs first = windows.window(0).stamp;
    TimestampNs last = first;
    for (std::int64_t n = 0; n < windows.size(); ++n) {
      first = std::min(first, windows.window(n).stamp);
      last = std::max(last, windows.window(n).stamp);
    }
    for (const FeatureTable& table : data.instruments) {
      for (const TimestampNs stamp : table.timestamps) {
        if (first <= stamp && stamp <= last) all.insert(stamp);
      }
    }
    EXPECT_EQ(make_time_axis(windows).stamps, std::vector<TimestampNs>(all.begin(), all.end()));
  }
}

TEST(TimeAxis, LeavesOutInstrumentsWithoutWindows) {
  FeatureData data;
  data.instruments = {plain_table(10), plain_table(3, 2, "BBB")};
  for (TimestampNs& stamp : data.instruments[1].timestamps) stamp += 5 * kNsPerDay + 1;
  EXPECT_EQ(make_time_axis(Windows(data, {.window_size = 4})).size(), 7);
}

}  // namespace
}  // namespace regimetry::windows

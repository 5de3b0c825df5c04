#include "market/signal_table.hpp"

#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

Column times(const char* name, TimestampNs stamp) {
  Column column;
  column.name = name;
  column.kind = ColumnKind::kTime;
  column.times = {stamp};
  return column;
}

TEST(SignalsOf, TakeTheColumnTimestampAsTimeAndKeepTheRest) {
  ColumnTable table;
  table.source = "s.csv";
  table.row_count = 1;
  table.columns = {times("expiry", 5), times("timestamp", 7), times("timestamp", 9)};
  const SignalTable signals = signals_of(table);
  EXPECT_EQ(signals.source, "s.csv");
  EXPECT_EQ(signals.timestamps, std::vector<TimestampNs>{7});
  ASSERT_EQ(signals.columns.size(), 2U);
  EXPECT_EQ(signals.columns[0].name, "expiry");
  EXPECT_EQ(signals.columns[1].times, std::vector<TimestampNs>{9}) << "only the first is the time";
}

}  // namespace
}  // namespace regimetry::market

#include "market/reading/join_instruments.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::market {
namespace {

Bars piece(const std::string& symbol, const std::string& source, TimestampNs first, int count,
           std::int64_t step) {
  Bars bars;
  bars.symbol = symbol;
  bars.source = source;
  bars.timeframe = Timeframe{step, 0};
  bars.origin.first_line = 2;
  for (int i = 0; i < count; ++i) {
    bars.timestamps.push_back(first + i * std::max<std::int64_t>(step, 1));
    bars.close.push_back(static_cast<double>(i));
  }
  bars.open = bars.high = bars.low = bars.volume = bars.close;
  return bars;
}

TEST(JoinInstruments, SortsBySymbolAndTimeframe) {
  const std::vector<Bars> joined =
      join_instruments({piece("B", "b", 0, 3, kNsPerDay), piece("A", "a1", 0, 3, kNsPerDay),
                        piece("A", "a2", 0, 3, kNsPerHour)});
  ASSERT_EQ(joined.size(), 3U);
  EXPECT_EQ(joined[0].timeframe.name(), "1h");
  EXPECT_EQ(joined[1].timeframe.name(), "1d");
  EXPECT_EQ(joined[2].symbol, "B");
  EXPECT_EQ(joined[2].origin.line_of(0), 2);  // a piece that stays alone keeps its lines
}

TEST(JoinInstruments, GivesAPieceTooShortForATimeframeToTheOnlyOneThereIs) {
  const std::vector<Bars> joined =
      join_instruments({piece("A", "a", 0, 5, kNsPerDay), piece("A", "tail", 5 * kNsPerDay, 1, 0)});
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(joined[0].size(), 6);
  EXPECT_EQ(joined[0].timeframe.name(), "1d");
  EXPECT_EQ(joined[0].source, "a and 1 more");
}

TEST(JoinInstruments, GivesAShortTailWithAWeekendToTheDailyBarsBeforeIt) {
  Bars tail = piece("A", "tail", 0, 3, 2 * kNsPerDay);
  tail.timestamps = {9 * kNsPerDay, 12 * kNsPerDay, 14 * kNsPerDay};  // Friday, Monday, Wednesday
  tail.timeframe = infer_timeframe(tail.timestamps).timeframe;
  ASSERT_NE(tail.timeframe.name(), "1d");
  const std::vector<Bars> joined = join_instruments({piece("A", "a", 0, 9, kNsPerDay), tail});
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(joined[0].size(), 12);
  EXPECT_EQ(joined[0].timeframe.name(), "1d");
}

TEST(JoinInstruments, KeepsAnEvenTimeframeApartHoweverShort) {
  const std::vector<Bars> joined =
      join_instruments({piece("A", "a", 0, 9, kNsPerHour), piece("A", "b", 0, 3, 2 * kNsPerHour)});
  EXPECT_EQ(joined.size(), 2U);
}

TEST(JoinInstruments, KeepsExtrasOfSinglePiecesAndUnitesTheirWords) {
  Bars first = piece("A", "a", 0, 2, kNsPerDay), second = piece("A", "b", 2 * kNsPerDay, 2, kNsPerDay);
  first.extras = {Column{"mood", ColumnKind::kCategory, {}, {0, 1}, {"calm", "wild"}, {}}};
  second.extras = {Column{"mood", ColumnKind::kCategory, {}, {0, 1}, {"wild", "odd"}, {}},
                   Column{"x", ColumnKind::kNumber, {7, 8}, {}, {}, {}}};
  const Bars joined = join_instruments({second, first}).at(0);
  ASSERT_EQ(joined.extras.size(), 2U);
  EXPECT_EQ(joined.extras[0].categories, (std::vector<std::string>{"calm", "wild", "odd"}));
  EXPECT_EQ(joined.extras[0].codes, (std::vector<std::int32_t>{0, 1, 1, 2}));
  EXPECT_TRUE(std::isnan(joined.extras[1].numbers[1]));
  EXPECT_EQ(joined.extras[1].numbers[3], 8);
}

}  // namespace
}  // namespace regimetry::market

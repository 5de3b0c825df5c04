#include "features/files/group_instruments.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/feature_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

market::SignalTable table_of(std::vector<TimestampNs> stamps, std::vector<market::Column> columns) {
  market::SignalTable table;
  table.source = "t.csv";
  table.timestamps = std::move(stamps);
  table.columns = std::move(columns);
  return table;
}

TEST(GroupInstruments, SortsBySymbolAndThenByTime) {
  const GroupedSignals grouped =
      group_instruments(table_of({3, 1, 2, 1}, {word_column("symbol", {"B", "A", "A", "B"})}), {});
  ASSERT_EQ(grouped.instruments.size(), 2U);
  EXPECT_EQ(grouped.instruments[0].symbol, "A");
  EXPECT_FALSE(grouped.rows.are_ranges);
  EXPECT_THAT(grouped.rows.lists[0], ElementsAre(1, 2));
  EXPECT_THAT(grouped.rows.lists[1], ElementsAre(3, 0));
  EXPECT_TRUE(grouped.table.columns.empty());
}

TEST(GroupInstruments, TakesNumbersAsSymbols) {
  const GroupedSignals grouped =
      group_instruments(table_of({1, 2, 1}, {number_column("symbol", {700, 700, 5})}), {});
  ASSERT_EQ(grouped.instruments.size(), 2U);
  EXPECT_EQ(grouped.instruments[0].symbol, "5");
  EXPECT_EQ(grouped.instruments[1].symbol, "700");
}

TEST(GroupInstruments, TakesTheColumnThatTheUserNames) {
  market::ReadOptions options;
  options.column_for_role = {{"symbol", "pair"}};
  const GroupedSignals grouped = group_instruments(
      table_of({1, 1}, {word_column("symbol", {"x", "x"}), word_column("pair", {"b", "a"})}), options);
  EXPECT_EQ(grouped.instruments.at(0).symbol, "a");
  EXPECT_EQ(grouped.table.columns.at(0).name, "symbol");
}

TEST(GroupInstruments, TreatsMissingSymbolsAsOneInstrument) {
  const GroupedSignals grouped =
      group_instruments(table_of({1, 1, 2}, {word_column("symbol", {"", "A", ""})}), {});
  ASSERT_EQ(grouped.instruments.size(), 2U);
  EXPECT_EQ(grouped.instruments[0].symbol, "");
  EXPECT_EQ(grouped.rows.size_of(0), 2);
}

TEST(GroupInstruments, RefusesRowsWithoutAStamp) {
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [] {
                           (void)group_instruments(table_of({1, market::kMissingTime}, {}), {});
                         }),
              HasSubstr("row 2 has no stamp"));
}

}  // namespace
}  // namespace regimetry::features

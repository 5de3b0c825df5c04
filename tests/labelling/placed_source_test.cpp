#include "labelling/placed_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::labelling {
namespace {

using testing::ElementsAre;

// Six days, and the matrix of the windows that fit into them.
class PlacedSourceTest : public testing::Test {
 protected:
  PlacedSourceTest() {
    std::string bars = "timestamp,symbol,close\n";
    for (int day = 1; day <= 6; ++day) bars += "2024-01-0" + std::to_string(day) + ",AAA,10" + "\n";
    write_file_atomically(folder_ / "bars.csv", bars);
  }
  PlacedSource read(std::int64_t rows, WindowShape shape, bool with_bars = true) {
    const std::vector<float> values(static_cast<std::size_t>(rows), 1);
    write_npy(folder_ / "x.npy", values, std::vector<std::int64_t>{rows, 1});
    PlacedSourceOptions options{.embedding_path = folder_ / "x.npy", .shape = shape};
    if (with_bars) options.regime_data_path = folder_ / "bars.csv";
    return read_placed_source(options, {}, pool_, observer_);
  }
  TemporaryFolder folder_;
  ThreadPool pool_{1};
  Observer observer_;
};

TEST_F(PlacedSourceTest, TakesStampsAndInstrumentOfTheBarsThatRowsAreCountedTo) {
  const PlacedSource placed = read(2, {.window_size = 3, .stride = 2});
  EXPECT_FALSE(placed.source.has_row_numbers);
  EXPECT_THAT(placed.source.timestamps, ElementsAre(parse_iso_timestamp("2024-01-03T00:00:00Z"),
                                                    parse_iso_timestamp("2024-01-05T00:00:00Z")));
  EXPECT_EQ(placed.source.symbols().front(), "AAA");
  EXPECT_EQ(placed.source.instruments.front().bars_per_year, placed.table.segments.front().bars_per_year);
}

TEST_F(PlacedSourceTest, KeepsTheWindowsThatTheUserSaid) {
  const PlacedSource placed = read(2, {.window_size = 3, .stride = 2});
  EXPECT_EQ(placed.source.window_size, 3);
  EXPECT_EQ(placed.source.stride, 2);
  EXPECT_EQ(rows_per_year(placed.source), placed.source.instruments.front().bars_per_year / 2);
}

TEST_F(PlacedSourceTest, StillCountsRowsWhereThereAreNoBars) {
  const PlacedSource placed = read(2, {.window_size = 3}, /*with_bars=*/false);
  EXPECT_TRUE(placed.source.has_row_numbers);
  EXPECT_EQ(placed.source.window_size, 3);
}

}  // namespace
}  // namespace regimetry::labelling

#include "labelling/row_places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/expect_error.hpp"

namespace regimetry::labelling {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// Two instruments of four and three rows.
class RowPlacesTest : public testing::Test {
 protected:
  RowPlacesTest() {
    table_.source = "bars.csv";
    table_.segments.resize(2);
    table_.segments[0].symbol = "AAA";
    table_.segments[0].timestamps = first_;
    table_.segments[1].symbol = "BBB";
    table_.segments[1].timestamps = second_;
  }
  static RegimeSource source(std::vector<TimestampNs> stamps, std::vector<SourceInstrument> instruments) {
    RegimeSource made;
    made.path = "x.npy";
    made.values = MatrixF::Zero(static_cast<std::int64_t>(stamps.size()), 1);
    made.timestamps = std::move(stamps);
    made.instruments = std::move(instruments);
    return made;
  }
  std::vector<TimestampNs> first_ = {10, 20, 30, 40}, second_ = {20, 30, 50};
  features::InputTable table_;
};

TEST_F(RowPlacesTest, GoByInstrumentAndStamp) {
  const RowPlaces places =
      place_rows(source({30, 40, 20, 50, 60}, {{"AAA", {}, 0, {0, 2}}, {"BBB", {}, 0, {2, 5}}}), table_, {});
  EXPECT_THAT(places.segments, ElementsAre(0, 1));
  EXPECT_THAT(places.rows, ElementsAre(2, 3, 0, 2, kNowhere));
  EXPECT_EQ(places.missing, 1);
}

TEST_F(RowPlacesTest, LeaveOutAnInstrumentThatTheTableHasNot) {
  const RowPlaces places =
      place_rows(source({30, 40, 20}, {{"AAA", {}, 0, {0, 2}}, {"CCC", {}, 0, {2, 3}}}), table_, {});
  EXPECT_THAT(places.segments, ElementsAre(0, kNowhere));
  EXPECT_THAT(places.rows, ElementsAre(2, 3, kNowhere));
}

TEST_F(RowPlacesTest, OfASingleInstrumentNeedNoCommonName) {
  table_.segments.pop_back();
  const RowPlaces places = place_rows(source({20, 30}, {{"renamed", {}, 0, {0, 2}}}), table_, {});
  EXPECT_THAT(places.rows, ElementsAre(1, 2));
}

TEST_F(RowPlacesTest, CountRowsWhereThereAreNoStamps) {
  table_.segments.pop_back();
  RegimeSource counted = source({0, 1}, {{"", {}, 0, {0, 2}}});
  counted.has_row_numbers = true;
  EXPECT_THAT(place_rows(counted, table_, {.window_size = 3}).rows, ElementsAre(2, 3));
  EXPECT_THAT(place_rows(counted, table_, {.window_size = 1, .stride = 3}).rows, ElementsAre(0, 3));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)place_rows(counted, table_, {.window_size = 2}); }),
              AllOf(HasSubstr("2 rows and no stamps"), HasSubstr("4 rows, in which 3 windows")));
}

TEST_F(RowPlacesTest, SayWhatBothHoldWhenNothingFits) {
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           (void)place_rows(source({11}, {{"AAA", {}, 0, {0, 1}}}), table_, {});
                         }),
              AllOf(HasSubstr("x.npy and bars.csv share no instrument and stamp"), HasSubstr("'AAA'")));
}

TEST_F(RowPlacesTest, RefuseAWindowSizeThatTheSourceContradicts) {
  RegimeSource windows = source({30}, {{"AAA", {}, 0, {0, 1}}});
  windows.window_size = 3;
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)place_rows(windows, table_, {.window_size = 5}); }),
              HasSubstr("window_size is 5, but x.npy was made with 3"));
}

}  // namespace
}  // namespace regimetry::labelling

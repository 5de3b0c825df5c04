#include "market/reading/time_column.hpp"

#include <cmath>

#include "market/support/expect_error.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::market {
namespace {

Column times(std::string name, std::vector<TimestampNs> values) {
  Column column;
  column.name = std::move(name);
  column.kind = ColumnKind::kTime;
  column.times = std::move(values);
  return column;
}

Column words(std::string name, std::vector<std::string> values) {  // all different
  Column column;
  column.name = std::move(name);
  column.kind = ColumnKind::kCategory;
  for (std::size_t i = 0; i < values.size(); ++i) column.codes.push_back(static_cast<std::int32_t>(i));
  column.categories = std::move(values);
  return column;
}

Column numbers(std::string name, std::vector<double> values) {
  Column column;
  column.name = std::move(name);
  column.numbers = std::move(values);
  return column;
}

class SettleTimeColumn : public testing::Test {
 protected:
  std::vector<std::string> settle(std::vector<std::pair<Column, TimeEncoding>> columns) {
    RawTable raw;
    raw.table.source = "t";
    for (auto& [column, encoding] : columns) {
      raw.table.row_count = column.row_count();
      raw.table.columns.push_back(std::move(column));
      raw.encodings.push_back(encoding);
    }
    const ColumnTable table = settle_time_column(std::move(raw), options_, pool_, observer_);
    std::vector<std::string> stamps;
    for (const TimestampNs stamp : table.find("timestamp")->times) {
      stamps.push_back(stamp == kMissingTime ? "-" : format_timestamp(stamp));
    }
    return stamps;
  }
  ReadOptions options_;
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

using Stamps = std::vector<std::string>;

TEST_F(SettleTimeColumn, TellsTheUnitOfCountsByTheirSize) {
  const Stamps expected = {"2024-01-02T03:04:05Z", "-"};
  for (const std::int64_t per_second :
       {std::int64_t{1}, std::int64_t{1'000}, std::int64_t{1'000'000}, kNsPerSecond}) {
    EXPECT_EQ(settle({{times("time", {1704164645 * per_second, kMissingTime}), TimeEncoding::kCount}}),
              expected);
  }
  EXPECT_TRUE(observer_.warnings.empty());  // counts since 1970 are UTC by definition
}

TEST_F(SettleTimeColumn, ObeysTheUnitOfTheUser) {
  options_.timestamp_unit = "s";
  EXPECT_EQ(settle({{times("time", {60}), TimeEncoding::kCount}}), Stamps{"1970-01-01T00:01:00Z"});
  options_.timestamp_unit = "weeks";
  expect_error(ErrorKind::kUsage, {"--timestamp-unit"}, [&] {
    (void)settle({{times("time", {60}), TimeEncoding::kCount}});
  });
}

TEST_F(SettleTimeColumn, ReadsCountsWhoseUnitChangesAndWarns) {
  EXPECT_EQ(settle({{times("unix", {1502949600, 1606863600000}), TimeEncoding::kCount}}),
            (Stamps{"2017-08-17T06:00:00Z", "2020-12-01T23:00:00Z"}));
  EXPECT_EQ(observer_.warnings.size(), 1U);
}

TEST_F(SettleTimeColumn, ReadsDatesAndTimesWrittenAsNumbers) {
  EXPECT_EQ(settle({{times("date", {20240102}), TimeEncoding::kCount},
                    {times("time", {93000}), TimeEncoding::kCount}}),
            Stamps{"2024-01-02T09:30:00Z"});
  EXPECT_EQ(settle({{numbers("date", {20240102, std::nan("")}), TimeEncoding::kNone}}),
            (Stamps{"2024-01-02T00:00:00Z", "-"}));
  expect_error(ErrorKind::kData, {"t: row 2", "5"}, [&] {
    (void)settle({{times("date", {20240102, 5}), TimeEncoding::kCount}});
  });
}

TEST_F(SettleTimeColumn, ReadsFractionsOfSeconds) {
  EXPECT_EQ(settle({{numbers("time", {1704164645.5}), TimeEncoding::kNone}}),
            Stamps{"2024-01-02T03:04:05.500Z"});
}

TEST_F(SettleTimeColumn, JoinsDateAndTimeOfDay) {
  EXPECT_EQ(settle({{times("date", {19724 * kNsPerDay}), TimeEncoding::kDate},
                    {times("time", {90 * kNsPerMinute}), TimeEncoding::kTimeOfDay}}),
            Stamps{"2024-01-02T01:30:00Z"});
}

TEST_F(SettleTimeColumn, DecidesDayAndMonthFromAllWords) {
  EXPECT_EQ(settle({{words("date", {"03/04/2024", "13/04/2024"}), TimeEncoding::kNone}}),
            (Stamps{"2024-04-03T00:00:00Z", "2024-04-13T00:00:00Z"}));
  expect_error(ErrorKind::kData,
               {"2024-04-03", "2024-03-04", "--date-order day-first", "--date-order month-first"}, [&] {
                 (void)settle({{words("date", {"03/04/2024", "05/06/2024"}), TimeEncoding::kNone}});
               });
  options_.date_order = DateOrder::kMonthFirst;
  EXPECT_EQ(settle({{words("date", {"03/04/2024"}), TimeEncoding::kNone}}), Stamps{"2024-03-04T00:00:00Z"});
}

TEST_F(SettleTimeColumn, MixesWordsWithAndWithoutZone) {
  options_.time_zone = "+02:00";
  EXPECT_EQ(settle({{words("time", {"2024-01-02T03:00:00Z", "2024-01-02 06:00"}), TimeEncoding::kNone}}),
            (Stamps{"2024-01-02T03:00:00Z", "2024-01-02T04:00:00Z"}));
}

TEST_F(SettleTimeColumn, AppliesTheZoneToClocksButNotToInstants) {
  options_.time_zone = "America/New_York";
  const TimestampNs noon = *parse_iso_timestamp("2024-07-01T12:00:00Z");
  EXPECT_EQ(settle({{times("timestamp", {noon}), TimeEncoding::kWallClock}}), Stamps{"2024-07-01T16:00:00Z"});
  EXPECT_EQ(settle({{times("timestamp", {noon}), TimeEncoding::kInstant}}), Stamps{"2024-07-01T12:00:00Z"});
}

TEST_F(SettleTimeColumn, WarnsThatClocksWithoutZoneWereReadAsUtc) {
  (void)settle({{times("timestamp", {0}), TimeEncoding::kWallClock}});
  ASSERT_EQ(observer_.warnings.size(), 1U);
  EXPECT_THAT(observer_.warnings[0], testing::HasSubstr("--tz"));
  (void)settle({{times("date", {0}), TimeEncoding::kDate}});
  EXPECT_EQ(observer_.warnings.size(), 1U);  // days need no zone
}

TEST_F(SettleTimeColumn, TellsTheTwoRoundsOfARepeatedHourApartByTheOrderOfRows) {
  options_.time_zone = "America/New_York";
  std::vector<TimestampNs> clocks;
  for (const char* clock : {"00:30", "01:00", "01:30", "01:00", "01:30", "02:00"}) {
    clocks.push_back(*parse_iso_timestamp(std::string("2024-11-03 ") + clock));
  }
  EXPECT_EQ(settle({{times("timestamp", clocks), TimeEncoding::kWallClock}}),
            (Stamps{"2024-11-03T04:30:00Z", "2024-11-03T05:00:00Z", "2024-11-03T05:30:00Z",
                    "2024-11-03T06:00:00Z", "2024-11-03T06:30:00Z", "2024-11-03T07:00:00Z"}));
  EXPECT_THAT(observer_.notes, testing::ElementsAre(testing::HasSubstr("4 stamps")));
}

TEST_F(SettleTimeColumn, TellsOfClocksThatWereSkipped) {
  options_.time_zone = "Europe/Berlin";
  EXPECT_EQ(
      settle({{times("timestamp", {*parse_iso_timestamp("2023-03-26 02:30")}), TimeEncoding::kWallClock}}),
      Stamps{"2023-03-26T01:00:00Z"});
  EXPECT_THAT(observer_.warnings, testing::ElementsAre(testing::HasSubstr("skip")));
}

TEST_F(SettleTimeColumn, TurnsFurtherCountsAndClocksBackIntoWhatTheyAre) {
  RawTable raw;
  raw.table.source = "t";
  raw.table.row_count = 2;
  raw.table.columns = {times("open_time", {1704164645000, 1704164646000}),
                       times("close_time", {1704164645999, kMissingTime}),
                       times("time", {3723 * kNsPerSecond, kMissingTime}), times("seen", {0, kMissingTime})};
  raw.encodings = {TimeEncoding::kCount, TimeEncoding::kCount, TimeEncoding::kTimeOfDay,
                   TimeEncoding::kWallClock};
  options_.time_zone = "-01:00";
  const ColumnTable table = settle_time_column(std::move(raw), options_, pool_, observer_);
  EXPECT_EQ(table.find("timestamp")->times[0], 1704164645 * kNsPerSecond);
  EXPECT_EQ(table.find("close_time")->kind, ColumnKind::kNumber);
  EXPECT_EQ(table.find("close_time")->numbers[0], 1704164645999);
  EXPECT_EQ(table.find("close_time")->missing_count(), 1);
  EXPECT_EQ(table.find("time")->categories, std::vector<std::string>{"01:02:03"});
  EXPECT_EQ(table.find("seen")->times, (std::vector<TimestampNs>{kNsPerHour, kMissingTime}));
}

TEST_F(SettleTimeColumn, PrefersTheColumnOfTheUser) {
  options_.column_for_role = {{"timestamp", "when"}};
  EXPECT_EQ(settle({{times("timestamp", {0}), TimeEncoding::kInstant},
                    {times("when", {kNsPerDay}), TimeEncoding::kInstant}})
                .size(),
            1U);
}

TEST_F(SettleTimeColumn, TakesTheOnlyTimeThereIsAndElseListsTheColumns) {
  EXPECT_EQ(settle({{times("settled_at", {0}), TimeEncoding::kInstant}}), Stamps{"1970-01-01T00:00:00Z"});
  EXPECT_EQ(observer_.notes.size(), 1U);
  expect_error(ErrorKind::kData, {"price", "qty", "--column timestamp=NAME"}, [&] {
    (void)settle({{numbers("price", {1}), TimeEncoding::kNone}, {numbers("qty", {1}), TimeEncoding::kNone}});
  });
}

TEST_F(SettleTimeColumn, ReadsTimesOfDayInWordsAsTextFilesDo) {
  const auto day = times("date", {19724 * kNsPerDay, 19724 * kNsPerDay});
  EXPECT_EQ(settle({{day, TimeEncoding::kDate}, {words("time", {"0930", "945"}), TimeEncoding::kNone}}),
            (Stamps{"2024-01-02T09:30:00Z", "2024-01-02T09:45:00Z"}));
  EXPECT_EQ(settle({{day, TimeEncoding::kDate}, {words("time", {"93000", "100000"}), TimeEncoding::kNone}}),
            (Stamps{"2024-01-02T09:30:00Z", "2024-01-02T10:00:00Z"}));
  expect_error(ErrorKind::kData, {"row 2", "'2561'", "no time of day"}, [&] {
    (void)settle({{day, TimeEncoding::kDate}, {words("time", {"0930", "2561"}), TimeEncoding::kNone}});
  });
}

TEST_F(SettleTimeColumn, TakesTheZoneOfATimeColumn) {
  options_.time_zone = "America/New_York";  // not needed: every clock says its own
  EXPECT_EQ(settle({{times("date", {19724 * kNsPerDay, 19724 * kNsPerDay}), TimeEncoding::kDate},
                    {words("time", {"09:30+02:00", "10:30+02:00"}), TimeEncoding::kNone}}),
            (Stamps{"2024-01-02T07:30:00Z", "2024-01-02T08:30:00Z"}));
}

TEST_F(SettleTimeColumn, TurnsNewestFirstRoundBeforeTheZoneIsApplied) {
  options_.time_zone = "America/New_York";
  RawTable raw;
  raw.table.source = "t";
  raw.table.row_count = 4;
  raw.table.origin.first_line = 1;
  const TimestampNs midnight = 20030 * kNsPerDay;  // 2024-11-03; clocks go back from 02:00 to 01:00
  raw.table.columns = {
      times("timestamp", {midnight + 2 * kNsPerHour, midnight + kNsPerHour, midnight + kNsPerHour, midnight}),
      numbers("close", {4, 3, 2, 1})};
  raw.encodings = {TimeEncoding::kWallClock, TimeEncoding::kNone};
  const ColumnTable table = settle_time_column(std::move(raw), options_, pool_, observer_);
  const TimestampNs first = midnight + 4 * kNsPerHour;
  EXPECT_EQ(
      table.find("timestamp")->times,
      (std::vector<TimestampNs>{first, first + kNsPerHour, first + 2 * kNsPerHour, first + 3 * kNsPerHour}));
  EXPECT_EQ(table.find("close")->numbers, (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(table.origin.line_of(0), 4);
}

}  // namespace
}  // namespace regimetry::market

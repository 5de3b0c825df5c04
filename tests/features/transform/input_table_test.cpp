#include "features/transform/input_table.hpp"

#include <gmock/gmock.h>

#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

TEST(InputTable, ViewsARawTable) {
  const RawFeatures raw = random_raw(2, 5, 1);
  const InputTable table = input_table(raw);
  EXPECT_EQ(table.row_count(), 10);
  ASSERT_EQ(table.columns.size(), 4U);
  EXPECT_EQ(table.find("mood")->kind, market::ColumnKind::kCategory);
  EXPECT_EQ(table.find("Mood"), nullptr);
  expect_same(copy_column(table.columns[1], table.segments[1].views[1], 5), raw.instruments[1].columns[1]);
  expect_same(copy_column(table.columns[3], table.segments[1].views[3], 5), raw.instruments[1].columns[3]);
}

TEST(InputTable, ViewsTheMatrixAndTheExtrasOfFeatures) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1), random_features("B", 2, 2, 2)};
  data.instruments[0].extras = {number_column("own", {1, 2, 3}), number_column("close", {4, 5, 6}),
                                word_column("mood", {"a", "b", "c"})};
  data.instruments[1].extras = {number_column("close", {7, 8})};
  const InputTable table = input_table(data, "here");
  ASSERT_EQ(table.columns.size(), 5U);
  EXPECT_EQ(table.columns[3].name, "close");
  EXPECT_EQ(number_at(table.segments[1].views[3], 1), 8);
  // What an instrument lacks is missing in all its rows.
  EXPECT_TRUE(std::isnan(number_at(table.segments[1].views[2], 1)));
  const market::Column mood = copy_column(table.columns[4], table.segments[1].views[4], 2);
  EXPECT_EQ(words_of(mood), (std::vector<std::string>{"", ""}));
  for (Eigen::Index row = 0; row < 3; ++row) {
    const double expected = static_cast<double>(data.instruments[0].values(row, 1));
    EXPECT_EQ(
        bits_of(std::vector<double>{number_at(table.segments[0].views[1], static_cast<std::size_t>(row))}),
        bits_of(std::vector<double>{expected}));
  }
}

TEST(InputTable, KnowsWhereItsRowsComeFrom) {
  const InputOrigin none = origin_of(nullptr);
  EXPECT_FALSE(none.is_simulated || none.has_row_numbers);
  EXPECT_EQ(none.transformed_by, "");
  EXPECT_TRUE(origin_of({{"simulation", 1}}).is_simulated);
  EXPECT_TRUE(origin_of({{"time", "row numbers"}}).has_row_numbers);
  const nlohmann::json facts = {{"method", "robust"},
                                {"fitted_first", "2024-01-01"},
                                {"fitted_last", "2024-02-01"},
                                {"sha256", "0123456789abcdef"}};
  EXPECT_EQ(origin_of({{"transform", facts}}).transformed_by,
            "robust fitted on 2024-01-01 to 2024-02-01 (sha256 01234567)");
  EXPECT_NE(origin_of({{"transform", nlohmann::json::object()}}).transformed_by, "");
  RawFeatures raw = random_raw(1, 3, 1);
  raw.metadata = {{"simulation", 1}};
  EXPECT_TRUE(rows_between(input_table(raw), days(std::nullopt, std::nullopt)).origin.is_simulated);
}

TEST(InputTable, CutsOutTheRowsBetweenStampsEndsIncluded) {
  const RawFeatures raw = random_raw(2, 10, 1);
  const InputTable cut = rows_between(input_table(raw), days(2, 4));
  EXPECT_EQ(cut.row_count(), 6);
  EXPECT_EQ(cut.segments[0].timestamps.front(), kFirstDay + 2 * kNsPerDay);
  for (std::size_t c = 0; c < 4; ++c) {
    const market::Column part = copy_column(cut.columns[c], cut.segments[1].views[c], 3);
    const market::Column& whole = raw.instruments[1].columns[c];
    EXPECT_EQ(bits_of(part.numbers),
              bits_of(whole.numbers.empty()
                          ? std::vector<double>()
                          : std::vector<double>(whole.numbers.begin() + 2, whole.numbers.begin() + 5)));
  }
  EXPECT_EQ(rows_between(input_table(raw), days(std::nullopt, -1)).segments.size(), 0U);
  EXPECT_EQ(rows_between(input_table(raw), days(std::nullopt, std::nullopt)).row_count(), 20);
}

// Stamps of bars that are over by the end of the span.
std::vector<std::string> stamps_until(const market::Timeframe& timeframe, const std::string& first,
                                      const RowSpan& span, std::int64_t step = kNsPerDay) {
  RawInstrument instrument = raw_instrument("", {number_column("x", std::vector<double>(40, 1))});
  instrument.timeframe = timeframe;
  for (std::size_t row = 0; row < 40; ++row)
    instrument.timestamps[row] = parse_iso_timestamp(first).value() + static_cast<std::int64_t>(row) * step;
  const RawFeatures raw = raw_features(std::vector{instrument});
  const InputTable cut = rows_between(input_table(raw), span);
  std::vector<std::string> stamps;
  for (const InputSegment& segment : cut.segments) {
    for (const TimestampNs stamp : segment.timestamps) stamps.push_back(format_timestamp_short(stamp));
  }
  return stamps;
}

RowSpan until(const char* text) {
  return {std::nullopt, parse_iso_timestamp(text).value(), false};
}

RowSpan until_date(const char* text) {
  return {std::nullopt, parse_iso_timestamp(text).value() + kNsPerDay - 1, true};
}

TEST(InputTable, TakesOnlyBarsThatAreOver) {
  const market::Timeframe day{kNsPerDay, 0}, hour{kNsPerHour, 0}, month{0, 1};
  EXPECT_EQ(stamps_until(day, "2019-12-01", until("2019-12-31T12:00")).back(), "2019-12-30");
  EXPECT_EQ(stamps_until(hour, "2019-12-31", until("2019-12-31T12:00"), kNsPerHour).back(),
            "2019-12-31 11:00");
  EXPECT_EQ(stamps_until(month, "2019-10-01", until_date("2019-12-15"), 31 * kNsPerDay).size(), 2U);
  EXPECT_EQ(stamps_until(month, "2019-12-01", until_date("2019-12-31"), 31 * kNsPerDay).size(), 1U);
  EXPECT_EQ(stamps_until({}, "2019-12-01", until("2019-12-31")).back(), "2019-12-31");
}

TEST(InputTable, ADateIncludesTheDailyBarThatIsStampedWithIt) {
  const market::Timeframe day{kNsPerDay, 0}, hour{kNsPerHour, 0}, month{0, 1};
  EXPECT_EQ(stamps_until(day, "2019-12-01", until_date("2019-12-31")).back(), "2019-12-31");
  // Midnight in New York.
  EXPECT_EQ(stamps_until(day, "2019-12-01T05:00", until_date("2019-12-31")).back(), "2019-12-31 05:00");
  EXPECT_EQ(stamps_until(month, "2019-12-01T05:00", until_date("2019-12-31"), 31 * kNsPerDay).size(), 1U);
  // Hours are those of UTC.
  EXPECT_EQ(stamps_until(hour, "2019-12-31", until_date("2019-12-31"), kNsPerHour).back(),
            "2019-12-31 23:00");
  EXPECT_EQ(stamps_until(hour, "2019-12-31T00:30", until_date("2019-12-31"), kNsPerHour).back(),
            "2019-12-31 22:30");
}

}  // namespace
}  // namespace regimetry::features

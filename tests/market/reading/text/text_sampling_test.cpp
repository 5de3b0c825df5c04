// Large texts are parsed on a plan from a sample. These hide what matters where no sample looks, and demand
// the same answer as from a text that is small enough to be looked at whole.
#include <gmock/gmock.h>

#include "market/reading/text/text_table_support.hpp"

namespace regimetry::market {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr int kRows = 200'000;

// Over 10 MB of hourly bars of two symbols; `odd_row` is put in place of row `odd_at`.
std::string large_text(std::string_view header, int odd_at, std::string_view odd_row) {
  std::string text(header);
  for (int row = 0; row < kRows; ++row) {
    if (row == odd_at) {
      text += odd_row;
      continue;
    }
    const TimestampNs stamp = (row % (kRows / 2)) * kNsPerHour;
    text += format_timestamp(stamp) + (row < kRows / 2 ? ",AAA," : ",BBB,") + "1.25,1.50,1.00,1.125," +
            std::to_string(row) + "\n";
  }
  return text;
}

constexpr std::string_view kHeader = "timestamp,symbol,open,high,low,close,volume\n";
// The sample takes the first 48 KiB of about every megabyte; this row lies in the middle of the fifth (rows
// have 52 bytes).
constexpr int kUnsampledRow = 90'000;

TEST(TextSampling, PlainRowsComeOutInOrderWithEveryValue) {
  const TextTable read = read_text(large_text(kHeader, -1, ""));
  ASSERT_EQ(read.table.row_count, kRows);
  for (int row = 0; row < kRows; row += 997) {
    EXPECT_EQ(numbers(read, "volume")[static_cast<std::size_t>(row)], row);
    EXPECT_EQ(column(read, "timestamp").times[static_cast<std::size_t>(row)],
              (row % (kRows / 2)) * kNsPerHour);
    EXPECT_EQ(read.table.origin.line_of(row), row + 2);
  }
  EXPECT_EQ(column(read, "symbol").categories, (std::vector<std::string>{"AAA", "BBB"}));
  EXPECT_EQ(column(read, "symbol").codes.back(), 1);
}

TEST(TextSampling, ThousandsMarksInOneUnsampledRowAreReadRight) {
  const TextTable read = read_text(
      large_text(kHeader, kUnsampledRow, "1980-01-01T00:00:00Z,AAA,1.25,1.5,1,1.125,\"1,234,567\"\n"));
  EXPECT_EQ(numbers(read, "volume")[kUnsampledRow], 1'234'567);
  EXPECT_EQ(numbers(read, "volume")[kUnsampledRow + 1], kUnsampledRow + 1);
}

TEST(TextSampling, ABadCellInOneUnsampledRowIsReportedWithItsLine) {
  EXPECT_THAT(
      read_error(large_text(kHeader, kUnsampledRow, "1980-01-01T00:00:00Z,AAA,1.25,1.5x,1,1.125,7\n")),
      AllOf(HasSubstr("prices.csv:" + std::to_string(kUnsampledRow + 2) + ":"), HasSubstr("column 'high'"),
            HasSubstr("'1.5x'")));
}

TEST(TextSampling, AMissingCellInOneUnsampledRowIsReportedWithItsLine) {
  EXPECT_THAT(read_error(large_text(kHeader, kUnsampledRow, "1980-01-01T00:00:00Z,AAA,1.25,1.5,1,1.125\n")),
              AllOf(HasSubstr("prices.csv:" + std::to_string(kUnsampledRow + 2) + ":"), HasSubstr("6 cells"),
                    HasSubstr("7 columns")));
}

TEST(TextSampling, AStampWithoutZoneInOneUnsampledRowIsNoticed) {
  RememberingObserver observer;
  ThreadPool pool(2);
  ReadOptions options;
  options.time_zone = "+02:00";
  const TextTable read =
      parse_text_table(large_text(kHeader, kUnsampledRow, "1980-01-01 00:00:00,AAA,1.25,1.5,1,1.125,7\n"),
                       "prices.csv", options, pool, observer);
  EXPECT_EQ(format_timestamp(column(read, "timestamp").times[kUnsampledRow]), "1979-12-31T22:00:00Z");
  EXPECT_EQ(column(read, "timestamp").times[kUnsampledRow + 1], (kUnsampledRow + 1) * kNsPerHour);
  EXPECT_EQ(observer.warnings.size(), 1U);
}

TEST(TextSampling, AWordInANumericExtraColumnMakesItAColumnOfWords) {
  std::string text = "Date,Close,Extra\n";
  for (int row = 0; row < 60'000; ++row)
    text += "2024-01-02,1.25," + std::string(row == 25'000 ? "oops" : "17") + "\n";
  const TextTable read = read_text(text);
  EXPECT_EQ(column(read, "Extra").kind, ColumnKind::kCategory);
  EXPECT_THAT(read.dialect.notes, testing::Contains(HasSubstr("line 25002 holds 'oops'")));
}

TEST(TextSampling, BlankLinesAndQuotedLineEndsKeepLineNumbersRight) {
  const TextTable read =
      read_text(large_text(kHeader, kUnsampledRow, "\n1980-01-01T00:00:00Z,\"A\nA\",1.25,1.5,1,1.125,7\n\n"));
  ASSERT_EQ(read.table.row_count, kRows);
  EXPECT_EQ(words(read, "symbol")[kUnsampledRow], "A\nA");
  EXPECT_EQ(read.table.origin.line_of(kUnsampledRow - 1), kUnsampledRow + 1);
  EXPECT_EQ(read.table.origin.line_of(kUnsampledRow), kUnsampledRow + 3);
  EXPECT_EQ(read.table.origin.line_of(kUnsampledRow + 1), kUnsampledRow + 6);
}

TEST(TextSampling, ResultsDoNotDependOnTheNumberOfThreads) {
  const std::string text =
      large_text(kHeader, kUnsampledRow, "\n1980-01-01T00:00:00Z,CCC,1.25,,1,1.125,\"1,234\"\n");
  const TextTable one = read_text(text, {}, 1);
  const TextTable four = read_text(text, {}, 4);
  ASSERT_EQ(one.table.columns.size(), four.table.columns.size());
  EXPECT_EQ(one.dialect.notes, four.dialect.notes);
  EXPECT_EQ(one.table.origin.lines, four.table.origin.lines);
  for (std::size_t c = 0; c < one.table.columns.size(); ++c) {
    EXPECT_EQ(one.table.columns[c].codes, four.table.columns[c].codes);
    EXPECT_EQ(one.table.columns[c].categories, four.table.columns[c].categories);
    EXPECT_EQ(one.table.columns[c].times, four.table.columns[c].times);
    EXPECT_TRUE(std::equal(one.table.columns[c].numbers.begin(), one.table.columns[c].numbers.end(),
                           four.table.columns[c].numbers.begin(), four.table.columns[c].numbers.end(),
                           [](double a, double b) { return a == b || (a != a && b != b); }));
  }
}

}  // namespace
}  // namespace regimetry::market

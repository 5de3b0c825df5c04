// What is decided from all rows, when reading must stop, and which flag settles it.
#include <gmock/gmock.h>

#include "market/reading/text/text_table_support.hpp"

namespace regimetry::market {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::string slash_dates(const std::vector<std::string>& dates) {
  std::string text = "Date,Open,High,Low,Close\n";
  for (const std::string& date : dates) text += date + ",1.5,2,1,1.75\n";
  return text;
}

TEST(TextDecisions, OneDayAboveTwelveSettlesTheOrderOfAllRows) {
  EXPECT_THAT(stamps(read_text(slash_dates({"01/02/2024", "02/02/2024", "13/02/2024"}))),
              ElementsAre("2024-02-01T00:00:00Z", "2024-02-02T00:00:00Z", "2024-02-13T00:00:00Z"));
  EXPECT_THAT(stamps(read_text(slash_dates({"01/02/2024", "01/03/2024", "01/13/2024"}))).back(),
              "2024-01-13T00:00:00Z");
}

TEST(TextDecisions, TheOrderUnderWhichRowsRunForwardWins) {
  // Month first: 2 January, 2 May, 3 March: back in time. Day first: 1 Feb, 5 Feb, 3 Mar: forward.
  EXPECT_THAT(stamps(read_text(slash_dates({"01/02/2024", "05/02/2024", "03/03/2024"}))),
              ElementsAre("2024-02-01T00:00:00Z", "2024-02-05T00:00:00Z", "2024-03-03T00:00:00Z"));
}

TEST(TextDecisions, RowsOfSeveralSymbolsAreComparedWithinASymbol) {
  const TextTable read = read_text(
      "Date,Symbol,Close\n01/02/2024,A,1.5\n05/02/2024,A,1.5\n03/03/2024,A,1.5\n01/02/2024,B,1.5\n05/02/"
      "2024,B,1.5\n03/03/2024,B,1.5\n");
  EXPECT_EQ(stamps(read)[1], "2024-02-05T00:00:00Z");
  EXPECT_FALSE(read.dialect.newest_first);
}

TEST(TextDecisions, DatesThatFitBothOrdersStopWithBothReadingsAndTheFlag) {
  const std::string text = slash_dates({"01/02/2024", "02/02/2024", "03/02/2024"});
  EXPECT_THAT(read_error(text), AllOf(HasSubstr("prices.csv:2:"), HasSubstr("'01/02/2024'"),
                                      HasSubstr("--date-order day-first"), HasSubstr("2024-02-01"),
                                      HasSubstr("--date-order month-first"), HasSubstr("2024-01-02")));
  ReadOptions options;
  options.date_order = DateOrder::kMonthFirst;
  EXPECT_EQ(stamps(read_text(text, options)).back(), "2024-03-02T00:00:00Z");
  options.date_order = DateOrder::kDayFirst;
  EXPECT_EQ(stamps(read_text(text, options)).back(), "2024-02-03T00:00:00Z");
}

TEST(TextDecisions, DatesWrittenInTwoOrdersAreRefusedWithBothLines) {
  EXPECT_THAT(read_error(slash_dates({"13/02/2024", "02/14/2024"})),
              AllOf(HasSubstr("line 2 ('13/02/2024')"), HasSubstr("line 3 ('02/14/2024')")));
}

TEST(TextDecisions, DecimalMarkIsSettledByOneTellingRow) {
  EXPECT_THAT(numbers(read_text("Date;Close\n2024-01-01;1,234\n2024-01-02;12,5\n"), "close"),
              ElementsAre(1.234, 12.5));
  EXPECT_THAT(numbers(read_text("Date;Close\n2024-01-01;1,234\n2024-01-02;1,234,567\n"), "close"),
              ElementsAre(1234, 1234567));
  EXPECT_THAT(numbers(read_text("Date;Close\n2024-01-01;1.234\n2024-01-02;1.234,5\n"), "close"),
              ElementsAre(1234, 1234.5));
}

TEST(TextDecisions, AnotherColumnMaySettleTheDecimalMark) {
  EXPECT_THAT(numbers(read_text("Date;Close;Vol\n2024-01-01;1,234;12.5M\n"), "close"), ElementsAre(1234));
}

TEST(TextDecisions, ThreeDigitsAfterEveryCommaStop) {
  const std::string text = "Date;Close\n2024-01-01;1,234\n2024-01-02;1,235\n";
  EXPECT_THAT(read_error(text), AllOf(HasSubstr("prices.csv:2:"), HasSubstr("'1,234'"), HasSubstr("1234"),
                                      HasSubstr("1.234"), HasSubstr("--decimal-mark")));
  ReadOptions options;
  options.decimal_mark = ",";
  EXPECT_THAT(numbers(read_text(text, options), "close"), ElementsAre(1.234, 1.235));
  options.decimal_mark = ".";
  EXPECT_THAT(numbers(read_text(text, options), "close"), ElementsAre(1234, 1235));
}

TEST(TextDecisions, ThreeDigitsAfterEveryPointAreDecimalsUnlessTheFileLooksGerman) {
  EXPECT_THAT(numbers(read_text("Date,Close\n2024-01-01,110.123\n2024-01-02,110.124\n"), "close"),
              ElementsAre(110.123, 110.124));
  EXPECT_THAT(read_error("Date;Close\n31.01.2024;1.234\n28.02.2024;1.235\n"), HasSubstr("--decimal-mark"));
}

TEST(TextDecisions, ThousandsPointsUnderIsoDatesStopInFilesOfCountriesThatWriteThem) {
  EXPECT_THAT(read_error("Datum;Eroeffnung;Hoch;Tief;Schluss;Volumen\n"
                         "2024-01-02;15.202;15.300;15.100;15.250;1.000\n"),
              AllOf(HasSubstr("prices.csv:2:"), HasSubstr("'15.202'"), HasSubstr("15.202 with '.'"),
                    HasSubstr("15202 with ','"), HasSubstr("--decimal-mark")));
  EXPECT_THAT(read_error("Date;Close\n2024-01-02;15.202\n"), HasSubstr("--decimal-mark"));
  EXPECT_THAT(read_error("Data,Zamkniecie\n2024-01-02,15.202\n"), HasSubstr("--decimal-mark"));
  EXPECT_THAT(read_error("Date;Close;Volume\n2024-01-02;15202;1.000\n"),
              AllOf(HasSubstr("column 'Volume'"), HasSubstr("'1.000'"), HasSubstr("--decimal-mark")));
}

TEST(TextDecisions, PointsAreDecimalsWhereNothingHintsAtThousands) {
  EXPECT_THAT(numbers(read_text("Date,Open,High,Low,Close,Volume\n"
                                "2024-01-01,110.123,110.200,110.100,110.124,1.000\n"),
                      "close"),
              ElementsAre(110.124));
  // One price with other digits settles it.
  EXPECT_THAT(numbers(read_text("Datum;Schluss\n2024-01-01;15.202\n2024-01-02;15.2\n"), "close"),
              ElementsAre(15.202, 15.2));
  // HistData writes decimal points between semicolons.
  EXPECT_THAT(numbers(read_text("20120201 000000;76.197;76.200;76.190;76.198;0\n"
                                "20120201 000100;76.198;76.201;76.191;76.199;0\n"),
                      "close"),
              ElementsAre(76.198, 76.199));
}

TEST(TextDecisions, AZoneInTheTimeColumnIsAppliedOnce) {
  ReadOptions options;
  options.time_zone = "America/New_York";
  const TextTable table = read_text("Date,Time,Close\n2024-01-02,09:30+02:00,1.5\n", options);
  EXPECT_THAT(stamps(table), ElementsAre("2024-01-02T07:30:00Z"));
  EXPECT_EQ(table.dialect.time_zone, "offset in stamp");
  // Beside naive rows each row is read as it says, whichever column comes first.
  RememberingObserver observer;
  ThreadPool pool(1);
  const TextTable mixed = parse_text_table(
      "Time,Date,Close\n09:30+02:00,2024-01-02,1.5\n09:30,2024-01-02,1.5\n10:30Z,2024-01-03,1.5\n",
      "prices.csv", options, pool, observer);
  EXPECT_THAT(stamps(mixed),
              ElementsAre("2024-01-02T07:30:00Z", "2024-01-02T14:30:00Z", "2024-01-03T10:30:00Z"));
  EXPECT_THAT(observer.warnings, ElementsAre(AllOf(HasSubstr("prices.csv:3: '09:30' carries no time zone"))));
}

TEST(TextDecisions, HoursPassedTwiceAreSettledWithinASymbolWhereSymbolsAlternate) {
  ReadOptions options;
  options.time_zone = "America/New_York";
  std::string text = "Date,Symbol,Close\n";
  for (const std::string hour : {"00", "01", "01", "02"}) {
    for (const std::string symbol : {"AAA", "BBB"}) text += "2024-11-03 " + hour + ":00," + symbol + ",1.5\n";
  }
  EXPECT_THAT(stamps(read_text(text, options)),
              ElementsAre("2024-11-03T04:00:00Z", "2024-11-03T04:00:00Z", "2024-11-03T05:00:00Z",
                          "2024-11-03T05:00:00Z", "2024-11-03T06:00:00Z", "2024-11-03T06:00:00Z",
                          "2024-11-03T07:00:00Z", "2024-11-03T07:00:00Z"));
}

TEST(TextDecisions, PricesWrittenInTwoWaysAreRefusedWithBothLines) {
  EXPECT_THAT(read_error("Date;Close\n2024-01-01;1,23\n2024-01-02;1.25\n"),
              AllOf(HasSubstr("line 2"), HasSubstr("'1,23'"), HasSubstr("line 3"), HasSubstr("'1.25'")));
}

TEST(TextDecisions, TimestampUnitMayBeForced) {
  ReadOptions options;
  options.timestamp_unit = "s";
  EXPECT_THAT(stamps(read_text("timestamp,close\n0,1.5\n86400,1.6\n", options)),
              ElementsAre("1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z"));
  options.timestamp_unit = "minutes";
  EXPECT_THAT(read_error("timestamp,close\n0,1.5\n", options, ErrorKind::kUsage),
              HasSubstr("s, ms, us or ns"));
}

TEST(TextDecisions, SeparatorMayBeForcedAndIsCheckedAgainstTheFile) {
  ReadOptions options;
  options.separator = ";";
  EXPECT_THAT(read_error("Date,Close\n2024-01-01,1.5\n", options, ErrorKind::kUsage),
              HasSubstr("--separator"));
  options.separator = ":";
  EXPECT_THAT(numbers(read_text("Date:Close\n2024-01-01:1.5\n", options), "close"), ElementsAre(1.5));
}

TEST(TextDecisions, ColumnsMayBeNamedByTheUser) {
  ReadOptions options;
  options.column_for_role = {{"close", "Last Trade"}};
  const std::string text = "Date,Last Trade,Close\n2024-01-01,1.5,9\n";
  const TextTable read = read_text(text, options);
  EXPECT_THAT(numbers(read, "close"), ElementsAre(1.5));
  EXPECT_THAT(numbers(read, "Close"), ElementsAre(9));
  options.column_for_role = {{"close", "Last Trde"}};
  EXPECT_THAT(read_error(text, options, ErrorKind::kUsage),
              AllOf(HasSubstr("'Last Trde'"), HasSubstr("did you mean 'Last Trade'")));
  options.column_for_role = {{"clse", "Close"}};
  EXPECT_THAT(read_error(text, options, ErrorKind::kUsage), HasSubstr("did you mean 'close'"));
}

TEST(TextDecisions, HoursPassedTwiceFollowTheOrderOfRowsAndJumpedHoursAreReported) {
  ReadOptions options;
  options.time_zone = "America/New_York";
  // 3 November 2024: 01:00 comes twice, at 05:00Z and 06:00Z. 10 March 2024: 02:30 never comes; the clock
  // jumps at 07:00Z.
  const TextTable twice = read_text(
      "Date,Close\n2024-11-03 00:00,1.5\n2024-11-03 01:00,1.5\n2024-11-03 01:00,1.5\n2024-11-03 02:00,1.5\n",
      options);
  EXPECT_THAT(stamps(twice), ElementsAre("2024-11-03T04:00:00Z", "2024-11-03T05:00:00Z",
                                         "2024-11-03T06:00:00Z", "2024-11-03T07:00:00Z"));
  RememberingObserver observer;
  ThreadPool pool(1);
  const TextTable jumped = parse_text_table("Date,Close\n2024-03-10 01:30,1.5\n2024-03-10 02:30,1.5\n",
                                            "prices.csv", options, pool, observer);
  EXPECT_THAT(stamps(jumped), ElementsAre("2024-03-10T06:30:00Z", "2024-03-10T07:00:00Z"));
  EXPECT_THAT(observer.warnings, ElementsAre(AllOf(HasSubstr("prices.csv:3"), HasSubstr("2024-03-10 02:30"),
                                                   HasSubstr("America/New_York"))));
}

TEST(TextDecisions, NewestFirstIsTurnedRoundBeforeHoursPassedTwiceAreSettled) {
  ReadOptions options;
  options.time_zone = "America/New_York";
  const TextTable read = read_text(
      "Date,Close\n2024-11-03 02:00,4\n2024-11-03 01:00,3\n2024-11-03 01:00,2\n2024-11-03 00:00,1\n",
      options);
  EXPECT_TRUE(read.dialect.newest_first);
  EXPECT_THAT(numbers(read, "close"), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(stamps(read), ElementsAre("2024-11-03T04:00:00Z", "2024-11-03T05:00:00Z",
                                        "2024-11-03T06:00:00Z", "2024-11-03T07:00:00Z"));
}

TEST(TextDecisions, SomeStampsWithoutOffsetAreReadInTheZoneAndReported) {
  RememberingObserver observer;
  ThreadPool pool(1);
  ReadOptions options;
  options.time_zone = "+01:00";
  const TextTable read = parse_text_table("Date,Close\n2024-01-01T10:00:00Z,1.5\n2024-01-01 12:00:00,1.5\n",
                                          "prices.csv", options, pool, observer);
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-01T10:00:00Z", "2024-01-01T11:00:00Z"));
  EXPECT_THAT(observer.warnings, ElementsAre(HasSubstr("prices.csv:3")));
}

TEST(TextDecisions, RepeatedHeadersAndEmptyRowsArePassedOverWithNotesAndLinesStayRight) {
  const TextTable read =
      read_text("Date,Close\n2024-01-01,1.5\nDate,Close\n\n2024-01-02,1.6\n,\n2024-01-03,1.7\n");
  EXPECT_THAT(numbers(read, "close"), ElementsAre(1.5, 1.6, 1.7));
  EXPECT_EQ(read.table.origin.line_of(1), 5);
  EXPECT_EQ(read.table.origin.line_of(2), 7);
  EXPECT_THAT(read.dialect.notes,
              AllOf(Contains(HasSubstr("header is repeated")), Contains(HasSubstr("rows of empty cells"))));
}

TEST(TextDecisions, QuotedCellsMayHoldSeparatorsQuotesAndLineEnds) {
  const TextTable read = read_text(
      "Date,Close,Note\n2024-01-01,1.5,\"a,b\"\n2024-01-02,1.6,\"say "
      "\"\"hi\"\"\"\n2024-01-03,1.7,\"two\nlines\"\n2024-01-04,1.8,x\n");
  EXPECT_THAT(words(read, "Note"), ElementsAre("a,b", "say \"hi\"", "two\nlines", "x"));
  EXPECT_EQ(read.table.origin.line_of(3), 6);
}

TEST(TextDecisions, HeaderlessColumnsInAnotherOrderAreRefused) {
  // open, close, high, low
  EXPECT_THAT(read_error("2024-01-01 00:00,1.5,1.6,1.7,1.4,10\n2024-01-01 "
                         "01:00,1.6,1.5,1.7,1.4,10\n2024-01-01 02:00,1.5,1.6,1.8,1.4,10\n"),
              HasSubstr("Add a header line"));
}

}  // namespace
}  // namespace regimetry::market

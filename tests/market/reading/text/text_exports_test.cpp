// One small file per export, in its documented shape; values are chosen here and must come back.
#include <gmock/gmock.h>

#include "market/reading/text/text_table_support.hpp"

namespace regimetry::market {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Words = std::vector<std::string>;

TEST(TextExports, YahooClassicKeepsCloseAndAdjustedClose) {
  const TextTable read = read_text(
      "Date,Open,High,Low,Close,Adj Close,Volume\n"
      "2021-12-01,156.100006,157.070007,149.889999,150.059998,149.684326,6145500\n"
      "2021-12-02,null,null,null,null,null,null\n");
  EXPECT_EQ(read.dialect.export_name, "Yahoo");
  EXPECT_THAT(column_names(read),
              ElementsAre("timestamp", "open", "high", "low", "close", "adjusted close", "volume"));
  EXPECT_EQ(stamps(read).front(), "2021-12-01T00:00:00Z");
  EXPECT_EQ(numbers(read, "adjusted close")[0], 149.684326);
  EXPECT_EQ(column(read, "close").missing_count(), 1);
  EXPECT_EQ(read.table.origin.line_of(1), 3);
}

TEST(TextExports, YfinanceThreeHeaderRowsOneTicker) {
  const TextTable read = read_text(
      "Price,Close,High,Low,Open,Volume\n"
      "Ticker,AAPL,AAPL,AAPL,AAPL,AAPL\n"
      "Date,,,,,\n"
      "2024-01-02,185.64,188.44,183.89,187.15,82488700\n"
      "2024-01-03,184.25,185.88,183.43,184.22,58414500\n");
  EXPECT_EQ(read.dialect.export_name, "yfinance");
  EXPECT_EQ(read.dialect.header_lines, 3);
  EXPECT_THAT(numbers(read, "open"), ElementsAre(187.15, 184.22));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(185.64, 184.25));
  EXPECT_THAT(words(read, "symbol"), ElementsAre("AAPL", "AAPL"));
  EXPECT_EQ(read.table.origin.line_of(0), 4);
}

TEST(TextExports, YfinanceTickersSideBySideAreStackedAndAbsentRowsLeftOut) {
  const TextTable read = read_text(
      "Price,Close,Close,Open,Open,Volume,Volume\n"
      "Ticker,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT\n"
      "Date,,,,,,\n"
      "2024-01-02,1,,2,,3,\n"
      "2024-01-03,4,5,6,7,8,9\n");
  EXPECT_THAT(words(read, "symbol"), ElementsAre("AAPL", "AAPL", "MSFT"));
  EXPECT_THAT(stamps(read),
              ElementsAre("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z", "2024-01-03T00:00:00Z"));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(1, 4, 5));
  EXPECT_THAT(numbers(read, "open"), ElementsAre(2, 6, 7));
  EXPECT_EQ(read.table.origin.line_of(2), 5);
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("1 rows without any value")));
}

TEST(TextExports, YfinanceGroupedByTicker) {
  const TextTable read = read_text(
      "Ticker,AAPL,AAPL,MSFT,MSFT\n"
      "Price,Open,Close,Open,Close\n"
      "Date,,,,\n"
      "2024-01-02,1,2,3,4\n");
  EXPECT_THAT(words(read, "symbol"), ElementsAre("AAPL", "MSFT"));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(2, 4));
}

TEST(TextExports, BinanceKlinesWithoutHeaderInMillisecondsAndMicroseconds) {
  // 2024-12-31T23:00Z in ms and 2025-01-01T00:00Z in us: Binance changed the unit of spot files at that
  // moment.
  const TextTable read = read_text(
      "1735686000000,93000.1,93500,92900,93200.5,120.5,1735689599999,11230000,5400,60.1,5600000,0\n"
      "1735689600000000,93200.5,93700,93100,93650,98.25,1735693199999999,9200000,4300,50.2,4700000,0\n");
  EXPECT_EQ(read.dialect.export_name, "Binance klines");
  EXPECT_EQ(read.dialect.time_zone, "UTC");
  EXPECT_THAT(stamps(read), ElementsAre("2024-12-31T23:00:00Z", "2025-01-01T00:00:00Z"));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(120.5, 98.25));
  EXPECT_THAT(numbers(read, "trade_count"), ElementsAre(5400, 4300));
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("several units (ms, us)")));
}

TEST(TextExports, BinanceKlinesWithHeader) {
  const TextTable read = read_text(
      "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_"
      "volume,ignore\n"
      "1704067200000,1,2,0.5,1.5,10,1704070799999,15,7,5,8,0\n");
  EXPECT_EQ(read.dialect.export_name, "Binance klines");
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-01T00:00:00Z"));
  EXPECT_FALSE(read.dialect.stamps_are_bar_ends);
}

TEST(TextExports, CryptoDataDownloadPrefersTheCountAndTellsWhereTheDateDisagrees) {
  RememberingObserver observer;
  ThreadPool pool(1);
  std::string text =
      "https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n";
  for (int hour = 20; hour >= 1; --hour) {
    const std::string date =
        hour == 3 ? "2020-12-31 07-PM"
                  : "2020-12-31 " + std::string(hour < 10 ? "0" : "") + std::to_string(hour) + ":00:00";
    text +=
        std::to_string(1609372800 + hour * 3600) + "," + date + ",BTC/USD,28893,29300,27930,28992,2,57984\n";
  }
  const TextTable read = parse_text_table(text, "prices.csv", {}, pool, observer);
  EXPECT_EQ(read.dialect.export_name, "CryptoDataDownload");
  EXPECT_TRUE(read.dialect.newest_first);
  EXPECT_EQ(stamps(read).front(), "2020-12-31T01:00:00Z");
  EXPECT_EQ(read.table.origin.line_of(0), 22);
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("CryptoDataDownload.com")));
  ASSERT_EQ(observer.warnings.size(), 1U);
  EXPECT_THAT(observer.warnings[0], testing::AllOf(HasSubstr("prices.csv:20:"), HasSubstr("(1 such row)"),
                                                   HasSubstr("--column timestamp=date")));
}

TEST(TextExports, CryptoDataDownloadVolumesThatAreSwappedArePutRight) {
  const TextTable read = read_text(
      "unix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n"
      "1609372800,2020-12-31 00:00:00,BTC/USD,100,101,99,100,20,2000\n"
      "1609459200,2021-01-01 00:00:00,BTC/USD,100,101,99,100,3000,30\n");
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(20, 30));
  EXPECT_THAT(numbers(read, "Volume USD"), ElementsAre(2000, 3000));
}

TEST(TextExports, DukascopyIsDayFirstAndUtcEvenWhenEveryDayIsBelowThirteen) {
  RememberingObserver observer;
  ThreadPool pool(1);
  const TextTable read = parse_text_table(
      "Gmt time,Open,High,Low,Close,Volume\n"
      "02.01.2020 00:00:00.000,1.12,1.13,1.11,1.125,100.5\n"
      "03.01.2020 00:00:00.000,1.125,1.13,1.11,1.12,90\n",
      "prices.csv", {}, pool, observer);
  EXPECT_EQ(read.dialect.export_name, "Dukascopy");
  EXPECT_THAT(stamps(read), ElementsAre("2020-01-02T00:00:00Z", "2020-01-03T00:00:00Z"));
  EXPECT_EQ(read.dialect.time_format, "DD.MM.YYYY HH:MM:SS.fff");
  EXPECT_EQ(read.dialect.time_zone, "UTC");
  EXPECT_THAT(observer.warnings, IsEmpty());
}

TEST(TextExports, DukascopyLocalTimeCarriesItsOffset) {
  const TextTable read = read_text(
      "Local time,Open,High,Low,Close,Volume\n"
      "02.07.2020 02:00:00.000 GMT+0200,1.12,1.13,1.11,1.125,100.5\n");
  EXPECT_THAT(stamps(read), ElementsAre("2020-07-02T00:00:00Z"));
}

TEST(TextExports, MetaTrader5JoinsDateAndTimeAndWarnsOfTheBrokersClock) {
  RememberingObserver observer;
  ThreadPool pool(1);
  const std::string text =
      "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n"
      "2024.01.02\t00:00:00\t1.10437\t1.10451\t1.10415\t1.10449\t93\t0\t11\n"
      "2024.01.02\t00:15:00\t1.1042\t1.1045\t1.1042\t1.10426\t77\t0\t13\n";
  const TextTable read = parse_text_table(text, "prices.csv", {}, pool, observer);
  EXPECT_EQ(read.dialect.export_name, "MetaTrader 5");
  EXPECT_EQ(read.dialect.separator, "tab");
  EXPECT_EQ(read.dialect.time_zone, "UTC (assumed)");
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-02T00:00:00Z", "2024-01-02T00:15:00Z"));
  EXPECT_THAT(numbers(read, "tick volume"), ElementsAre(93, 77));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(0, 0));
  EXPECT_THAT(observer.warnings, ElementsAre(testing::AllOf(HasSubstr("broker"), HasSubstr("--tz"))));

  ReadOptions options;
  options.time_zone = "+02:00";
  EXPECT_EQ(stamps(read_text(text, options)).front(), "2024-01-01T22:00:00Z");
}

TEST(TextExports, MetaTrader4WithoutHeader) {
  const TextTable read = read_text(
      "2012.02.01,00:00,1.30860,1.30870,1.30850,1.30862,12\n"
      "2012.02.01,00:01,1.30862,1.30880,1.30860,1.30871,9\n");
  EXPECT_EQ(read.dialect.export_name, "MetaTrader 4 / HistData MT");
  EXPECT_THAT(stamps(read), ElementsAre("2012-02-01T00:00:00Z", "2012-02-01T00:01:00Z"));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(1.30862, 1.30871));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(12, 9));
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("--tz -05:00")));
}

TEST(TextExports, HistDataAsciiIsFiveHoursBehindUtcAllYear) {
  const TextTable read = read_text(
      "20120201 000000;1.306600;1.306600;1.306560;1.306560;0\n"
      "20120701 000100;1.306570;1.306570;1.306470;1.306560;0\n");
  EXPECT_EQ(read.dialect.export_name, "HistData ASCII");
  EXPECT_THAT(stamps(read), ElementsAre("2012-02-01T05:00:00Z", "2012-07-01T05:01:00Z"));
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("without daylight saving")));
}

TEST(TextExports, StooqPolishInWindows1250WithCrlf) {
  const TextTable read = read_text(
      "Data,Otwarcie,Najwy\xBFszy,Najni\xBFszy,Zamkni\xEA"
      "cie,Wolumen\r\n"
      "2024-01-02,10.5,11,10,10.8,1500\r\n"
      "2024-01-03,10.8,11.2,10.7,11.1,1700\r\n");
  EXPECT_EQ(read.dialect.export_name, "Stooq web (Polish)");
  EXPECT_EQ(read.dialect.encoding, "windows-1250");
  EXPECT_THAT(column_names(read), ElementsAre("timestamp", "open", "high", "low", "close", "volume"));
  EXPECT_THAT(numbers(read, "high"), ElementsAre(11, 11.2));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(1500, 1700));
}

TEST(TextExports, StooqPolishWithoutAccentsAndWithByteOrderMark) {
  const TextTable read = read_text(
      "\xEF\xBB\xBF"
      "Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen\n2024-01-02,10.5,11,10,10.8,1500\n");
  EXPECT_EQ(read.dialect.encoding, "UTF-8 with BOM");
  EXPECT_THAT(numbers(read, "low"), ElementsAre(10));
}

TEST(TextExports, FinamKeepsSymbolsAndReadsTimesThatLostTheirLeadingZeros) {
  const TextTable read = read_text(
      "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\n"
      "SBER,60,20240103,93000,270.5,271,270,270.8,1000\n"
      "SBER,60,20240103,103000,270.8,272,270.5,271.5,2000\n"
      "NA,60,20240103,0,1,2,0.5,1.5,3\n");
  EXPECT_THAT(stamps(read),
              ElementsAre("2024-01-03T09:30:00Z", "2024-01-03T10:30:00Z", "2024-01-03T00:00:00Z"));
  EXPECT_THAT(words(read, "symbol"), ElementsAre("SBER", "SBER", "NA"));
  EXPECT_EQ(read.dialect.export_name, "Stooq bulk / Finam / MetaStock");
}

TEST(TextExports, MetaStockWithoutHeader) {
  const TextTable read =
      read_text("PKN,20240102,65.1,66,64.9,65.5,1000\nPKN,20240103,65.5,66.2,65.3,66.0,900\n");
  EXPECT_THAT(words(read, "symbol"), ElementsAre("PKN", "PKN"));
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z"));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(1000, 900));
}

TEST(TextExports, InvestingComNewestFirstWithThousandsAndUnits) {
  const TextTable read = read_text(
      "\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"\n"
      "\"04/15/2020\",\"7,278.20\",\"7,300.00\",\"7,310.55\",\"7,200.00\",\"190.28M\",\"-0.93%\"\n"
      "\"04/14/2020\",\"7,346.51\",\"7,250.00\",\"7,350.00\",\"7,240.10\",\"1.05B\",\"1.20%\"\n"
      "\"04/13/2020\",\"999.50\",\"998.00\",\"1,000.00\",\"990.00\",\"850.5K\",\"0.10%\"\n");
  EXPECT_EQ(read.dialect.export_name, "Investing.com");
  EXPECT_TRUE(read.dialect.newest_first);
  EXPECT_EQ(read.dialect.thousands_mark, ",");
  EXPECT_THAT(stamps(read),
              ElementsAre("2020-04-13T00:00:00Z", "2020-04-14T00:00:00Z", "2020-04-15T00:00:00Z"));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(999.5, 7346.51, 7278.2));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(850'500, 1'050'000'000, 190'280'000));
  EXPECT_THAT(numbers(read, "Change %"), ElementsAre(0.1, 1.2, -0.93));
  EXPECT_EQ(read.table.origin.line_of(0), 4);
}

TEST(TextExports, InvestingComWithMonthNames) {
  const TextTable read = read_text(
      "\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"\n"
      "\"Apr 09, 2020\",\"2,789.82\",\"2,776.99\",\"2,818.57\",\"2,762.36\",\"-\",\"1.45%\"\n");
  EXPECT_THAT(stamps(read), ElementsAre("2020-04-09T00:00:00Z"));
  EXPECT_EQ(column(read, "volume").missing_count(), 1);
}

TEST(TextExports, ArivaInLatin1WithDecimalCommasAndThousandsPoints) {
  const TextTable read = read_text(
      "Datum;Erster;Hoch;Tief;Schlusskurs;St\xFC"
      "cke;Volumen\n"
      "02.01.2024;1.110,123;1.112,50;1.100,00;1.105,10;12.345;13.641.225\n"
      "03.01.2024;1.105,10;1.106,00;999,95;1.001,00;1.234;1.236.468\n");
  EXPECT_EQ(read.dialect.export_name, "Ariva");
  EXPECT_EQ(read.dialect.encoding, "windows-1252");
  EXPECT_EQ(read.dialect.decimal_mark, ",");
  EXPECT_EQ(read.dialect.thousands_mark, ".");
  EXPECT_THAT(numbers(read, "open"), ElementsAre(1110.123, 1105.1));
  EXPECT_THAT(numbers(read, "low"), ElementsAre(1100, 999.95));
  EXPECT_THAT(numbers(read, "volume"), ElementsAre(12345, 1234));
  EXPECT_THAT(numbers(read, "Volumen"), ElementsAre(13641225, 1236468));
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z"));
}

TEST(TextExports, TradingViewInEpochSecondsAndInIsoWithOffset) {
  const TextTable epoch = read_text("time,open,high,low,close,volume\n1704067200,1,2,0.5,1.5,10\n");
  EXPECT_EQ(epoch.dialect.export_name, "TradingView");
  EXPECT_THAT(stamps(epoch), ElementsAre("2024-01-01T00:00:00Z"));
  const TextTable iso = read_text(
      "time,open,high,low,close,volume\n2024-01-01T09:30:00-05:00,1,2,0.5,1.5,10\n2024-07-01T09:30:00-04:00,"
      "1,2,0.5,1.5,10\n");
  EXPECT_THAT(stamps(iso), ElementsAre("2024-01-01T14:30:00Z", "2024-07-01T13:30:00Z"));
  EXPECT_EQ(iso.dialect.time_zone, "offset in stamp");
}

TEST(TextExports, GenericInAnyOrderCaseAndWithExtras) {
  const TextTable read = read_text(
      "CLOSE, Low ,HIGH,open,Signal,Long,Mood,Empty,Vol,Ticker,Datetime\n"
      "1.5,1,2,1.2,0.25,True,calm,,100,ABC,2024-01-02 09:30\n"
      "1.6,1.1,2.1,1.5,,False,None,,200,ABC,2024-01-02 09:31\n");
  EXPECT_THAT(column_names(read), ElementsAre("timestamp", "close", "low", "high", "open", "Signal", "Long",
                                              "Mood", "Empty", "volume", "symbol"));
  EXPECT_EQ(column(read, "Signal").kind, ColumnKind::kNumber);
  EXPECT_EQ(column(read, "Long").kind, ColumnKind::kBoolean);
  EXPECT_THAT(numbers(read, "Long"), ElementsAre(1, 0));
  EXPECT_EQ(column(read, "Mood").kind, ColumnKind::kCategory);
  EXPECT_THAT(words(read, "Mood"), ElementsAre("calm", "None"));
  EXPECT_EQ(column(read, "Empty").kind, ColumnKind::kNumber);
  EXPECT_EQ(column(read, "Empty").missing_count(), 2);
}

TEST(TextExports, ExtrasAreLeftOutOnRequest) {
  ReadOptions options;
  options.keep_extras = false;
  const TextTable read = read_text("Date,Close,Signal\n2024-01-02,1.5,7\n", options);
  EXPECT_THAT(column_names(read), ElementsAre("timestamp", "close"));
}

TEST(TextExports, LinesQuotedAsAWholeAreUnpacked) {
  const TextTable read = read_text(
      "\"Time\tOpen\tHigh\tLow\tClose\tVolume\"\n"
      "\"2022-01-04 18:00:00\t1.12834\t1.1284\t1.12834\t1.12838\t24\"\n");
  EXPECT_EQ(read.dialect.separator, "tab");
  EXPECT_THAT(numbers(read, "close"), ElementsAre(1.12838));
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("one quoted string")));
}

TEST(TextExports, StrayCharactersBeforeTheFirstValueAreRemovedWithANote) {
  const TextTable read = read_text(
      "-(2018-10-12 12:00,1.15777,1.15795,1.15685,1.15739,2819\n2018-10-12 "
      "12:15,1.1574,1.1576,1.15715,1.1573,2678\n");
  EXPECT_THAT(stamps(read), ElementsAre("2018-10-12T12:00:00Z", "2018-10-12T12:15:00Z"));
  EXPECT_EQ(read.table.origin.line_of(0), 1);
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("stray characters '-('")));
}

TEST(TextExports, UnnamedRowCountersAreDroppedWithANote) {
  const TextTable read = read_text(
      ",Date,Open,High,Low,Close,Adj Close**,Volume\n7,\"Feb 07, "
      "2018\",\"2,690.95\",\"2,727.67\",\"2,681.33\",\"2,681.66\",\"2,681.66\",-\n");
  EXPECT_THAT(column_names(read),
              ElementsAre("timestamp", "open", "high", "low", "close", "adjusted close", "volume"));
  EXPECT_THAT(read.dialect.notes, Contains(HasSubstr("only counts rows")));
}

TEST(TextExports, UnnamedFirstColumnOfDatesIsTheTime) {
  const TextTable read = read_text(",open,high,low,close\n2024-01-02,1,2,0.5,1.5\n");
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-02T00:00:00Z"));
}

TEST(TextExports, OurOwnFormatComesBackExactly) {
  const TextTable read = read_text(
      "timestamp,symbol,open,high,low,close,volume\n2024-01-02T03:04:05.123456789Z,ABC,0.1,1e-05,30."
      "774999618530273,12345678901234567890,0\n");
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-02T03:04:05.123456789Z"));
  EXPECT_THAT(numbers(read, "open"), ElementsAre(0.1));
  EXPECT_THAT(numbers(read, "high"), ElementsAre(1e-05));
  EXPECT_THAT(numbers(read, "low"), ElementsAre(30.774999618530273));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(12345678901234567890.0));
}

TEST(TextExports, NasdaqComHasDollarSignsAndMonthFirst) {
  const TextTable read = read_text(
      "Date,Close/Last,Volume,Open,High,Low\n01/03/2024,$184.25,58414460,$184.22,$185.88,$183.43\n01/02/"
      "2024,$185.64,82488670,$187.15,$188.44,$183.885\n");
  EXPECT_THAT(stamps(read), ElementsAre("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z"));
  EXPECT_THAT(numbers(read, "close"), ElementsAre(185.64, 184.25));
}

TEST(TextExports, OnlyACloseTimeMakesStampsBarEnds) {
  const TextTable read = read_text("close_time,close\n2024-01-02 00:00:00,1.5\n");
  EXPECT_TRUE(read.dialect.stamps_are_bar_ends);
}

}  // namespace
}  // namespace regimetry::market

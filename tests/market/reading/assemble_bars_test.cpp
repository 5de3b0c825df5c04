#include "market/reading/assemble_bars.hpp"

#include <cmath>

#include "market/support/expect_error.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::market {
namespace {

class AssembleBars : public testing::Test {
 protected:
  AssembleBars() { table_.source = "t.csv"; }

  void add(std::string name, std::vector<double> values) {
    Column column;
    column.name = std::move(name);
    column.numbers = std::move(values);
    table_.row_count = column.row_count();
    table_.columns.push_back(std::move(column));
  }
  void add_words(std::string name, std::vector<std::string> categories, std::vector<std::int32_t> codes) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::kCategory;
    column.categories = std::move(categories);
    column.codes = std::move(codes);
    table_.columns.push_back(std::move(column));
  }
  void add_days(int count) {
    Column column;
    column.name = "timestamp";
    column.kind = ColumnKind::kTime;
    for (int i = 0; i < count; ++i) column.times.push_back(i * kNsPerDay);
    table_.row_count = count;
    table_.columns.push_back(std::move(column));
  }
  void add_prices(std::vector<double> close) {
    add("open", close);
    add("high", close);
    add("low", close);
    add("close", std::move(close));
  }
  std::vector<Bars> assemble() {
    return assemble_bars(std::move(table_), facts_, options_, pool_, observer_);
  }

  ColumnTable table_;
  TableFacts facts_{"FALLBACK", std::nullopt, false, nullptr};
  ReadOptions options_;
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

TEST_F(AssembleBars, MakesOneInstrumentOfATableWithoutSymbols) {
  add_days(4);
  add("Open", {1, 2, 3, 4});
  add("High", {2, 3, 4, 5});
  add("Low", {0.5, 1.5, 2.5, 3.5});
  add("Last Price", {1.5, 2.5, 3.5, 4.5});
  add("spread", {7, 8, 9, 10});
  table_.origin.first_line = 2;
  const std::vector<Bars> all = assemble();
  ASSERT_EQ(all.size(), 1U);
  const Bars& bars = all[0];
  EXPECT_EQ(bars.symbol, "FALLBACK");
  EXPECT_EQ(bars.timeframe.name(), "1d");
  EXPECT_NEAR(bars.bars_per_year, 365.25, 0.01);
  EXPECT_EQ(bars.close, (std::vector<double>{1.5, 2.5, 3.5, 4.5}));
  EXPECT_EQ(bars.low, (std::vector<double>{0.5, 1.5, 2.5, 3.5}));
  EXPECT_TRUE(std::isnan(bars.volume.at(3)));
  ASSERT_EQ(bars.extras.size(), 1U);
  EXPECT_EQ(bars.extras[0].name, "spread");
  EXPECT_EQ(bars.origin.line_of(2), 4);
}

TEST_F(AssembleBars, MovesColumnsOfASingleInstrumentInsteadOfCopying) {
  add_days(3);
  add_prices({1, 2, 3});
  add_words("symbol", {"ABC"}, {0, 0, 0});
  const double* close = table_.find("close")->numbers.data();
  const std::vector<Bars> all = assemble();
  EXPECT_EQ(all[0].close.data(), close);
  EXPECT_EQ(all[0].symbol, "ABC");
}

TEST_F(AssembleBars, PartsInterleavedSymbolsKeepingFileOrderAndLines) {
  add_days(6);
  add_prices({10, 20, 11, 21, 30, 12});
  add_words("Ticker", {"A", "B", "C"}, {0, 1, 0, 1, 2, 0});
  add_words("mood", {"x", "y", "z"}, {2, 0, 1, kMissingCode, kMissingCode, 2});
  table_.origin.first_line = 2;
  const std::vector<Bars> all = assemble();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].symbol, "A");
  EXPECT_EQ(all[0].close, (std::vector<double>{10, 11, 12}));
  EXPECT_EQ(all[0].timestamps, (std::vector<TimestampNs>{0, 2 * kNsPerDay, 5 * kNsPerDay}));
  EXPECT_EQ(all[0].origin.line_of(2), 7);
  EXPECT_EQ(all[0].extras.at(0).categories,
            (std::vector<std::string>{"z", "y"}));  // its own first appearances
  EXPECT_EQ(all[0].extras.at(0).codes, (std::vector<std::int32_t>{0, 1, 0}));
  EXPECT_EQ(all[1].close, (std::vector<double>{20, 21}));
  EXPECT_TRUE(all[2].extras.empty());  // nothing but missing values there
}

TEST_F(AssembleBars, SlicesTablesSortedBySymbol) {
  add_days(5);
  add_prices({1, 2, 3, 4, 5});
  add_words("symbol", {"A", "B"}, {0, 0, 1, 1, 1});
  table_.origin.first_line = 10;
  const std::vector<Bars> all = assemble();
  EXPECT_EQ(all[1].close, (std::vector<double>{3, 4, 5}));
  EXPECT_EQ(all[1].origin.line_of(0), 12);
  EXPECT_TRUE(all[1].origin.lines.empty());
}

TEST_F(AssembleBars, KeepsSeveralTimeframesOfASymbolApart) {
  add_days(4);
  add_prices({1, 2, 3, 4});
  add_words("symbol", {"A"}, {0, 0, 0, 0});
  add_words("timeframe", {"1d", "4h"}, {0, 1, 0, 1});
  const std::vector<Bars> all = assemble();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].timeframe.name(), "1d");
  EXPECT_EQ(all[1].timeframe.name(), "4h");
  EXPECT_EQ(all[1].close, (std::vector<double>{2, 4}));
  EXPECT_TRUE(all[0].extras.empty());
}

TEST_F(AssembleBars, AdjustsAllPricesByTheAdjustedCloseAndSaysSo) {
  add_days(2);
  add("open", {10, 20});
  add("high", {12, 22});
  add("low", {8, 18});
  add("close", {10, 20});
  add("Adj Close", {5, 20});
  add("volume", {100, 200});
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.open, (std::vector<double>{5, 20}));
  EXPECT_EQ(bars.high, (std::vector<double>{6, 22}));
  EXPECT_EQ(bars.low, (std::vector<double>{4, 18}));
  EXPECT_EQ(bars.close, (std::vector<double>{5, 20}));
  EXPECT_EQ(bars.volume, (std::vector<double>{100, 200}));
  EXPECT_THAT(observer_.notes, testing::ElementsAre(testing::HasSubstr("--adjust off")));
}

TEST_F(AssembleBars, LeavesPricesAloneWhenTheUserSaysSo) {
  add_days(1);
  add_prices({10});
  add("Adj Close", {5});
  options_.adjust = AdjustPolicy::kUnadjust;
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.close, (std::vector<double>{10}));
  EXPECT_EQ(bars.extras.at(0).name, "Adj Close");
  EXPECT_TRUE(observer_.notes.empty());
}

TEST_F(AssembleBars, TakesTicksForVolumeOnlyWhenThereIsNoOther) {
  add_days(2);
  add_prices({1, 2});
  add("volume", {0, 0});
  add("tick_volume", {5, 6});
  EXPECT_EQ(assemble()[0].volume, (std::vector<double>{5, 6}));
  EXPECT_THAT(observer_.notes, testing::ElementsAre(testing::HasSubstr("ticks")));

  table_ = ColumnTable{};
  add_days(2);
  add_prices({1, 2});
  add("volume", {0, 9});
  add("tick_volume", {5, 6});
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.volume, (std::vector<double>{0, 9}));
  EXPECT_EQ(bars.extras.at(0).name, "tick_volume");
}

TEST_F(AssembleBars, LetsALonePriceStandForAllFourAndSaysSo) {
  add_days(2);
  add("price", {1, 2});
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.open, (std::vector<double>{1, 2}));
  EXPECT_EQ(bars.high, bars.low);
  EXPECT_THAT(observer_.notes, testing::ElementsAre(testing::HasSubstr("stands for all four")));
}

TEST_F(AssembleBars, ReadsPricesWrittenAsWords) {
  add_days(3);
  add_words("close", {"1.5", "2.5", "null"}, {0, 1, 2});
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.close[1], 2.5);
  EXPECT_TRUE(std::isnan(bars.close[2]));
}

TEST_F(AssembleBars, NamesPlaceAndValueOfAWordThatIsNoPrice) {
  add_days(2);
  add_words("close", {"1.5", "oops"}, {0, 1});
  table_.origin.first_line = 2;
  expect_error(ErrorKind::kData, {"t.csv:3", "'close'", "'oops'"}, [&] { (void)assemble(); });
}

TEST_F(AssembleBars, ListsTheColumnsWhenThereIsNoPrice) {
  add_days(1);
  add("bid", {1});
  add("ask", {2});
  expect_error(ErrorKind::kData, {"close", "timestamp, bid, ask", "--column close=NAME"},
               [&] { (void)assemble(); });
}

TEST_F(AssembleBars, ObeysTheColumnTheUserNames) {
  add_days(1);
  add("bid", {1});
  add("close", {2});
  options_.column_for_role = {{"close", "bid"}};
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.close, (std::vector<double>{1}));
  EXPECT_EQ(bars.extras.at(0).name, "close_source");  // not to be mistaken for the close when written
}

TEST_F(AssembleBars, RefusesRolesAndColumnsThatDoNotExist) {
  add_days(1);
  add("bid_price", {1});
  ColumnTable table = table_;
  options_.column_for_role = {{"close", "bid_prize"}};
  expect_error(ErrorKind::kUsage, {"bid_prize", "did you mean 'bid_price'?"}, [&] { (void)assemble(); });
  table_ = table;
  options_.column_for_role = {{"middle", "bid_price"}};
  expect_error(ErrorKind::kUsage, {"no role 'middle'"}, [&] { (void)assemble(); });
}

TEST_F(AssembleBars, RefusesAPriceThatTwoColumnsClaimEqually) {
  add_days(1);
  add("last", {1});
  add("price", {2});
  expect_error(ErrorKind::kData, {"'last'", "'price'", "--column 'close=last'"}, [&] { (void)assemble(); });
}

TEST_F(AssembleBars, RefusesRowsWithoutASymbolAmongRowsWithOne) {
  add_days(2);
  add_prices({1, 2});
  add_words("symbol", {"A"}, {0, kMissingCode});
  table_.origin.first_line = 2;
  expect_error(ErrorKind::kData, {"t.csv:3", "'symbol'"}, [&] { (void)assemble(); });
}

TEST_F(AssembleBars, TellsOfPricesInPointsWithoutTouchingThem) {
  add_days(2);
  add_prices({130584, 130601});
  facts_.symbol = "AUDUSD";
  EXPECT_EQ(assemble()[0].close, (std::vector<double>{130584, 130601}));
  EXPECT_THAT(observer_.notes, testing::ElementsAre(testing::HasSubstr("multiplied")));
}

TEST_F(AssembleBars, TakesWhatIsStoredAboutAnInstrument) {
  add_days(2);
  add_prices({1, 2});
  facts_.metadata = {{"instruments", {{{"symbol", "FALLBACK"}, {"timeframe", "1w"}, {"stamp", "end"}}}}};
  const Bars bars = assemble()[0];
  EXPECT_EQ(bars.timeframe.name(), "1w");  // two bars show none
  EXPECT_EQ(bars.stamp_meaning, StampMeaning::kBarEnd);
}

TEST_F(AssembleBars, TakesAPeriodColumnForTimeframesOnlyWhereAllValuesAreSome) {
  add_days(4);
  add_prices({1, 2, 3, 4});
  add_words("period", {"pre", "regular"}, {0, 1, 0, 1});
  const std::vector<Bars> instruments = assemble();
  ASSERT_EQ(instruments.size(), 1U);
  EXPECT_EQ(instruments[0].extras.at(0).name, "period");
}

TEST_F(AssembleBars, KeepsTimeframesInMinutesAndLettersApart) {
  options_.keep_extras = false;
  add_days(4);
  add_prices({1, 2, 3, 4});
  ColumnTable lettered = table_;
  add("<PER>", {5, 5, 60, 60});
  std::vector<Bars> instruments = assemble();
  ASSERT_EQ(instruments.size(), 2U);
  EXPECT_EQ(instruments[0].timeframe.name(), "5m");
  EXPECT_EQ(instruments[1].timeframe.name(), "1h");

  table_ = std::move(lettered);
  add_words("<PER>", {"D", "60"}, {0, 1, 0, 1});
  instruments = assemble();
  ASSERT_EQ(instruments.size(), 2U);
  EXPECT_EQ(instruments[0].timeframe.name(), "1d");
  EXPECT_EQ(instruments[1].timeframe.name(), "1h");
}

TEST_F(AssembleBars, NumbersOnlyPairsOfSymbolAndTimeframeThatOccur) {
  const int count = 66'000;  // all pairs of 33,000 words each would be a thousand million
  add_days(count);
  add_prices(std::vector<double>(count, 1.0));
  std::vector<std::string> symbols, timeframes;
  std::vector<std::int32_t> codes;
  for (int i = 0; i < count; ++i) {
    symbols.push_back("S" + std::to_string(i));
    timeframes.push_back(std::to_string(i + 1) + "s");
    codes.push_back(i);
  }
  // Half the rows per word, so that the column tells instruments apart.
  for (std::int32_t& code : codes) code /= 2;
  symbols.resize(count / 2);
  timeframes.resize(count / 2);
  add_words("symbol", symbols, codes);
  add_words("timeframe", timeframes, codes);
  const std::vector<Bars> instruments = assemble();
  ASSERT_EQ(instruments.size(), static_cast<std::size_t>(count / 2));
  EXPECT_EQ(instruments.back().symbol, "S32999");
  EXPECT_EQ(instruments.back().timeframe.nanoseconds, 33'000 * kNsPerSecond);
  EXPECT_EQ(instruments.back().size(), 2);
}

TEST_F(AssembleBars, SaysWhichAdjustedCloseIsMissing) {
  add_days(2);
  add_prices({10, 20});
  add("Adj Close", {5, std::nan("")});
  table_.origin.first_line = 2;
  EXPECT_TRUE(std::isnan(assemble()[0].open[1]));
  EXPECT_THAT(observer_.warnings, testing::ElementsAre(testing::AllOf(testing::HasSubstr("t.csv:3"),
                                                                      testing::HasSubstr("'Adj Close'"),
                                                                      testing::HasSubstr("--adjust off"))));
}

}  // namespace
}  // namespace regimetry::market

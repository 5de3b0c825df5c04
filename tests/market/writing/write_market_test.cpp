#include "market/writing/write_market.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <fstream>

#include "core/atomic_file.hpp"
#include "core/rng.hpp"
#include "core/temporary_folder.hpp"
#include "market/reading/read_market.hpp"
#include "market/support/expect_error.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::market {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<std::uint64_t> bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> all;
  for (const double value : values)
    all.push_back(std::isnan(value) ? 0x7ff8000000000000U : std::bit_cast<std::uint64_t>(value));
  return all;
}

std::vector<std::string> words(const Column& column) {
  std::vector<std::string> all;
  for (const std::int32_t code : column.codes) {
    all.push_back(code == kMissingCode ? "<missing>" : column.categories[static_cast<std::size_t>(code)]);
  }
  return all;
}

void expect_same(const Column& a, const Column& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(kind_name(a.kind), kind_name(b.kind)) << a.name;
  EXPECT_EQ(bits(a.numbers), bits(b.numbers)) << a.name;
  EXPECT_EQ(words(a), words(b)) << a.name;
  EXPECT_EQ(a.times, b.times) << a.name;
}

void expect_same(const Bars& a, const Bars& b) {
  EXPECT_EQ(a.symbol, b.symbol);
  EXPECT_EQ(a.timeframe.name(), b.timeframe.name());
  EXPECT_EQ(a.stamp_meaning, b.stamp_meaning);
  EXPECT_EQ(a.timestamps, b.timestamps);
  for (const auto member : {&Bars::open, &Bars::high, &Bars::low, &Bars::close, &Bars::volume}) {
    EXPECT_EQ(bits(a.*member), bits(b.*member)) << a.symbol;
  }
  ASSERT_EQ(a.extras.size(), b.extras.size()) << a.symbol;
  for (std::size_t i = 0; i < a.extras.size(); ++i) expect_same(a.extras[i], b.extras[i]);
}

Column number_column(std::string name, std::vector<double> values, ColumnKind kind = ColumnKind::kNumber) {
  Column column;
  column.name = std::move(name);
  column.kind = kind;
  column.numbers = std::move(values);
  return column;
}

// Bars whose numbers have all kinds of last digits.
Bars random_bars(const std::string& symbol, std::int64_t count, std::int64_t step_ns, std::uint64_t seed) {
  RngStream rng = Rng(seed).stream("test");
  Bars bars;
  bars.symbol = symbol;
  bars.timeframe = Timeframe{step_ns, 0};
  for (std::int64_t i = 0; i < count; ++i) {
    bars.timestamps.push_back(1'700'000'000 * kNsPerSecond + i * step_ns);
    const double base = std::exp(3 * rng.normal());
    bars.open.push_back(base);
    bars.high.push_back(base * (1 + rng.uniform()));
    bars.low.push_back(base * rng.uniform());
    bars.close.push_back(rng.uniform() < 0.05 ? kNaN : base * 1.0000001);
    bars.volume.push_back(std::floor(rng.uniform() * 1e6));
  }
  return bars;
}

class WriteMarket : public testing::TestWithParam<const char*> {
 protected:
  std::filesystem::path file(const char* stem = "data") { return folder_ / (std::string(stem) + GetParam()); }
  MarketData write_and_read(const MarketData& data) {
    write_market(file(), data, pool_, observer_);
    return read_market({file().string()}, {}, pool_, observer_).data;
  }
  TemporaryFolder folder_;
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

TEST_P(WriteMarket, BringsBackTheSameBitsOfManyInstruments) {
  MarketData data;
  for (int i = 0; i < 30; ++i)
    data.instruments.push_back(random_bars(fmt::format("SYM{:02}", i), 200 + i, kNsPerHour, 7 + i));
  const MarketData back = write_and_read(data);
  ASSERT_EQ(back.instruments.size(), data.instruments.size());
  for (std::size_t i = 0; i < back.instruments.size(); ++i)
    expect_same(back.instruments[i], data.instruments[i]);
}

TEST_P(WriteMarket, BringsBackExtremeNumbers) {
  MarketData data;
  Bars bars = random_bars("ABC", 6, kNsPerDay, 1);
  bars.close = {5e-324, 1.7976931348623157e308, 0.1, 1.0 / 3.0, 123456789.123456789, 4503599627370497.5};
  bars.extras = {number_column("signed", {-0.0, -1e-300, 1e22, -INFINITY, INFINITY, kNaN})};
  data.instruments = {bars};
  expect_same(write_and_read(data).instruments.at(0), bars);
}

TEST_P(WriteMarket, BringsBackExtrasOfEveryKindWithTheirGaps) {
  MarketData data;
  Bars bars = random_bars("ABC", 4, kNsPerDay, 1);
  Column mood{
      "mood", ColumnKind::kCategory, {}, {0, 1, kMissingCode, 2}, {"calm, or so", "say \"hi\"", "Zürich"},
      {}};
  Column digits{"digits",     ColumnKind::kCategory, {},
                {0, 1, 0, 1}, {"7", "12"},           {}};  // words that look like numbers
  Column when{
      "when", ColumnKind::kTime, {}, {}, {}, {0, kMissingTime, 1'700'000'000'000'000'000, -kNsPerDay}};
  bars.extras = {number_column("score", {0.1, kNaN, -2, 3}),
                 number_column("up", {1, 0, kNaN, 1}, ColumnKind::kBoolean),
                 mood,
                 digits,
                 when,
                 number_column("empty", {kNaN, kNaN, kNaN, kNaN})};
  data.instruments = {bars};
  expect_same(write_and_read(data).instruments.at(0), bars);
}

TEST_P(WriteMarket, BringsBackNanoseconds) {
  MarketData data;
  Bars bars = random_bars("ABC", 4, kNsPerSecond, 1);
  bars.timestamps[1] += 123'456'789;
  bars.timestamps[2] += 1;
  data.instruments = {bars};
  EXPECT_EQ(write_and_read(data).instruments.at(0).timestamps, bars.timestamps);
}

TEST_P(WriteMarket, KeepsSeveralTimeframesOfASymbolApart) {
  MarketData data;
  data.instruments = {random_bars("ABC", 50, kNsPerHour, 1), random_bars("ABC", 20, kNsPerDay, 2)};
  data.instruments[1].stamp_meaning = StampMeaning::kBarEnd;
  const MarketData back = write_and_read(data);
  ASSERT_EQ(back.instruments.size(), 2U);
  expect_same(back.instruments[0], data.instruments[0]);
  expect_same(back.instruments[1], data.instruments[1]);
}

TEST_P(WriteMarket, LetsInstrumentsDifferInTheirExtras) {
  MarketData data;
  data.instruments = {random_bars("A", 3, kNsPerDay, 1), random_bars("B", 3, kNsPerDay, 2)};
  data.instruments[0].extras = {number_column("x", {1, 2, 3})};
  data.instruments[1].extras = {number_column("y", {kNaN, 5, 6})};
  const MarketData back = write_and_read(data);
  expect_same(back.instruments.at(0), data.instruments[0]);
  expect_same(back.instruments.at(1), data.instruments[1]);
}

TEST_P(WriteMarket, SortsBySymbolThenTime) {
  MarketData data;
  data.instruments = {random_bars("B", 3, kNsPerDay, 1), random_bars("A", 3, kNsPerDay, 2)};
  std::reverse(data.instruments[1].timestamps.begin(), data.instruments[1].timestamps.end());
  const MarketData back = write_and_read(data);
  EXPECT_EQ(back.instruments.at(0).symbol, "A");
  EXPECT_TRUE(std::is_sorted(back.instruments[0].timestamps.begin(), back.instruments[0].timestamps.end()));
  std::vector<double> reversed = data.instruments[1].close;
  std::reverse(reversed.begin(), reversed.end());
  EXPECT_EQ(bits(back.instruments[0].close), bits(reversed));
}

TEST_P(WriteMarket, CarriesTheMetadataAndStampMeaning) {
  MarketData data;
  data.instruments = {random_bars("ABC", 5, kNsPerDay, 1)};
  data.instruments[0].stamp_meaning = StampMeaning::kBarEnd;
  data.metadata = {{"simulation", {{"seed", 7}, {"name", "it's \"quoted\" Zürich"}}}};
  const MarketData back = write_and_read(data);
  EXPECT_EQ(back.metadata, data.metadata);
  EXPECT_EQ(back.instruments[0].stamp_meaning, StampMeaning::kBarEnd);
}

TEST_P(WriteMarket, GivesTheSameBytesWithAnyNumberOfThreads) {
  MarketData data;
  for (int i = 0; i < 3; ++i)
    data.instruments.push_back(random_bars(fmt::format("S{}", i), 40'000, kNsPerMinute, 3 + i));
  write_market(file("one"), data, pool_, observer_);
  ThreadPool single(1);
  write_market(file("two"), data, single, observer_);
  EXPECT_TRUE(read_file(file("one")) == read_file(file("two")));
}

TEST_P(WriteMarket, WritesAnEmptyMarketWithItsColumns) {
  write_market(file(), MarketData{}, pool_, observer_);
  EXPECT_TRUE(std::filesystem::exists(file()));
}

TEST_P(WriteMarket, BringsBackSignals) {
  SignalTable table;
  table.timestamps = {0, kNsPerDay, 2 * kNsPerDay};
  table.columns = {number_column("close", {1, 2, kNaN}),
                   number_column("flag", {1, kNaN, 0}, ColumnKind::kBoolean),
                   Column{"regime", ColumnKind::kCategory, {}, {0, 0, 1}, {"bull", "bear"}, {}}};
  table.metadata = {{"version", "x"}};
  write_signals(file(), table, pool_, observer_);
  const SignalTable back = read_signals(file(), {}, pool_, observer_);
  EXPECT_EQ(back.timestamps, table.timestamps);
  ASSERT_EQ(back.columns.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) expect_same(back.columns[i], table.columns[i]);
  EXPECT_EQ(back.metadata, table.metadata);
}

INSTANTIATE_TEST_SUITE_P(Formats, WriteMarket,
                         testing::Values(".parquet", ".csv", ".csv.gz", ".csv.zst", ".jsonl", ".jsonl.zst"),
                         [](const auto& format) {
                           std::string name = format.param;
                           std::erase(name, '.');
                           return name;
                         });

class WriteMarketText : public testing::Test {
 protected:
  TemporaryFolder folder_;
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

MarketData two_bars() {
  MarketData data;
  Bars bars;
  bars.symbol = "A,B";
  bars.timestamps = {*parse_iso_timestamp("2024-01-02T21:00:00Z"),
                     *parse_iso_timestamp("2024-01-03T21:00:00.25Z")};
  bars.open = {1.5, 2};
  bars.high = {1e21, 2.25};
  bars.low = {0.1, kNaN};
  bars.close = {1, 2};
  bars.volume = {1000000, kNaN};
  bars.extras = {number_column("up", {1, 0}, ColumnKind::kBoolean)};
  data.instruments = {bars};
  return data;
}

TEST_F(WriteMarketText, WritesTheCsvThatTheHeaderPromises) {
  write_market(folder_ / "x.csv", two_bars(), pool_, observer_);
  EXPECT_EQ(read_file(folder_ / "x.csv"),
            "timestamp,symbol,open,high,low,close,volume,up\n"
            "2024-01-02T21:00:00Z,\"A,B\",1.5,1e+21,0.1,1,1000000,true\n"
            "2024-01-03T21:00:00.250Z,\"A,B\",2,2.25,,2,,false\n");
}

TEST_F(WriteMarketText, WritesTheJsonLinesThatTheHeaderPromises) {
  write_market(folder_ / "x.jsonl", two_bars(), pool_, observer_);
  EXPECT_EQ(read_file(folder_ / "x.jsonl"),
            "{\"timestamp\":\"2024-01-02T21:00:00Z\",\"symbol\":\"A,B\",\"open\":1.5,\"high\":1e+21,\"low\":"
            "0.1,\"close\":1,"
            "\"volume\":1000000,\"up\":true}\n"
            "{\"timestamp\":\"2024-01-03T21:00:00.250Z\",\"symbol\":\"A,B\",\"open\":2,\"high\":2.25,\"low\":"
            "null,\"close\":2,"
            "\"volume\":null,\"up\":false}\n");
}

TEST_F(WriteMarketText, RefusesOtherExtensionsNamingTheKnown) {
  for (const char* name : {"x.xlsx", "x", "x.parquet.gz", ".csv", "x.gz"}) {
    expect_error(ErrorKind::kUsage, {".parquet", ".csv", ".jsonl"},
                 [&] { write_market(folder_ / name, two_bars(), pool_, observer_); });
  }
}

TEST_F(WriteMarketText, LeavesNothingBehindWhenItFails) {
  EXPECT_THROW(write_market(folder_ / "no/such/folder/x.parquet", two_bars(), pool_, observer_), Error);
  folder_.write("taken.csv/file", "a folder of that name");
  EXPECT_THROW(write_market(folder_ / "taken.csv", two_bars(), pool_, observer_), Error);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
    files += entry.path().filename() != "taken.csv";
  EXPECT_EQ(files, 0);
}

TEST_F(WriteMarketText, KeepsColumnsApartWhoseNamesDifferOnlyInCase) {
  MarketData data = two_bars();
  data.instruments[0].extras.push_back(number_column("Volume", {7, 8}));
  write_market(folder_ / "x.parquet", data, pool_, observer_);
  const Bars back =
      read_market({(folder_ / "x.parquet").string()}, {}, pool_, observer_).data.instruments.at(0);
  EXPECT_EQ(back.volume[0], 1000000);
  EXPECT_EQ(back.extras.at(1).numbers, (std::vector<double>{7, 8}));
}

}  // namespace
}  // namespace regimetry::market

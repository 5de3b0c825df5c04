#include "market/reading/read_market.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "core/temporary_folder.hpp"
#include "market/quality/check_quality.hpp"
#include "market/support/expect_error.hpp"
#include "market/support/recording_observer.hpp"
#include "market/writing/write_market.hpp"

namespace regimetry::market {
namespace {

constexpr const char* kHeader = "timestamp,open,high,low,close,volume\n";

// Daily rows from 2024-01-01 + first_day on, close = first_close, first_close + 1, ...
std::string daily_csv(int first_day, int count, double first_close) {
  std::string text = kHeader;
  for (int i = 0; i < count; ++i) {
    const double close = first_close + i;
    text += fmt::format("{},{},{},{},{},{}\n", format_timestamp((19723 + first_day + i) * kNsPerDay), close,
                        close + 1, close - 1, close, 100);
  }
  return text;
}

class ReadMarket : public testing::Test {
 protected:
  ReadResult read(const std::vector<std::string>& inputs, const ReadOptions& options = {}) {
    return read_market(inputs, options, pool_, observer_);
  }
  ReadResult read(const std::filesystem::path& path) { return read(std::vector<std::string>{path.string()}); }
  void write_parquet(const std::filesystem::path& path, const std::string& symbol) {
    const auto csv = folder_.write("scratch/" + symbol + ".csv", daily_csv(0, 5, 10));
    write_market(path, read(csv).data, pool_, observer_);
  }
  TemporaryFolder folder_;
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

TEST_F(ReadMarket, ReadsOneCsvFile) {
  const ReadResult result = read(folder_.write("ABC_1d.csv", daily_csv(0, 5, 10)));
  ASSERT_EQ(result.data.instruments.size(), 1U);
  EXPECT_EQ(result.data.instruments[0].symbol, "ABC");
  EXPECT_EQ(result.data.instruments[0].close, (std::vector<double>{10, 11, 12, 13, 14}));
  EXPECT_EQ(result.data.instruments[0].timeframe.name(), "1d");
  ASSERT_EQ(result.sources.size(), 1U);
  EXPECT_EQ(result.sources[0].format, "csv");
  EXPECT_EQ(result.sources[0].row_count, 5);
  EXPECT_TRUE(result.sources[0].sha256.empty());
}

TEST_F(ReadMarket, HashesSourcesOnRequest) {
  const std::string text = daily_csv(0, 3, 10);
  const auto path = folder_.write("a.csv", text);
  ReadOptions options;
  options.hash_sources = true;
  EXPECT_EQ(read({path.string()}, options).sources[0].sha256, sha256_hex(text));
}

TEST_F(ReadMarket, GoesByWhatAFileIsNotByItsName) {
  write_parquet(folder_ / "real.parquet", "ABC");
  std::filesystem::rename(folder_ / "real.parquet", folder_ / "fake.csv");
  const ReadResult result = read(folder_ / "fake.csv");
  EXPECT_EQ(result.sources[0].format, "parquet");
  EXPECT_EQ(result.data.bar_count(), 5);
  EXPECT_THAT(observer_.notes, testing::Contains(testing::HasSubstr("in spite of its name")));
  EXPECT_EQ(read(folder_.write("text.parquet", daily_csv(0, 3, 1))).sources[0].format, "csv");
  EXPECT_EQ(read(folder_.write("lines.txt", "{\"timestamp\":\"2024-01-01T00:00:00Z\",\"close\":5}\n"))
                .sources[0]
                .format,
            "jsonl");
}

TEST_F(ReadMarket, RowsOfJoinedFilesKeepFileAndLine) {
  const std::string first = folder_.write("one.csv", daily_csv(0, 300, 10)).string();
  const std::string second = folder_.write("two.csv", daily_csv(290, 300, 400)).string();  // ten days overlap
  ReadOptions options;
  options.symbol = "ABC";
  const ReadResult result = read({first, second}, options);
  const Bars& bars = result.data.instruments.at(0);
  EXPECT_EQ(bars.origin.file_of(299, bars.source), first);
  EXPECT_EQ(bars.origin.line_of(299), 301);
  EXPECT_EQ(bars.origin.file_of(300, bars.source), second);
  EXPECT_EQ(bars.origin.line_of(300), 2);

  const QualityReport report = check_quality(result.data, {}, pool_);
  const auto& findings = report.instruments.at(0).findings;
  const auto found = std::find_if(findings.begin(), findings.end(), [](const QualityFinding& f) {
    return f.check == "backwards_across_files";
  });
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->first.file, second);
  expect_error(ErrorKind::kData, {"one.csv:292: ABC", "same stamp as", "two.csv:2 with"},
               [&] { static_cast<void>(clean(result.data, {}, pool_, observer_)); });
}

TEST_F(ReadMarket, RefusesATimeframeLongerThanTheBarsStandApart) {
  std::filesystem::create_directories(folder_ / "data/symbol=AAPL/timeframe=1w");
  folder_.write("data/symbol=AAPL/timeframe=1w/part.csv", daily_csv(0, 20, 1));
  try {
    static_cast<void>(read(folder_ / "data"));
    FAIL() << "daily bars were taken for weekly ones";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("AAPL is given as bars of 1w, but they stand 1d apart"));
  }
}

TEST_F(ReadMarket, ReadsFoldersWithHivePartsOfMixedFormats) {
  write_parquet(folder_ / "scratch.parquet", "X");
  std::filesystem::create_directories(folder_ / "data/symbol=BTC%2FUSD/timeframe=1d");
  std::filesystem::rename(folder_ / "scratch.parquet",
                          folder_ / "data/symbol=BTC%2FUSD/timeframe=1d/part-0.parquet");
  folder_.write("data/symbol=AAPL/timeframe=1d/venue=X/part.csv", daily_csv(0, 4, 1));
  folder_.write("data/symbol=AAPL/timeframe=1w/part.csv", daily_csv(0, 2, 1));
  folder_.write("data/.hidden/part.csv", "not read");
  folder_.write("data/readme.md", "not read");
  const ReadResult result = read(folder_ / "data");
  ASSERT_EQ(result.data.instruments.size(), 3U);
  EXPECT_EQ(result.data.instruments[0].symbol, "AAPL");
  EXPECT_EQ(result.data.instruments[0].timeframe.name(), "1d");
  EXPECT_EQ(result.data.instruments[0].extras.at(0).name, "venue");
  EXPECT_EQ(result.data.instruments[0].extras.at(0).categories, std::vector<std::string>{"X"});
  EXPECT_EQ(result.data.instruments[1].timeframe.name(), "1w");  // the folder says so
  EXPECT_EQ(result.data.instruments[2].symbol, "X");             // the rows name it, and they know best
}

TEST_F(ReadMarket, JoinsFilesOfOneInstrumentInTheOrderOfTheirFirstBars) {
  folder_.write("2024b.csv", daily_csv(5, 5, 15));
  folder_.write("2024a.csv", daily_csv(0, 5, 10));
  ReadOptions options;
  options.symbol = "ABC";
  const ReadResult result =
      read({(folder_ / "2024b.csv").string(), (folder_ / "2024a.csv").string()}, options);
  ASSERT_EQ(result.data.instruments.size(), 1U);
  EXPECT_EQ(result.data.instruments[0].close, (std::vector<double>{10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
  EXPECT_EQ(result.data.instruments[0].origin.line_of(0), 2);
}

TEST_F(ReadMarket, LeavesTimeGoingBackwardsAcrossFilesVisible) {
  folder_.write("a.csv", daily_csv(0, 6, 10));
  folder_.write("b.csv", daily_csv(4, 4, 14));
  ReadOptions options;
  options.symbol = "ABC";
  const Bars bars = read({(folder_ / "*.csv").string()}, options).data.instruments.at(0);
  ASSERT_EQ(bars.size(), 10);
  EXPECT_GT(bars.timestamps[5], bars.timestamps[6]);
}

TEST_F(ReadMarket, ExpandsGlobsAndReadsEachFileOnce) {
  folder_.write("a.csv", daily_csv(0, 3, 1));
  folder_.write("b.csv", daily_csv(0, 3, 1));
  const ReadResult result = read({(folder_ / "*.csv").string(), (folder_ / "a.csv").string()});
  EXPECT_EQ(result.sources.size(), 2U);
  EXPECT_EQ(result.data.instruments.size(), 2U);
}

TEST_F(ReadMarket, TellsOnceWhatManyFilesHaveInCommon) {
  for (int i = 0; i < 5; ++i)
    folder_.write(fmt::format("f{}.csv", i), "Date,Close\n2024-01-02 10:00,1\n2024-01-02 11:00,2\n");
  (void)read(folder_.path());
  int tz_warnings = 0;
  for (const std::string& warning : observer_.warnings)
    tz_warnings += warning.find("--tz") != std::string::npos;
  EXPECT_EQ(tz_warnings, 1);
  EXPECT_THAT(observer_.warnings, testing::Contains(testing::HasSubstr("4 more files")));
}

TEST_F(ReadMarket, RefusesWhatIsNoFileInWords) {
  folder_.write("prices.csv", daily_csv(0, 3, 1));
  expect_error(ErrorKind::kData, {"pricse.csv", "did you mean", "prices.csv"},
               [&] { (void)read(folder_ / "pricse.csv"); });
  expect_error(ErrorKind::kData, {"no file matches"}, [&] { (void)read(folder_ / "*.parquet"); });
  std::filesystem::create_directories(folder_ / "empty");
  expect_error(ErrorKind::kData, {"holds no"}, [&] { (void)read(folder_ / "empty"); });
  const std::string pipe = (folder_ / "pipe.csv").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  expect_error(ErrorKind::kData, {"pipe.csv", "not a regular file"},
               [&] { (void)read(std::filesystem::path(pipe)); });
  expect_error(ErrorKind::kData, {"/dev/zero"}, [&] { (void)read(std::filesystem::path("/dev/zero")); });
  expect_error(ErrorKind::kUsage, {"no input"}, [&] { (void)read(std::vector<std::string>{}); });
}

TEST_F(ReadMarket, KeepsTimeframesOfOneFileApartWithoutExtras) {
  const auto path = folder_.write("two.csv",
                                  "timestamp,per,close\n2024-01-02T10:00Z,5,1\n2024-01-02T10:05Z,5,2\n"
                                  "2024-01-02T10:00Z,60,1\n2024-01-02T11:00Z,60,3\n");
  ReadOptions options;
  options.keep_extras = false;
  const ReadResult result = read({path.string()}, options);
  ASSERT_EQ(result.data.instruments.size(), 2U);
  EXPECT_EQ(result.data.instruments[0].timeframe.name(), "5m");
  EXPECT_EQ(result.data.instruments[1].timeframe.name(), "1h");
}

TEST_F(ReadMarket, ReadsSignalsOfAnyKindWithoutPrices) {
  const auto path =
      folder_.write("s.csv", "date,score,is_up,label\n2024-01-02,0.5,true,calm\n2024-01-03,,false,wild\n");
  const SignalTable signals = read_signals(path, {}, pool_, observer_);
  ASSERT_EQ(signals.row_count(), 2);
  ASSERT_EQ(signals.columns.size(), 3U);
  EXPECT_EQ(signals.columns[0].kind, ColumnKind::kNumber);
  EXPECT_EQ(signals.columns[0].missing_count(), 1);
  EXPECT_EQ(signals.columns[1].kind, ColumnKind::kBoolean);
  EXPECT_EQ(signals.columns[2].categories, (std::vector<std::string>{"calm", "wild"}));
}

}  // namespace
}  // namespace regimetry::market

#include "features/files/read_features.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "features/files/write_features.hpp"
#include "features/support/feature_samples.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::features {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ReadFeatures : public testing::Test {
 protected:
  FeatureData read(const std::string& text, const market::ReadOptions& options = {}) {
    return read_features(folder_.write("table.csv", text), options, pool_, silent_observer());
  }
  TemporaryFolder folder_;
  ThreadPool pool_{2};
};

TEST_F(ReadFeatures, TakesNumbersAndBooleansOfAnyTable) {
  const FeatureData data =
      read("Date,score,up,mood\n2024-01-01,1.5,True,calm\n2024-01-02,,False,wild\n2024-01-03,-2,True,calm\n");
  ASSERT_EQ(data.instruments.size(), 1U);
  const FeatureTable& table = data.instruments[0];
  EXPECT_EQ(table.symbol, "");
  EXPECT_EQ(table.timeframe.name(), "1d");
  EXPECT_THAT(table.names, ElementsAre("score", "up"));
  MatrixF expected(3, 2);
  expected << 1.5F, 1, kNaNF, 0, -2, 1;
  EXPECT_EQ(bits_of(table.values), bits_of(expected));
  ASSERT_EQ(table.extras.size(), 1U);
  expect_same(table.extras[0], word_column("mood", {"calm", "wild", "calm"}));
}

TEST_F(ReadFeatures, KeepsTheAnswersOfASimulatedMarketOutOfItsFeatures) {
  const std::string text =
      "timestamp,close,true_score,oracle_p_up\n2024-01-01,1,2,0.5\n2024-01-02,3,4,0.25\n";
  EXPECT_THAT(read(text).instruments.at(0).names, ElementsAre("close", "true_score", "oracle_p_up"));
  folder_.write("table.csv.meta.json", R"({"simulation": {"preset": "daily"}})");
  market::RecordingObserver observer;
  const FeatureData data = read_features(folder_ / "table.csv", {}, pool_, observer);
  EXPECT_THAT(data.instruments.at(0).names, ElementsAre("close"));
  ASSERT_EQ(data.instruments.at(0).extras.size(), 2U);
  expect_same(data.instruments.at(0).extras[1], number_column("oracle_p_up", {0.5, 0.25}));
  EXPECT_THAT(observer.notes,
              testing::Contains(AllOf(HasSubstr("answers"), HasSubstr("true_score, oracle_p_up"))));
}

TEST_F(ReadFeatures, PartsRowsByTheirSymbolAndPutsThemInOrder) {
  const FeatureData data = read(
      "timestamp,ticker,x\n2024-01-02,B,4\n2024-01-01,A,1\n2024-01-01,B,3\n2024-01-03,A,9\n2024-01-02,A,2\n");
  ASSERT_EQ(data.instruments.size(), 2U);
  EXPECT_EQ(data.instruments[0].symbol, "A");
  EXPECT_EQ(data.instruments[1].symbol, "B");
  EXPECT_THAT(std::vector<float>(data.instruments[0].values.data(), data.instruments[0].values.data() + 3),
              ElementsAre(1, 2, 9));
  EXPECT_THAT(std::vector<float>(data.instruments[1].values.data(), data.instruments[1].values.data() + 2),
              ElementsAre(3, 4));
}

TEST_F(ReadFeatures, NumbersTheWordsOfAnInstrumentAnew) {
  const FeatureData data =
      read("timestamp,symbol,x,w\n2024-01-01,A,1,red\n2024-01-02,A,1,blue\n2024-01-01,B,1,blue\n");
  EXPECT_THAT(data.instruments.at(1).extras.at(0).categories, ElementsAre("blue"));
  EXPECT_THAT(data.instruments.at(1).extras.at(0).codes, ElementsAre(0));
}

TEST_F(ReadFeatures, RefusesTwoRowsOfOneStamp) {
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] { (void)read("timestamp,symbol,x\n2024-01-01,A,1\n2024-01-01,A,2\n"); }),
              AllOf(HasSubstr("table.csv"), HasSubstr("of A"), HasSubstr("2024-01-01"),
                    HasSubstr("--column symbol=NAME")));
}

TEST_F(ReadFeatures, RefusesNumbersBeyondFloat) {
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { (void)read("timestamp,big\n2024-01-01,1\n2024-01-02,1e300\n"); }),
      AllOf(HasSubstr("'big'"), HasSubstr("1e+300"), HasSubstr("2024-01-02")));
}

TEST_F(ReadFeatures, TakesTheSymbolFromTheOptionsWhenTheFileNamesNone) {
  market::ReadOptions options;
  options.symbol = "EURUSD";
  EXPECT_EQ(read("timestamp,x\n2024-01-01,1\n", options).instruments.at(0).symbol, "EURUSD");
}

// Who edits a file by hand leaves a description beside it that no longer fits.
TEST_F(ReadFeatures, ReadsAnEditedFileLikeAnyOther) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  const std::filesystem::path path = folder_ / "edited.csv";
  write_features(path, data, pool_, silent_observer());
  folder_.write("edited.csv", "timestamp,symbol,other\n2024-01-01,A,5\n");
  const FeatureData back = read_features(path, {}, pool_, silent_observer());
  EXPECT_THAT(back.instruments.at(0).names, ElementsAre("other"));
}

// Instruments of one row each, in falling order of time, look like a file that runs backward.
TEST_F(ReadFeatures, PutsThePartsOfAParquetFileTogetherRowByRow) {
  FeatureData data;
  for (int i = 0; i < 9; ++i) {
    data.instruments.push_back(random_features(fmt::format("S{}", i), 1, 50, 9 + i));
    data.instruments.back().timestamps[0] -= i * kNsPerDay;
    data.instruments.back().extras = {number_column("close", {1.0 * i})};
  }
  write_features(folder_ / "x.parquet", data, pool_, silent_observer());
  expect_same(read_features(folder_ / "x.parquet", {}, pool_, silent_observer()), data);
}

// The zone is for stamps that name none; files of write_features() are UTC in every format.
TEST_F(ReadFeatures, NeverMovesStampsOfItsOwnFiles) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  data.instruments[0].timestamps[1] += 1;  // nanoseconds, which Parquet cannot mark as UTC
  market::ReadOptions options;
  options.time_zone = "America/New_York";
  for (const char* name : {"x.parquet", "x.csv", "x.jsonl", "x.npy"}) {
    write_features(folder_ / name, data, pool_, silent_observer());
    expect_same(read_features(folder_ / name, options, pool_, silent_observer()), data);
  }
}

TEST_F(ReadFeatures, IsTheSameOnAnyNumberOfThreads) {
  FeatureData data;
  for (int i = 0; i < 5; ++i)
    data.instruments.push_back(random_features(fmt::format("S{}", i), 3'000, 40, 9 + i));
  const std::filesystem::path path = folder_ / "many.parquet";
  write_features(path, data, pool_, silent_observer());
  ThreadPool one(1), four(4);
  expect_same(read_features(path, {}, one, silent_observer()),
              read_features(path, {}, four, silent_observer()));
}

}  // namespace
}  // namespace regimetry::features

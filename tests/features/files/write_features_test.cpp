#include "features/files/write_features.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "features/files/read_features.hpp"
#include "features/support/feature_samples.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;
using testing::HasSubstr;

class WriteFeatures : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] std::filesystem::path file(const std::string& stem = "data") const {
    return folder_ / (stem + GetParam());
  }
  FeatureData write_and_read(const FeatureData& data) {
    write_features(file(), data, pool_, observer_);
    return read_features(file(), {}, pool_, observer_);
  }
  TemporaryFolder folder_;
  ThreadPool pool_{2};
  market::RecordingObserver observer_;
};

TEST_P(WriteFeatures, BringsBackTheSameBitsOfManyInstruments) {
  FeatureData data;
  for (int i = 0; i < 12; ++i)
    data.instruments.push_back(random_features(fmt::format("SYM{:02}", i), 100 + 7 * i, 33, 1 + i));
  expect_same(write_and_read(data), data);
  EXPECT_TRUE(observer_.warnings.empty()) << observer_.warnings.front();
}

TEST_P(WriteFeatures, BringsBackExtremeFloats) {
  FeatureData data;
  FeatureTable table = random_features("ABC", 8, 2, 1);
  // 7.038531e-26 is the float whose shortest digits, read as a double and then rounded, are its neighbour.
  table.values << 7.038531e-26F, 1e-45F, 3.4028235e38F, -0.0F, 0.1F, 16777217.0F, INFINITY, -INFINITY, 1.0F,
      0.0F, 1.17549435e-38F, -1e-38F, kNaNF, 1.0F / 3.0F, 9007199254740993.0F, 2.0F;
  data.instruments = {table};
  expect_same(write_and_read(data), data);
}

TEST_P(WriteFeatures, BringsBackMetadataAndStampsOfAllPrecisions) {
  FeatureData data;
  data.instruments = {random_features("ABC", 5, 2, 1)};
  data.instruments[0].timestamps = {-kNsPerDay, 0, 1, 1'000, 1'700'000'000'123'456'789};
  data.metadata = {{"features", {{{"name", "feature_0"}, {"warm_up", 14}}}}, {"config", {{"seed", 7}}}};
  const FeatureData back = write_and_read(data);
  expect_same(back, data);
  EXPECT_EQ(back.metadata, data.metadata);
}

TEST_P(WriteFeatures, SortsInstrumentsBySymbol) {
  FeatureData data;
  data.instruments = {random_features("ZZZ", 3, 2, 1), random_features("AAA", 4, 2, 2)};
  const FeatureData back = write_and_read(data);
  ASSERT_EQ(back.instruments.size(), 2U);
  expect_same(back.instruments[0], data.instruments[1]);
  expect_same(back.instruments[1], data.instruments[0]);
}

TEST_P(WriteFeatures, KeepsTheSymbolAsItIsSpelt) {
  FeatureData data;
  for (const char* symbol : {"", "000001", "1e5", "BRK.B", "NA", "null", "true"})
    data.instruments.push_back(random_features(symbol, 3, 2, 1));
  expect_same(write_and_read(data), data);
}

TEST_P(WriteFeatures, GivesTheSameBytesOnAnyNumberOfThreads) {
  FeatureData data;
  for (int i = 0; i < 3; ++i)
    data.instruments.push_back(random_features(fmt::format("S{}", i), 40'000, 3, 1 + i));
  ThreadPool one(1), three(3);
  write_features(file("one"), data, one, observer_);
  write_features(file("three"), data, three, observer_);
  EXPECT_EQ(TemporaryFolder::read(file("one")), TemporaryFolder::read(file("three")));
}

TEST_P(WriteFeatures, RefusesToWriteNothing) {
  FeatureData data;
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { write_features(file(), data, pool_, observer_); }),
              HasSubstr("no row"));
  EXPECT_EQ(folder_.file_count(), 0);
}

TEST_P(WriteFeatures, RefusesTablesOfDifferentFeatures) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1), random_features("B", 3, 3, 1)};
  EXPECT_THAT(message_of(ErrorKind::kInternal, [&] { write_features(file(), data, pool_, observer_); }),
              HasSubstr("'B'"));
}

INSTANTIATE_TEST_SUITE_P(Formats, WriteFeatures,
                         testing::Values(".parquet", ".csv", ".csv.gz", ".csv.zst", ".jsonl", ".npy"),
                         [](const auto& format) {
                           std::string name = std::string(format.param).substr(1);
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

class WriteFeatureTable : public WriteFeatures {};

TEST_P(WriteFeatureTable, BringsBackExtrasOfEveryKind) {
  FeatureData data;
  FeatureTable table = random_features("ABC", 4, 2, 1);
  table.extras = {number_column("score", {0.1, kNaN, -2e300, 3}),
                  number_column("up", {1, 0, kNaN, 1}, ColumnKind::kBoolean),
                  word_column("mood", {"calm, or so", "", "say \"hi\"", "Zürich"}),
                  word_column("digits", {"7", "12", "7", "12"}),
                  number_column("empty", {kNaN, kNaN, kNaN, kNaN})};
  market::Column when;
  when.name = "when";
  when.kind = ColumnKind::kTime;
  when.times = {0, market::kMissingTime, 1'700'000'000'000'000'000, -kNsPerDay};
  table.extras.push_back(when);
  data.instruments = {table};
  expect_same(write_and_read(data), data);
}

TEST_P(WriteFeatureTable, KeepsExtrasThatOnlySomeInstrumentsHave) {
  FeatureData data;
  data.instruments = {random_features("A", 2, 1, 1), random_features("B", 2, 1, 2),
                      random_features("C", 2, 1, 3)};
  data.instruments[0].extras = {number_column("x", {1, 2}), word_column("y", {"a", "b"})};
  data.instruments[1].extras = {word_column("x", {"word", "word"})};
  expect_same(write_and_read(data), data);
}

TEST_P(WriteFeatureTable, KeepsNamesThatAFileCannotHave) {
  FeatureData data;
  FeatureTable table = random_features("ABC", 3, 7, 1);
  table.names = {"timestamp", "symbol", "RSI", "rsi", "time", "date", "epoch"};
  table.extras = {number_column("rsi", {1, 2, 3}), word_column("open", {"a", "b", "c"}),
                  number_column("close", {1, 2, 3}), word_column("ticker", {"x", "y", "z"})};
  data.instruments = {table};
  expect_same(write_and_read(data), data);
}

TEST_P(WriteFeatureTable, KeepsSeveralTimeframesOfASymbolApart) {
  FeatureData data;
  data.instruments = {random_features("ABC", 5, 2, 1), random_features("ABC", 6, 2, 2),
                      random_features("XYZ", 4, 2, 3)};
  data.instruments[0].timeframe = market::Timeframe{kNsPerHour, 0};
  expect_same(write_and_read(data), data);
}

TEST_P(WriteFeatureTable, RemembersInstrumentsWithoutRows) {
  FeatureData data;
  data.instruments = {random_features("A", 0, 2, 1), random_features("B", 3, 2, 2)};
  expect_same(write_and_read(data), data);
}

INSTANTIATE_TEST_SUITE_P(Formats, WriteFeatureTable, testing::Values(".parquet", ".csv", ".jsonl"),
                         [](const auto& format) { return std::string(format.param).substr(1); });

TEST(WriteFeaturesExtension, NamesThoseThatAreKnown) {
  const TemporaryFolder folder;
  ThreadPool pool(1);
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] { write_features(folder / "x.xlsx", data, pool, silent_observer()); }),
              HasSubstr(".npy"));
}

}  // namespace
}  // namespace regimetry::features

#include "features/files/feature_array.hpp"

#include <gmock/gmock.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/expect_error.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"
#include "features/files/write_features.hpp"
#include "features/support/feature_samples.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::features {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class FeatureArray : public testing::Test {
 protected:
  void write(const FeatureData& data) { write_features(path_, data, pool_, observer_); }
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "x.npy";
  ThreadPool pool_{1};
  market::RecordingObserver observer_;
};

TEST_F(FeatureArray, StacksInstrumentsAndSaysWhereEachLies) {
  FeatureData data;
  data.instruments = {random_features("A", 2, 3, 1), random_features("B", 4, 3, 2)};
  write(data);
  const NpyArray matrix = read_npy(path_);
  EXPECT_THAT(matrix.shape, ElementsAre(6, 3));
  EXPECT_EQ(matrix.type, NpyType::kFloat32);
  EXPECT_EQ(read_npy(folder_ / "x.timestamps.npy").as_int64().size(), 6U);
  const auto json = nlohmann::json::parse(TemporaryFolder::read(folder_ / "x.names.json"));
  EXPECT_EQ(json["names"], (std::vector<std::string>{"feature_0", "feature_1", "feature_2"}));
  EXPECT_EQ(json["symbols"][1]["symbol"], "B");
  EXPECT_EQ(json["symbols"][1]["begin"], 2);
  EXPECT_EQ(json["symbols"][1]["end"], 6);
}

TEST_F(FeatureArray, TellsWhichExtrasItLeavesOut) {
  FeatureData data;
  data.instruments = {random_features("A", 2, 3, 1)};
  data.instruments[0].extras = {number_column("close", {1, 2})};
  write(data);
  ASSERT_EQ(observer_.warnings.size(), 1U);
  EXPECT_THAT(observer_.warnings[0], HasSubstr("close"));
}

TEST_F(FeatureArray, ReadsABareMatrixWithRowNumbersAsTime) {
  const std::vector<double> values{1, 2, 3, 4, 5, 6};
  write_npy(path_, values, std::array<std::int64_t, 2>{3, 2});
  const FeatureData data = read_feature_array(path_, observer_);
  ASSERT_EQ(data.instruments.size(), 1U);
  EXPECT_THAT(data.instruments[0].names, ElementsAre("f0", "f1"));
  EXPECT_THAT(data.instruments[0].timestamps, ElementsAre(0, 1, 2));
  EXPECT_EQ(data.instruments[0].values(2, 0), 5.0F);
  EXPECT_EQ(observer_.notes.size(), 1U);
}

TEST_F(FeatureArray, ReadsAVectorAsOneColumn) {
  write_npy(path_, std::vector<float>{1, 2, 3}, std::array<std::int64_t, 1>{3});
  EXPECT_EQ(read_feature_array(path_, observer_).instruments.at(0).values.cols(), 1);
}

TEST_F(FeatureArray, RefusesOtherShapes) {
  write_npy(path_, std::vector<float>{1, 2}, std::array<std::int64_t, 3>{1, 1, 2});
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
              AllOf(HasSubstr("x.npy"), HasSubstr("(1, 1, 2)")));
}

TEST_F(FeatureArray, RefusesCompanionsOfAnotherMatrix) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  write(data);
  write_npy(path_, std::vector<float>(8), std::array<std::int64_t, 2>{4, 2});
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
              AllOf(HasSubstr("timestamps.npy"), HasSubstr("3 stamps"), HasSubstr("4 rows")));
  write_npy(path_, std::vector<float>(9), std::array<std::int64_t, 2>{3, 3});
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
              AllOf(HasSubstr("names.json"), HasSubstr("2 names"), HasSubstr("3 columns")));
}

// Each file is whole, but they are of two writings: as when writing was cut off, or one was copied alone.
TEST_F(FeatureArray, RefusesCompanionsThatAreStale) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  write(data);
  const std::string old_matrix = TemporaryFolder::read(path_);
  const std::string old_stamps = TemporaryFolder::read(folder_ / "x.timestamps.npy");
  data.instruments[0].values(1, 1) += 1;
  for (TimestampNs& stamp : data.instruments[0].timestamps) stamp += kNsPerDay;
  write(data);
  EXPECT_EQ(read_feature_array(path_, observer_).instruments.at(0).values(1, 1),
            data.instruments[0].values(1, 1));
  const std::string new_matrix = TemporaryFolder::read(path_);
  folder_.write("x.npy", old_matrix);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
              AllOf(HasSubstr("x.names.json"), HasSubstr("another matrix"), HasSubstr("Write both again")));
  folder_.write("x.npy", new_matrix);
  folder_.write("x.timestamps.npy", old_stamps);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
              AllOf(HasSubstr("x.timestamps.npy"), HasSubstr("not the one that")));
}

// Larger than what is digested as a whole: blocks spread over it tell a change at either end.
TEST_F(FeatureArray, TellsALargeMatrixByBlocksOfIt) {
  constexpr std::int64_t kFeatures = 256, kRows = 35'000;
  FeatureData data;
  data.instruments = {random_features("A", 1, kFeatures, 1), random_features("B", 1, kFeatures, 2)};
  for (FeatureTable& table : data.instruments) {
    table.values = MatrixF::Constant(kRows, kFeatures, 0.5F);
    table.timestamps.resize(kRows);
    std::iota(table.timestamps.begin(), table.timestamps.end(), TimestampNs{0});
  }
  write(data);
  EXPECT_EQ(read_feature_array(path_, observer_).row_count(), 2 * kRows);
  const auto write_at = [&](std::int64_t bytes_from_end, float value) {
    std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(-bytes_from_end, std::ios::end);
    file.write(reinterpret_cast<const char*>(&value), sizeof value);
  };
  for (const std::int64_t place : {2 * kRows * kFeatures * 4, std::int64_t{4}}) {
    write_at(place, 1);
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
                HasSubstr("another matrix"));
    write_at(place, 0.5F);
  }
  EXPECT_EQ(read_feature_array(path_, observer_).row_count(), 2 * kRows);
}

TEST_F(FeatureArray, TakesNamesWithoutDigests) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  write(data);
  auto json = nlohmann::json::parse(TemporaryFolder::read(folder_ / "x.names.json"));
  json.erase("matrix");
  json.erase("timestamps");
  folder_.write("x.names.json", json.dump());
  EXPECT_EQ(read_feature_array(path_, observer_).row_count(), 3);
}

TEST_F(FeatureArray, RefusesDamagedNames) {
  FeatureData data;
  data.instruments = {random_features("A", 3, 2, 1)};
  write(data);
  for (const char* text :
       {"{", "{}", R"({"names":["a","b"],"symbols":[],"metadata":null})",
        R"({"names":["a","b"],"symbols":[{"symbol":"A","timeframe":"1d","bars_per_year":1,)"
        R"("begin":0,"end":9}],"metadata":null})"}) {
    folder_.write("x.names.json", text);
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_feature_array(path_, observer_); }),
                HasSubstr("x.names.json"))
        << text;
  }
}

}  // namespace
}  // namespace regimetry::features

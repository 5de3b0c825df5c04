#include "features/files/feature_array.hpp"

#include <gmock/gmock.h>

#include <array>
#include <nlohmann/json.hpp>

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

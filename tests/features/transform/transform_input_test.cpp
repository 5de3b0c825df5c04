#include "features/transform/transform_input.hpp"

#include <gmock/gmock.h>

#include <array>

#include "core/npy.hpp"
#include "core/temporary_folder.hpp"
#include "features/files/read_raw_features.hpp"
#include "features/files/write_features.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;

class ReadTransformInput : public testing::Test {
 protected:
  TransformInput read(const std::filesystem::path& path) {
    return read_transform_input(path, {}, pool_, silent_observer());
  }
  TemporaryFolder folder_;
  ThreadPool pool_{2};
};

FeatureData two_instruments() {
  FeatureData data;
  data.instruments = {random_features("A", 30, 20, 1), random_features("B", 25, 20, 2)};
  data.instruments[0].extras = {number_column("close", std::vector<double>(30, 1.25)),
                                word_column("mood", std::vector<std::string>(30, "calm"))};
  data.instruments[1].extras = {number_column("close", std::vector<double>(25, 2.5))};
  data.metadata = {{"features", nlohmann::json::array()}};
  return data;
}

// The two ways to hold a file are one table: the same columns, kinds and bits.
TEST_F(ReadTransformInput, IsTheTableThatItsRawColumnsMake) {
  for (const char* name : {"x.parquet", "x.csv"}) {
    const std::filesystem::path path = folder_ / name;
    write_features(path, two_instruments(), pool_, silent_observer());
    const RawFeatures raw = read_raw_features(path, {}, pool_, silent_observer());
    const InputTable expected = input_table(raw);
    const TransformInput input = read(path);
    const InputTable& table = input.table();
    EXPECT_EQ(input.features(), raw.features);
    EXPECT_EQ(input.metadata(), raw.metadata);
    EXPECT_EQ(table.source, expected.source);
    ASSERT_EQ(table.columns.size(), expected.columns.size());
    ASSERT_EQ(table.segments.size(), expected.segments.size());
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      EXPECT_EQ(table.columns[c].name, expected.columns[c].name);
      EXPECT_EQ(table.columns[c].kind, expected.columns[c].kind);
      for (std::size_t s = 0; s < table.segments.size(); ++s) {
        const std::int64_t rows = table.segments[s].row_count();
        const market::Column one = copy_column(table.columns[c], table.segments[s].views[c], rows);
        const market::Column other = copy_column(expected.columns[c], expected.segments[s].views[c], rows);
        EXPECT_EQ(bits_of(one.numbers), bits_of(other.numbers));
        EXPECT_EQ(words_of(one), words_of(other));
      }
    }
  }
}

// Eight bytes a value is what a column of doubles would take.
TEST_F(ReadTransformInput, HoldsFeaturesAsFloats) {
  for (const char* name : {"x.parquet", "x.npy"}) {
    write_features(folder_ / name, two_instruments(), pool_, silent_observer());
    const TransformInput input = read(folder_ / name);
    for (const InputSegment& segment : input.table().segments) {
      EXPECT_NE(segment.views[0].singles, nullptr) << name;
      EXPECT_EQ(segment.views[0].numbers, nullptr) << name;
    }
  }
}

TEST_F(ReadTransformInput, KnowsABareMatrix) {
  const std::filesystem::path path = folder_ / "bare.npy";
  write_npy(path, std::vector<float>{1, 2, 3, 4}, std::array<std::int64_t, 2>{2, 2});
  const TransformInput input = read(path);
  EXPECT_TRUE(input.table().origin.has_row_numbers);
  EXPECT_EQ(input.features(), (std::vector<std::string>{"f0", "f1"}));
}

TEST_F(ReadTransformInput, ReadsTheTablesOfOthers) {
  const auto path = folder_.write("other.csv", "timestamp,x,mood\n2024-01-01,1,calm\n2024-01-02,3,wild\n");
  const TransformInput input = read(path);
  EXPECT_FALSE(input.features().has_value());
  EXPECT_EQ(input.table().columns.size(), 2U);
  EXPECT_FALSE(input.table().origin.has_row_numbers);
}

}  // namespace
}  // namespace regimetry::features

#include "labelling/regime_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/expect_error.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"
#include "embeddings/embedding_files.hpp"

namespace regimetry::labelling {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RegimeSourceTest : public testing::Test {
 protected:
  RegimeSource read(const std::filesystem::path& path) {
    return read_regime_source(path, {}, {}, pool_, silent_observer());
  }
  TemporaryFolder folder_;
  ThreadPool pool_{1};
};

TEST_F(RegimeSourceTest, OfEmbeddingsKnowsWhereTheyComeFrom) {
  embeddings::Embeddings made;
  made.values = (MatrixF(3, 2) << 1, 2, 3, 4, 5, 6).finished();
  made.timestamps = {10, 20, 15};
  made.instruments = {{"AAA", {kNsPerDay, 0}, 252, {0, 2}}, {"BBB", {}, 0, {2, 2}}, {"CCC", {}, 0, {2, 3}}};
  made.metadata = {{"window_size", 30},
                   {"stride", 5},
                   {"encoder_digest", "abc"},
                   {"transform", {{"sha256", "def"}, {"fitted_known", "2020-01-02T00:00:00Z"}}}};
  write_embeddings(folder_ / "x.npy", made, silent_observer());
  const RegimeSource source = read(folder_ / "x.npy");
  EXPECT_TRUE(source.is_embedding);
  EXPECT_EQ(source.values, made.values);
  ASSERT_EQ(source.instruments.size(), 2U) << "one without windows is no sequence";
  EXPECT_EQ(source.instruments[1].symbol, "CCC");
  EXPECT_EQ(source.sequences()[1].begin, 2);
  EXPECT_EQ(source.window_size, 30);
  EXPECT_EQ(source.stride, 5);
  EXPECT_EQ(source.encoder_digest, "abc");
  EXPECT_EQ(source.transform_digest, "def");
  EXPECT_EQ(source.scale_known_from, parse_iso_timestamp("2020-01-02"));
  EXPECT_FALSE(source.has_row_numbers);
}

TEST_F(RegimeSourceTest, OfABareMatrixOnlyCountsRows) {
  write_npy(folder_ / "m.npy", std::vector<float>{1, 2, 3, 4}, std::vector<std::int64_t>{2, 2});
  const RegimeSource source = read(folder_ / "m.npy");
  EXPECT_TRUE(source.has_row_numbers);
  EXPECT_EQ(source.window_size, 0);
  EXPECT_THAT(source.timestamps, ElementsAre(0, 1));
}

TEST_F(RegimeSourceTest, OfFeaturesLeavesOutRowsThatLackAValue) {
  folder_.write("f.csv",
                "time,a,b\n2024-01-01,,1\n2024-01-02,2,2.5\n2024-01-03,,3\n2024-01-04,4,4\n2024-01-05,4,5\n");
  const RegimeSource source = read(folder_ / "f.csv");
  EXPECT_FALSE(source.is_embedding);
  EXPECT_THAT(source.columns, ElementsAre("a", "b"));
  ASSERT_EQ(source.size(), 3);
  EXPECT_EQ(source.values(0, 1), 2.5F);
  EXPECT_EQ(source.timestamps[1], parse_iso_timestamp("2024-01-04"));
  EXPECT_EQ(source.instruments.front().rows.end, 3);
  EXPECT_EQ(source.window_size, 1);
}

TEST_F(RegimeSourceTest, RefusesATableWithoutOneWholeRow) {
  folder_.write("f.csv", "time,a,b\n2024-01-01,,1\n2024-01-02,2,\n2024-01-03,,3\n");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { read(folder_ / "f.csv"); }),
              HasSubstr("no row with a value in every column"));
}

}  // namespace
}  // namespace regimetry::labelling

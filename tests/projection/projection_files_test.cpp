#include "projection/projection_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <vector>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/npy.hpp"

namespace regimetry::projection {
namespace {

class ProjectionFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("regimetry_projection_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    coordinates_ << 0.5F, -1, 1e-7F, 2;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  MatrixF coordinates_ = MatrixF(2, 2);
  std::vector<TimestampNs> stamps_ = {0, kNsPerDay};
};

TEST_F(ProjectionFiles, HoldStampsPointsAndLabels) {
  const std::vector<std::int32_t> labels = {3, 0};
  write_projection(folder_, "tsne", coordinates_,
                   {.timestamps = stamps_, .symbols = {}, .cluster_ids = labels});
  EXPECT_EQ(read_file(folder_ / "tsne_coords.csv"),
            "timestamp,x,y,Cluster_ID\n1970-01-01T00:00:00Z,0.5,-1,3\n1970-01-02T00:00:00Z,1e-07,2,0\n");
  const NpyArray array = read_npy(folder_ / "tsne_coords.npy");
  EXPECT_EQ(array.shape, (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(array.as_float32(), (std::vector<float>{0.5F, -1, 1e-7F, 2}));
}

TEST_F(ProjectionFiles, NameTheSymbolWhereThereAreSeveral) {
  const std::vector<std::string> symbols = {"EURUSD", "a,\"b\""};
  write_projection(folder_, "pca", coordinates_,
                   {.timestamps = stamps_, .symbols = symbols, .cluster_ids = {}});
  EXPECT_EQ(read_file(folder_ / "pca_coords.csv"),
            "timestamp,symbol,x,y\n1970-01-01T00:00:00Z,EURUSD,0.5,-1\n1970-01-02T00:00:00Z,\"a,\"\"b\"\"\","
            "1e-07,2\n");
}

TEST_F(ProjectionFiles, RefuseListsOfAnotherLength) {
  const std::vector<std::int32_t> labels = {3};
  EXPECT_THROW(write_projection(folder_, "umap", coordinates_,
                                {.timestamps = stamps_, .symbols = {}, .cluster_ids = labels}),
               Error);
  EXPECT_THROW(write_projection(folder_, "umap", coordinates_, {}), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "umap_coords.npy"));
}

}  // namespace
}  // namespace regimetry::projection

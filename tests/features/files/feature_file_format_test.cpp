#include "features/files/feature_file_format.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"

namespace regimetry::features {
namespace {

TEST(FeatureFileFormat, TakesTablesAndMatrices) {
  for (const char* name : {"a.parquet", "a.csv", "a.csv.gz", "a.jsonl.zst", "a.npy", "A.NPY"})
    EXPECT_NO_THROW(require_feature_extension(name)) << name;
  EXPECT_TRUE(is_array_path("A.NPY"));
  EXPECT_FALSE(is_array_path("npy.csv"));
}

TEST(FeatureFileFormat, ListsWhatItKnowsOtherwise) {
  for (const char* name : {"a.npz", "a", "a.npy.gz"}) {
    EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { require_feature_extension(name); }),
                testing::AllOf(testing::HasSubstr(name), testing::HasSubstr(".parquet, .csv"),
                               testing::HasSubstr(".npy")));
  }
}

}  // namespace
}  // namespace regimetry::features

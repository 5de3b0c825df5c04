#include "regimes/alignment/label_mapping_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/atomic_file.hpp"
#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

class LabelMappingFileTest : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / kMappingFile; }
  std::string error_of(const std::string& text) const {
    write_file_atomically(path(), text);
    return message_of(ErrorKind::kData, [&] { (void)read_label_mapping(path()); });
  }
  TemporaryFolder folder_;
};

TEST_F(LabelMappingFileTest, WritesWhatItReads) {
  const LabelMapping mapping{{10, 0}, {2, 1}, {0, 4}};
  write_label_mapping(path(), mapping);
  EXPECT_EQ(read_file(path()), "{\n  \"0\": 4,\n  \"2\": 1,\n  \"10\": 0\n}\n");
  EXPECT_EQ(read_label_mapping(path()), mapping);
  write_label_mapping(path(), {});
  EXPECT_TRUE(read_label_mapping(path()).empty());
}

TEST_F(LabelMappingFileTest, RefusesAnythingElse) {
  EXPECT_THAT(error_of("{"), HasSubstr("is not JSON"));
  EXPECT_THAT(error_of("[1]"), HasSubstr("is not an object"));
  EXPECT_THAT(error_of("{\"0\": {\"1\": 2}}"), HasSubstr("is nested"));
  EXPECT_THAT(error_of("{\"a\": 1}"), HasSubstr("'a' is not a label"));
  EXPECT_THAT(error_of("{\"-1\": 1}"), HasSubstr("'-1' is not a label"));
  EXPECT_THAT(error_of("{\"01\": 1}"), HasSubstr("'01' is not a label"));
  EXPECT_THAT(error_of("{\"1\": -1}"), HasSubstr("'1' stands for -1"));
  EXPECT_THAT(error_of("{\"1\": 1.5}"), HasSubstr("'1' stands for 1.5"));
  EXPECT_THAT(error_of("{\"1\": 99999999999}"), HasSubstr("no number of a regime"));
  EXPECT_THAT(error_of("{\"1\": 3, \"2\": 3}"), HasSubstr("two labels stand for 3"));
}

}  // namespace
}  // namespace regimetry::regimes

#include "projection/require_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/error.hpp"

namespace regimetry::projection {
namespace {

std::string message_for(const MatrixF& rows) {
  try {
    require_rows(rows, "a map");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    return error.what();
  }
  return {};
}

TEST(RequireRows, AcceptsFiniteRows) {
  EXPECT_EQ(message_for(MatrixF::Constant(3, 2, 1e30F)), "");
}

TEST(RequireRows, NamesTheFirstValueThatIsNotFinite) {
  MatrixF rows = MatrixF::Zero(4, 3);
  rows(2, 1) = std::numeric_limits<float>::quiet_NaN();
  rows(3, 0) = std::numeric_limits<float>::infinity();
  EXPECT_THAT(message_for(rows), testing::HasSubstr("a map: row 2, column 1 is nan"));
}

TEST(RequireRows, RefusesAnEmptyMatrix) {
  EXPECT_THAT(message_for(MatrixF(0, 3)), testing::HasSubstr("0 x 3"));
  EXPECT_THAT(message_for(MatrixF(3, 0)), testing::HasSubstr("3 x 0"));
}

}  // namespace
}  // namespace regimetry::projection

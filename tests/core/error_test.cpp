#include "core/error.hpp"

#include <gtest/gtest.h>

namespace regimetry {
namespace {

TEST(Error, KindDecidesTheExitCode) {
  EXPECT_EQ(exit_code(ErrorKind::kUsage), 2);
  EXPECT_EQ(exit_code(ErrorKind::kData), 3);
  EXPECT_EQ(exit_code(ErrorKind::kInternal), 1);
}

TEST(Error, CarriesItsMessage) {
  const Error error(ErrorKind::kData, "prices.csv:7: what to do");
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_STREQ(error.what(), "prices.csv:7: what to do");
}

}  // namespace
}  // namespace regimetry

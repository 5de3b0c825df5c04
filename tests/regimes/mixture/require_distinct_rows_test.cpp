#include "regimes/mixture/require_distinct_rows.hpp"

#include <gtest/gtest.h>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

TEST(RequireDistinctRows, SaysHowManyThereAre) {
  MatrixF values = MatrixF::Zero(5, 2);
  values(2, 1) = 1;
  EXPECT_NO_THROW(require_distinct_rows(values, RowBlocks(values), 2));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { require_distinct_rows(values, RowBlocks(values), 3); }),
              testing::HasSubstr("3 regimes were asked for, but only 2 of the 5 rows are distinct"));
}

}  // namespace
}  // namespace regimetry::regimes

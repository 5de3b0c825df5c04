#include "regimes/require_finite.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

TEST(RequireFinite, NamesTheFirstPlaceThatIsNot) {
  MatrixF values = MatrixF::Zero(3, 2);
  EXPECT_NO_THROW(require_finite(values));
  values(2, 0) = std::numeric_limits<float>::quiet_NaN();
  values(1, 1) = -std::numeric_limits<float>::infinity();
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { require_finite(values); }),
              HasSubstr("Row 1, column 1 holds -inf"));
}

TEST(RequireFinite, RefusesAMatrixWithoutRowsOrColumns) {
  EXPECT_THAT(message_of(ErrorKind::kData, [] { require_finite(MatrixF(0, 2)); }), HasSubstr("0 x 2"));
  EXPECT_THAT(message_of(ErrorKind::kData, [] { require_finite(MatrixF(2, 0)); }), HasSubstr("2 x 0"));
}

}  // namespace
}  // namespace regimetry::regimes

#include "regimes/mixture/degenerate_component.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "regimes/mixture/update_components.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

std::string describe(const MatrixF& values, const std::vector<std::int32_t>& labels) {
  const RowColumns rows(values);
  const SpreadPrior prior = make_spread_prior(rows, CovarianceShape::kFull, 2, {});
  const GaussianComponents components = components_of_labels(rows, prior, CovarianceShape::kFull, 2, labels);
  std::array<double, 2> owned{};
  for (const std::int32_t label : labels) owned[static_cast<std::size_t>(label)] += 1;
  return describe_degenerate(rows, prior, components, owned);
}

TEST(DescribeDegenerate, NamesWhatIsWrong) {
  MatrixF values(8, 2);
  values << 1, 5, 2, 5, 3, 5, 4, 5, 11, 5, 12, 5, 13, 5, 14, 5;  // column 1 is constant, which is no fault
  EXPECT_EQ(describe(values, {0, 0, 0, 0, 1, 1, 1, 1}), "");
  EXPECT_THAT(describe(values, {0, 0, 0, 0, 0, 1, 1, 1}), HasSubstr("owns only 3.0 rows"));
  values.block(4, 0, 4, 1).setConstant(11);
  EXPECT_THAT(describe(values, {0, 0, 0, 0, 1, 1, 1, 1}), HasSubstr("hardly differ in column 0"));
}

}  // namespace
}  // namespace regimetry::regimes

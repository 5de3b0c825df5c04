#include "regimes/jump/return_features.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

std::vector<double> random_returns(std::size_t count) {
  std::vector<double> returns(count);
  RngStream(1).fill_normal(returns);
  return returns;
}

// One plain column: spread of rows begin .. end - 1 around row t, scaled to mean 0 and variance 1.
std::vector<double> plain_spreads(const std::vector<double>& x, std::int64_t from, std::int64_t to) {
  const auto rows = static_cast<std::int64_t>(x.size());
  std::vector<double> column;
  for (std::int64_t t = 0; t < rows; ++t) {
    const std::int64_t begin = std::max<std::int64_t>(0, t + from), end = std::min(rows, t + to);
    double mean = 0, variance = 0;
    for (std::int64_t s = begin; s < end; ++s) mean += x[static_cast<std::size_t>(s)];
    mean /= static_cast<double>(end - begin);
    for (std::int64_t s = begin; s < end; ++s)
      variance += std::pow(x[static_cast<std::size_t>(s)] - mean, 2) / static_cast<double>(end - begin);
    column.push_back(std::sqrt(variance));
  }
  double mean = 0, variance = 0;
  for (const double value : column) mean += value / static_cast<double>(rows);
  for (const double value : column) variance += (value - mean) * (value - mean) / static_cast<double>(rows);
  for (double& value : column) value = (value - mean) / std::sqrt(variance);
  return column;
}

TEST(ReturnFeatures, MatchesPlainWindows) {
  const std::vector<double> x = random_returns(120);
  const MatrixD centred = centred_return_features(x), trailing = trailing_return_features(x);
  ASSERT_EQ(centred.cols(), 15);
  ASSERT_EQ(trailing.cols(), 6);
  struct Column {
    const MatrixD& features;
    Eigen::Index column;
    std::int64_t from, to;
  };
  for (const Column& c : {Column{centred, 4, -5, 1},
                          {centred, 6, 0, 6},
                          {centred, 8, -6, 6},
                          {centred, 10, -13, 1},
                          {centred, 14, -14, 14},
                          {trailing, 5, -13, 1}}) {
    const std::vector<double> expected = plain_spreads(x, c.from, c.to);
    for (std::size_t t = 0; t < x.size(); ++t)
      // A spread of a single row is 0, of which running sums leave the root of a rounding.
      ASSERT_NEAR(c.features(static_cast<Eigen::Index>(t), c.column), expected[t], 1e-6) << c.column;
  }
}

// Scaling uses all rows, so what must not look ahead is a feature up to scale and shift: ranks of rows tell.
TEST(ReturnFeatures, TrailingVersionSeesNothingAhead) {
  std::vector<double> x = random_returns(200), changed = x;
  for (std::size_t t = 150; t < 200; ++t) changed[t] = 7 - x[t];
  const MatrixD before = trailing_return_features(x), after = trailing_return_features(changed);
  for (Eigen::Index d = 0; d < before.cols(); ++d)
    for (Eigen::Index t = 2; t < 150; ++t) {
      const double ratio = (before(t, d) - before(1, d)) * (after(2, d) - after(1, d));
      ASSERT_NEAR(ratio, (after(t, d) - after(1, d)) * (before(2, d) - before(1, d)), 1e-9) << d << " " << t;
    }
}

TEST(ReturnFeatures, CentredVersionDoesLookAhead) {
  std::vector<double> x = random_returns(200), changed = x;
  changed[105] = 50;
  const MatrixD before = centred_return_features(x), after = centred_return_features(changed);
  EXPECT_NE((before(100, 14) - before(1, 14)) / (before(2, 14) - before(1, 14)),
            (after(100, 14) - after(1, 14)) / (after(2, 14) - after(1, 14)));
}

TEST(ReturnFeatures, AreStandardisedAndFinite) {
  const MatrixD features = centred_return_features(random_returns(500));
  for (Eigen::Index d = 0; d < features.cols(); ++d) {
    EXPECT_NEAR(features.col(d).mean(), 0, 1e-12);
    EXPECT_NEAR(features.col(d).squaredNorm() / 500, 1, 1e-9);
  }
  EXPECT_TRUE(centred_return_features(std::vector<double>(40, 0.0)).isZero());
  EXPECT_EQ(centred_return_features({}).rows(), 0);
}

}  // namespace
}  // namespace regimetry::regimes

#include "regimes/agglomerative/ward_tree.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "core/rng.hpp"
#include "regimes/support/overlapping_groups.hpp"

namespace regimetry::regimes {
namespace {

// What scikit-learn's AgglomerativeClustering(4) says of overlapping_groups(), from golden_mixture.py.
constexpr std::string_view kGoldenLabels =
    "0120120120120120120120120120120120120120120120120120120120120120120320120120220130120120120120120120"
    "1201201201203201201301223231203201203201201201301201201201203201201201201201201201201201220201201201"
    "2012012012032012012012312032012312313012012012313032012012012312012013012012012002012012032032332032";

TEST(WardTree, AgreesWithSciPyAndScikitLearn) {
  const std::vector<WardJoin> joins = ward_tree(overlapping_groups());
  ASSERT_EQ(joins.size(), 299U);
  EXPECT_NEAR(joins[298].height, 39.95401934023656, 1e-11);
  EXPECT_NEAR(joins[297].height, 34.620979514222306, 1e-11);
  EXPECT_NEAR(joins[295].height, 11.238260711565093, 1e-11);
  double sum = 0;
  for (const WardJoin& join : joins) sum += join.height;
  EXPECT_NEAR(sum, 340.5832540116945, 1e-9);
  std::string labels;
  for (const std::int32_t label : cut_tree(joins, 4)) labels += std::to_string(label);
  EXPECT_EQ(labels, kGoldenLabels);
}

// Joins the best of all pairs, again and again.
std::vector<double> plain_heights(const MatrixF& values) {
  std::vector<Eigen::RowVectorXd> means;
  for (Eigen::Index row = 0; row < values.rows(); ++row) means.emplace_back(values.row(row).cast<double>());
  std::vector<double> sizes(means.size(), 1.0), heights;
  while (means.size() > 1) {
    std::size_t a = 0, b = 1;
    double least = 1e300;
    for (std::size_t i = 0; i < means.size(); ++i) {
      for (std::size_t j = i + 1; j < means.size(); ++j) {
        const double growth =
            sizes[i] * sizes[j] / (sizes[i] + sizes[j]) * (means[i] - means[j]).squaredNorm();
        if (growth < least) least = growth, a = i, b = j;
      }
    }
    heights.push_back(std::sqrt(2 * least));
    means[a] = (sizes[a] * means[a] + sizes[b] * means[b]) / (sizes[a] + sizes[b]);
    sizes[a] += sizes[b];
    means.erase(means.begin() + static_cast<std::ptrdiff_t>(b));
    sizes.erase(sizes.begin() + static_cast<std::ptrdiff_t>(b));
  }
  return heights;
}

TEST(WardTree, JoinsAsThePlainMethodDoes) {
  RngStream stream(6);
  for (const int rows : {1, 2, 3, 60}) {
    MatrixF values(rows, 3);
    for (Eigen::Index i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(stream.normal());
    const std::vector<double> expected = plain_heights(values);
    const std::vector<WardJoin> joins = ward_tree(values);
    ASSERT_EQ(joins.size(), expected.size());
    for (std::size_t i = 0; i < joins.size(); ++i) EXPECT_NEAR(joins[i].height, expected[i], 1e-12) << rows;
  }
}

TEST(WardTree, EndsWithEqualDistancesAndEqualRows) {
  MatrixF values(600, 1);  // more than a block of equal neighbours
  for (Eigen::Index row = 0; row < 600; ++row) values(row, 0) = static_cast<float>(row / 2);
  const std::vector<WardJoin> joins = ward_tree(values);
  EXPECT_EQ(joins.size(), 599U);
  EXPECT_EQ(joins[299].height, 0);
  EXPECT_GT(joins[300].height, 0);
  const std::vector<std::int32_t> labels = cut_tree(joins, 300);
  for (std::size_t row = 0; row < 600; ++row) EXPECT_EQ(labels[row], static_cast<std::int32_t>(row / 2));
}

TEST(CutTree, LeavesAsManyClustersAsAskedFor) {
  MatrixF values(4, 1);
  values << 0, 10, 1, 12;
  const std::vector<WardJoin> joins = ward_tree(values);
  EXPECT_EQ(cut_tree(joins, 1), (std::vector<std::int32_t>{0, 0, 0, 0}));
  EXPECT_EQ(cut_tree(joins, 2), (std::vector<std::int32_t>{0, 1, 0, 1}));
  EXPECT_EQ(cut_tree(joins, 3), (std::vector<std::int32_t>{0, 1, 0, 2}));
  EXPECT_EQ(cut_tree(joins, 4), (std::vector<std::int32_t>{0, 1, 2, 3}));
}

}  // namespace
}  // namespace regimetry::regimes

#include "features/across/combine_across.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regimetry::features {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<double> combine(AcrossKind kind, std::vector<double> values) {
  const std::vector<std::int32_t> sectors{0, 1, 0, 1, 2};
  AcrossCombiner().combine(kind, values, std::span(sectors).first(values.size()));
  return values;
}

void expect_values(const std::vector<double>& actual, const std::vector<double>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(std::isnan(actual[i]), std::isnan(expected[i])) << i;
    if (!std::isnan(actual[i])) {
      EXPECT_DOUBLE_EQ(actual[i], expected[i]) << i;
    }
  }
}

TEST(AcrossCombiner, RanksByTheShareBelowWithTiesHalf) {
  expect_values(combine(AcrossKind::kRank, {5, 1, 5, kNaN, 9}), {0.5, 0, 0.5, kNaN, 1});
  expect_values(combine(AcrossKind::kRank, {kNaN, 7}), {kNaN, 0.5});
  expect_values(combine(AcrossKind::kRank, {}), {});
}

TEST(AcrossCombiner, MeansAndDeviationsLeaveMissingOnesOut) {
  expect_values(combine(AcrossKind::kMean, {1, 2, 6, kNaN, 3}), {3, 3, 3, kNaN, 3});
  const double deviation = std::sqrt((4.0 + 1 + 9 + 0) / 4);
  expect_values(combine(AcrossKind::kDeviation, {1, 2, 6, kNaN, 3}),
                {deviation, deviation, deviation, kNaN, deviation});
  expect_values(combine(AcrossKind::kMean, {kNaN, kNaN}), {kNaN, kNaN});
}

TEST(AcrossCombiner, WhatIsInNoSectorHasNoSectorMeanAndTakesNoPart) {
  std::vector<double> values{1, 2, 3};
  AcrossCombiner().combine(AcrossKind::kSectorMean, values, std::vector<std::int32_t>{0, kNoSector, 0});
  expect_values(values, {2, kNaN, 2});
  values = {4};
  AcrossCombiner().combine(AcrossKind::kSectorMean, values, std::vector<std::int32_t>{kNoSector});
  expect_values(values, {kNaN});
  values = {1, 2};
  AcrossCombiner().combine(AcrossKind::kMean, values, std::vector<std::int32_t>{0, kNoSector});
  expect_values(values, {1.5, 1.5});
}

TEST(AcrossCombiner, SectorMeansStayWithinSectors) {
  expect_values(combine(AcrossKind::kSectorMean, {1, 2, 5, kNaN, 8}), {3, 2, 3, kNaN, 8});
}

}  // namespace
}  // namespace regimetry::features

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "core/digest_of_bits.hpp"
#include "core/portable_math.hpp"

namespace regimetry {
namespace {

// The z with P(Z > z) = upper for upper <= 1/2, by halving an interval in long double.
long double upper_quantile(long double upper) {
  long double low = 0.0L, high = 40.0L;
  for (int i = 0; i < 80; ++i) {
    const long double middle = (low + high) / 2;
    const bool is_beyond = std::erfc(middle / std::sqrt(2.0L)) / 2 < upper;
    (is_beyond ? high : low) = middle;
  }
  return (low + high) / 2;
}

long double exact_quantile(double p) {
  return p < 0.5 ? -upper_quantile(p) : upper_quantile(1.0L - static_cast<long double>(p));
}

void expect_accurate(double p) {
  const long double exact = exact_quantile(p);
  // 1e-16 is the formula's own error; evaluating it in doubles adds a few roundings.
  ASSERT_LT(std::fabs(static_cast<long double>(normal_quantile(p)) - exact), 1e-15L * std::fabs(exact))
      << std::hexfloat << p;
}

TEST(NormalQuantile, InvertsTheDistributionFunction) {
  std::mt19937_64 engine(3);
  for (int i = 0; i < 10'000; ++i) expect_accurate((static_cast<double>(engine() >> 12) + 0.5) * 0x1p-52);
}

TEST(NormalQuantile, IsAccurateFarIntoTheTails) {
  for (int i = 0; i < 3000; ++i) expect_accurate(std::pow(10.0, -1.0 - 0.102 * i));  // to 1e-307
  for (int k = 2; k <= 53; ++k) expect_accurate(1.0 - std::ldexp(1.0, -k));
}

TEST(NormalQuantile, IsAccurateWhereTheFormulasMeet) {
  for (const double p : {0.075, 0.925, std::exp(-25.0)}) {
    double below = p, above = p;
    for (int i = 0; i < 50; ++i) {
      expect_accurate(below = std::nextafter(below, 0.0));
      expect_accurate(above = std::nextafter(above, 1.0));
    }
  }
}

TEST(NormalQuantile, KnowsTheTablesOfStatistics) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_DOUBLE_EQ(normal_quantile(0.975), 1.9599639845400545);
  EXPECT_DOUBLE_EQ(normal_quantile(0.001), -3.0902323061678132);
  EXPECT_DOUBLE_EQ(normal_quantile(1e-20), -9.2623400897984084);  // the test value of AS 241
}

TEST(NormalQuantile, IsOdd) {
  std::mt19937_64 engine(4);
  for (int i = 0; i < 10'000; ++i) {
    const double p = (static_cast<double>(engine() >> 12) + 0.5) * 0x1p-52;  // 1 - p is exact
    ASSERT_EQ(normal_quantile(1.0 - p), -normal_quantile(p)) << std::hexfloat << p;
  }
}

// From golden_values.py, a second implementation whose every operation rounds once. Equal in every build
// type.
TEST(NormalQuantile, KeepsItsBits) {
  constexpr std::pair<double, double> kGolden[] = {
      {0x1.3333333333333p-4, -0x1.7085226d3e523p+0},  {0x1.339c0ebedfa44p-4, -0x1.7056dc6686c9ap+0},
      {0x1.f333333333333p-1, 0x1.f5c0331eeff82p+0},   {0x1.3333333333333p-2, -0x1.0c7e39582c5fap-1},
      {0x1.0624dd2f1a9fcp-10, -0x1.8b8cbb7204470p+1}, {0x1.5fd7fe1796495p-37, -0x1.ad2f7bbec4805p+2},
      {0x1.19799812dea11p-40, -0x1.c234fba57a32ap+2}, {0x1.56e1fc2f8f359p-997, -0x1.286074064c26ep+5},
      {0x1.fffffffffffffp-1, 0x1.06b48528cea51p+3},   {0x1.0000000000000p-53, -0x1.06b48528cea51p+3},
      {0x1.d99999999999ap-1, 0x1.7085226d3e524p+0}};
  for (const auto& [p, z] : kGolden) EXPECT_EQ(normal_quantile(p), z) << std::hexfloat << p;
}

TEST(NormalQuantile, KeepsTheBitsOfManyValues) {
  std::vector<double> values(1 << 14);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(2 * i + 1) * 0x1p-15;
  normal_quantile(values, values);
  EXPECT_EQ(digest_of_bits(values), "b5d4c1c63b7c67b0a18c1b6ee8da9163c83c3566d84771977cb069dc644a58c5");
}

std::vector<double> mixed_probabilities(std::size_t count) {
  std::mt19937_64 engine(5);
  std::vector<double> p(count);
  for (std::size_t i = 0; i < count; ++i) {
    p[i] = (static_cast<double>(engine() >> 12) + 0.5) * 0x1p-52;
    if (i % 5 == 0) p[i] *= std::ldexp(1.0, -static_cast<int>(i % 900));  // tails and far tails
    if (i % 7 == 0) p[i] = 1.0 - p[i];
    if (p[i] == 1.0) p[i] = 0.5;
  }
  return p;
}

TEST(NormalQuantile, ArrayHasTheBitsOfTheScalar) {
  for (const std::size_t count : {0, 1, 2, 7, 8, 9, 63, 511, 512, 513, 1024, 5000}) {
    const std::vector<double> p = mixed_probabilities(count);
    std::vector<double> apart(count + 1, 77.0), in_place = p;
    normal_quantile(p, std::span(apart).first(count));
    normal_quantile(in_place, in_place);
    EXPECT_EQ(apart.back(), 77.0);
    for (std::size_t i = 0; i < count; ++i) {
      ASSERT_EQ(apart[i], normal_quantile(p[i])) << std::hexfloat << p[i];
      ASSERT_EQ(in_place[i], apart[i]);
    }
  }
}

TEST(NormalQuantile, ArrayHandlesNothingButTailsAndNothingButCentre) {
  for (const double p : {1e-3, 0.999, 1e-40, 0.5, 0.4}) {
    const std::vector<double> same(700, p);
    std::vector<double> out(700);
    normal_quantile(same, out);
    EXPECT_EQ(out, std::vector<double>(700, normal_quantile(p)));
  }
}

}  // namespace
}  // namespace regimetry

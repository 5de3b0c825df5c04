#include "core/portable_math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "core/digest_of_bits.hpp"

namespace regimetry {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
static_assert(std::numeric_limits<long double>::digits >= 64, "the reference must be wider than a double");

// The error in units of the last place that a double of the exact result's size has.
long double error_in_ulps(double value, long double exact) {
  const int exponent = std::max(std::ilogb(static_cast<double>(exact)), -1022);
  return std::fabs(static_cast<long double>(value) - exact) / std::ldexp(1.0L, exponent - 52);
}

std::vector<double> exp_inputs() {
  std::mt19937_64 engine(1);
  std::vector<double> inputs = {0.0, -0.0, 709.782712893384, -708.3964185322641, -745.1332191019411};
  for (int i = 0; i < 200'000; ++i)
    inputs.push_back(-745.1 + 1454.8 * static_cast<double>(engine() >> 11) * 0x1p-53);
  for (int i = 0; i < 20'000;
       ++i) {  // results below the normal range, then arguments near zero of every size
    inputs.push_back(-745.1 + 37.0 * static_cast<double>(engine() >> 11) * 0x1p-53);
    const double size = std::ldexp(1.0 + static_cast<double>(engine() >> 12) * 0x1p-52, -(i % 80));
    inputs.push_back(i % 2 == 0 ? size : -size);
  }
  for (int n = -1074; n <= 1023; ++n) {  // where the reduced argument changes sign and where it is largest
    inputs.push_back(n * 0.6931471805599453);
    inputs.push_back((n + 0.5) * 0.6931471805599453);
  }
  return inputs;
}

TEST(PortableExp, IsWithinOneUnitOfTheLastPlace) {
  for (const double x : exp_inputs()) {
    if (x > 709.7827128933840) continue;
    ASSERT_LT(error_in_ulps(portable_exp(x), std::exp(static_cast<long double>(x))), 1.0L)
        << std::hexfloat << x;
  }
}

TEST(PortableExp, HandlesTheEndsOfTheRange) {
  EXPECT_EQ(portable_exp(0.0), 1.0);
  EXPECT_EQ(portable_exp(-0.0), 1.0);
  EXPECT_EQ(portable_exp(kInfinity), kInfinity);
  EXPECT_EQ(portable_exp(-kInfinity), 0.0);
  EXPECT_TRUE(std::isfinite(portable_exp(0x1.62e42fefa39efp+9)));  // log of the largest double, rounded down
  EXPECT_EQ(portable_exp(0x1.62e42fefa39f0p+9), kInfinity);        // the next double
  EXPECT_EQ(portable_exp(1e300), kInfinity);
  EXPECT_EQ(portable_exp(-0x1.74910d52d3051p+9), 0x1p-1074);  // still rounds to the least double
  EXPECT_EQ(portable_exp(-0x1.74910d52d3053p+9), 0.0);        // no longer
  EXPECT_EQ(portable_exp(-1e300), 0.0);
  EXPECT_EQ(portable_exp(0x1p-1074), 1.0);
  EXPECT_TRUE(std::isnan(portable_exp(kNaN)));
  EXPECT_TRUE(std::isnan(portable_exp(-kNaN)));
}

std::vector<double> log_inputs() {
  std::mt19937_64 engine(2);
  std::vector<double> inputs = {0x1p-1074,
                                std::numeric_limits<double>::min(),
                                std::numeric_limits<double>::max(),
                                0x1.6a09e667f3bccp-1,
                                0x1.6a09e667f3bcdp-1,
                                0x1.6a09e667f3bccp+0,
                                0x1.6a09e667f3bcdp+0};
  // Random bits of every positive finite double: all exponents, the subnormal numbers among them.
  for (int i = 0; i < 200'000; ++i)
    inputs.push_back(std::bit_cast<double>(1 + engine() % 0x7fefffffffffffffU));
  for (int i = 0; i < 20'000; ++i) {
    inputs.push_back(std::bit_cast<double>(1 + engine() % 0x000fffffffffffffU));  // subnormal
    inputs.push_back(0.5 + 1.5 * static_cast<double>(engine() >> 11) * 0x1p-53);  // where the result is small
    inputs.push_back(1.0 + static_cast<double>(i - 10'000) * 0x1p-52);
    inputs.push_back(1.0 + std::ldexp(static_cast<double>(i - 10'000), -40));
  }
  return inputs;
}

TEST(PortableLog, IsWithinOneUnitOfTheLastPlace) {
  for (const double x : log_inputs()) {
    if (x == 1.0) continue;
    ASSERT_LT(error_in_ulps(portable_log(x), std::log(static_cast<long double>(x))), 1.0L)
        << std::hexfloat << x;
  }
}

TEST(PortableLog, HandlesTheEndsOfTheRange) {
  EXPECT_EQ(portable_log(1.0), 0.0);
  EXPECT_FALSE(std::signbit(portable_log(1.0)));
  EXPECT_EQ(portable_log(0.0), -kInfinity);
  EXPECT_EQ(portable_log(-0.0), -kInfinity);
  EXPECT_EQ(portable_log(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(portable_log(-1.0)));
  EXPECT_TRUE(std::isnan(portable_log(-0x1p-1074)));
  EXPECT_TRUE(std::isnan(portable_log(-kInfinity)));
  EXPECT_TRUE(std::isnan(portable_log(kNaN)));
}

// From golden_values.py, a second implementation whose every operation rounds once. Equal in every build
// type.
TEST(PortableLogRatio, KeepsTheDigitsOfTinyMoves) {
  for (const double b : {1e-300, 0.37, 1.0, 1e6, 3e250}) {
    for (const double move : {0.0, 1e-15, -1e-12, 1e-8, -1e-4, 0.01, -0.28, 0.4, 0.5, -0.9, 7.0, 1e5}) {
      const double a = b * (1 + move);
      const long double difference = static_cast<long double>(a) - static_cast<long double>(b);
      const long double exact = std::log1p(difference / static_cast<long double>(b));
      EXPECT_NEAR(portable_log_ratio(a, b), static_cast<double>(exact),
                  4e-16 * std::abs(static_cast<double>(exact)))
          << b << " " << move;
    }
  }
}

TEST(PortableLogRatio, IsTheLogarithmAtTheEdges) {
  EXPECT_EQ(portable_log_ratio(0.0, 2.0), -kInfinity);
  EXPECT_EQ(portable_log_ratio(2.0, 0.0), kInfinity);
  EXPECT_TRUE(std::isnan(portable_log_ratio(-1.0, 2.0)));
  EXPECT_TRUE(std::isnan(portable_log_ratio(kNaN, 2.0)));
  EXPECT_TRUE(std::isnan(portable_log_ratio(2.0, kNaN)));
}

TEST(PortableMath, KeepsItsBits) {
  constexpr std::pair<double, double> kExp[] = {
      {0x1.0000000000000p+0, 0x1.5bf0a8b14576ap+1},     {-0x1.0000000000000p+0, 0x1.78b56362cef38p-2},
      {0x1.999999999999ap-4, 0x1.1aec7b35a00d4p+0},     {-0x1.62d0e56041893p-2, 0x1.6a10b883d5676p-1},
      {0x1.e000000000000p+1, 0x1.542b2d0a266e7p+5},     {0x1.9133333333333p+6, 0x1.a08a5754ae034p+144},
      {0x1.62e3d70a3d70ap+9, 0x1.fe9ce5c4c52b4p+1023},  {-0x1.6273333333333p+9, 0x0.9ab77c6e3d8a4p-1022},
      {-0x1.7473333333333p+9, 0x0.0000000000001p-1022}, {0x1.12e0be826d695p-30, 0x1.000000044b830p+0},
      {-0x1.2c00000000000p+5, 0x1.dd5c566301ec8p-55}};
  constexpr std::pair<double, double> kLog[] = {
      {0x1.0000000000000p+1, 0x1.62e42fefa39efp-1},     {0x1.0000000000000p-1, -0x1.62e42fefa39efp-1},
      {0x1.999999999999ap-4, -0x1.26bb1bbb55515p+1},    {0x1.6a0902de00d1bp+0, 0x1.62e1ac5b1d181p-2},
      {0x1.6a0a5269595ffp-1, -0x1.62e2fe73833b5p-2},    {0x1.e000000000000p+1, 0x1.525e973a0564fp+0},
      {0x1.7e43c8800759cp+996, 0x1.5963447f87fb5p+9},   {0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p+9},
      {0x0.0000000000001p-1022, -0x1.74385446d71c3p+9}, {0x0.012688b70e62bp-1022, -0x1.64e69394d9508p+9},
      {0x1.ffffde7210be9p-1, -0x1.0c6f82d74d230p-20}};
  for (const auto& [x, y] : kExp) EXPECT_EQ(portable_exp(x), y) << std::hexfloat << x;
  for (const auto& [x, y] : kLog) EXPECT_EQ(portable_log(x), y) << std::hexfloat << x;
}

// The same for many values at once, through the array forms.
TEST(PortableMath, KeepsTheBitsOfManyValues) {
  std::vector<double> values(20'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = -745.0 + static_cast<double>(i) * 0.07275;
  portable_exp(values, values);
  EXPECT_EQ(digest_of_bits(values), "3a4e98056d325793a1efe40d7b4c0c3be6b98de9af6d3ec3ea49205932de8ab7");
  double power = 1e-300;
  for (double& value : values) {
    value = power;
    power *= 1.07;
  }
  portable_log(values, values);
  EXPECT_EQ(digest_of_bits(values), "067f827e7a170fc8651cdc1d5b07f3a4f571734c0e2da3ee504d69bfc1db95c9");
}

// The array form over `inputs`, both into another array and onto itself, has the bits of the scalar form.
// Lengths from 0 to 40 reach every combination of whole vectors and leftovers.
template <typename Array, typename Scalar>
void expect_same_bits(const std::vector<double>& inputs, Array array, Scalar scalar) {
  const auto expect_equal = [&](const std::vector<double>& in, const std::vector<double>& out) {
    for (std::size_t i = 0; i < in.size(); ++i) {
      const double expected = scalar(in[i]);
      if (std::isnan(expected)) {
        ASSERT_TRUE(std::isnan(out[i])) << std::hexfloat << in[i];
      } else {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(out[i]), std::bit_cast<std::uint64_t>(expected))
            << std::hexfloat << in[i];
      }
    }
  };
  for (std::size_t length = 0; length <= 40; ++length) {
    const std::vector<double> in(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(length));
    std::vector<double> out(length + 1, 77.0);
    array(in, std::span(out).first(length));
    EXPECT_EQ(out.back(), 77.0);  // nothing written past the end
    expect_equal(in, out);
  }
  std::vector<double> out(inputs.size());
  array(inputs, out);
  expect_equal(inputs, out);
  out = inputs;
  array(out, out);
  expect_equal(inputs, out);
}

const std::vector<double> kSpecial = {0.0,  -0.0,  1.0,    -1.0,      kInfinity, -kInfinity,
                                      kNaN, 710.0, -746.0, 0x1p-1074, 1e308};

TEST(PortableExp, ArrayHasTheBitsOfTheScalar) {
  std::vector<double> inputs = kSpecial;
  for (const double x : exp_inputs()) inputs.push_back(x);
  expect_same_bits(
      inputs, [](std::span<const double> in, std::span<double> out) { portable_exp(in, out); },
      [](double x) { return portable_exp(x); });
}

TEST(PortableLog, ArrayHasTheBitsOfTheScalar) {
  std::vector<double> inputs = kSpecial;
  for (const double x : log_inputs()) inputs.push_back(x);
  expect_same_bits(
      inputs, [](std::span<const double> in, std::span<double> out) { portable_log(in, out); },
      [](double x) { return portable_log(x); });
}

}  // namespace
}  // namespace regimetry

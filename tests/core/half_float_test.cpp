#include "core/half_float.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry {
namespace {

// IEEE 754-2019, 3.4: the value of (sign, exponent, fraction) from its definition, by ldexp.
double float16_by_definition(std::uint16_t bits) {
  const int exponent = bits >> 10 & 0x1f;
  const int fraction = bits & 0x3ff;
  const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
  if (exponent == 31) return fraction == 0 ? sign * INFINITY : NAN;
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(1024 + fraction, exponent - 25);
}

TEST(Float16, EveryValueIsWidenedExactly) {
  for (int i = 0; i <= 0xffff; ++i) {
    const auto bits = static_cast<std::uint16_t>(i);
    const double expected = float16_by_definition(bits);
    const float actual = float16_to_float32(bits);
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(actual)) << i;
    } else {
      EXPECT_EQ(static_cast<double>(actual), expected) << i;
    }
    EXPECT_EQ(std::signbit(actual), (i & 0x8000) != 0) << i;
  }
}

TEST(Float16, KnownValues) {
  EXPECT_EQ(float16_to_float32(0x3c00), 1.0F);
  EXPECT_EQ(float16_to_float32(0xc000), -2.0F);
  EXPECT_EQ(float16_to_float32(0x7bff), 65504.0F);
  EXPECT_EQ(float16_to_float32(0x0400), 0x1p-14F);
  EXPECT_EQ(float16_to_float32(0x0001), 0x1p-24F);
  EXPECT_EQ(std::bit_cast<std::uint32_t>(float16_to_float32(0x7d01)), 0x7fa02000U) << "NaN payload";
}

TEST(Bfloat16, IsTheUpperHalfOfAFloat) {
  EXPECT_EQ(bfloat16_to_float32(0x3f80), 1.0F);
  EXPECT_EQ(bfloat16_to_float32(0xc000), -2.0F);
  EXPECT_EQ(bfloat16_to_float32(0x3eab), 0.333984375F);
  EXPECT_EQ(bfloat16_to_float32(0x0001), 0x1p-133F);
  EXPECT_TRUE(std::isinf(bfloat16_to_float32(0xff80)));
  EXPECT_TRUE(std::isnan(bfloat16_to_float32(0x7fc0)));
}

}  // namespace
}  // namespace regimetry

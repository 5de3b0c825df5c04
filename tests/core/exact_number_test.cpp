#include "core/exact_number.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace regimetry {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(ConvertNumber, TakesWholeFloatsIntoIntegersAndNothingElse) {
  EXPECT_EQ(convert_number<std::int64_t>(-3.0), -3);
  EXPECT_EQ(convert_number<std::int64_t>(-0x1p63), INT64_MIN);
  EXPECT_EQ(convert_number<std::int64_t>(0x1p63), std::nullopt);
  EXPECT_EQ(convert_number<std::int64_t>(0x1.fffffffffffffp62), INT64_C(9223372036854774784));
  EXPECT_EQ(convert_number<std::int64_t>(0.5), std::nullopt);
  EXPECT_EQ(convert_number<std::int64_t>(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
  EXPECT_EQ(convert_number<std::int64_t>(kInfinity), std::nullopt);
  EXPECT_EQ(convert_number<std::uint8_t>(-1.0F), std::nullopt);
  EXPECT_EQ(convert_number<std::uint8_t>(255.0F), 255);
  EXPECT_EQ(convert_number<std::uint8_t>(256.0F), std::nullopt);
}

TEST(ConvertNumber, TakesIntegersIntoFloatsOnlyWithoutRounding) {
  EXPECT_EQ(convert_number<double>(std::int64_t{1} << 53), 0x1p53);
  EXPECT_EQ(convert_number<double>((std::int64_t{1} << 53) + 1), std::nullopt);
  EXPECT_EQ(convert_number<float>(16'777'216), 0x1p24F);
  EXPECT_EQ(convert_number<float>(16'777'217), std::nullopt);
  EXPECT_EQ(convert_number<double>(INT64_MIN), -0x1p63);
  EXPECT_EQ(convert_number<double>(INT64_MAX), std::nullopt) << "rounds to 2^63, one too many";
  EXPECT_EQ(convert_number<double>(UINT64_MAX), std::nullopt);
}

TEST(ConvertNumber, TakesIntegersIntoIntegersWithinRange) {
  EXPECT_EQ(convert_number<std::int64_t>(UINT64_C(9223372036854775807)), INT64_MAX);
  EXPECT_EQ(convert_number<std::int64_t>(UINT64_C(9223372036854775808)), std::nullopt);
}

TEST(ConvertNumber, RoundsFractionsButNeverToInfinity) {
  EXPECT_EQ(convert_number<float>(0.1), 0.1F);
  EXPECT_EQ(convert_number<float>(1e39), std::nullopt);
  EXPECT_EQ(convert_number<float>(kInfinity), std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(*convert_number<float>(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(convert_number<float>(1e-60), 0.0F);
}

}  // namespace
}  // namespace regimetry

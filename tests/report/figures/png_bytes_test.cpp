#include "report/figures/png_bytes.hpp"

#include <gtest/gtest.h>

#include "report/figures/decoded_png.hpp"

namespace regimetry::report {
namespace {

TEST(PngBytes, AnotherDecoderReadsThePixelsBack) {
  constexpr int kWidth = 37, kHeight = 23, kStride = 40;
  std::vector<std::uint32_t> pixels(kStride * kHeight, 0xdeadbeef);  // beyond the width: never to be seen
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x)
      pixels[static_cast<std::size_t>(y * kStride + x)] =
          0xff000000U | static_cast<std::uint32_t>(x * 6) << 16 | static_cast<std::uint32_t>(y * 11) << 8 |
          static_cast<std::uint32_t>(x * y % 256);
  }
  const DecodedPng decoded(png_bytes(pixels, kWidth, kStride));
  ASSERT_EQ(decoded.width(), kWidth);
  ASSERT_EQ(decoded.height(), kHeight);
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x)
      ASSERT_EQ(decoded.pixel(x, y), fmt::format("#{:02x}{:02x}{:02x}", x * 6, y * 11, x * y % 256));
  }
}

TEST(PngBytes, BeginsWithTheSignatureAndSize) {
  const std::vector<std::uint32_t> pixels(2 * 3, 0xffffff);
  const std::string bytes = png_bytes(pixels, 2, 2);
  EXPECT_EQ(bytes.substr(0, 16), std::string("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16));
  EXPECT_EQ(bytes.substr(16, 8), std::string("\0\0\0\x02\0\0\0\x03", 8));
}

}  // namespace
}  // namespace regimetry::report

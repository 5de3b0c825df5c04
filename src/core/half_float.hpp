// The two 16-bit floating-point formats of tensor files, widened exactly: every one of their values is also a
// float.
#pragma once

#include <bit>
#include <cstdint>

namespace regimetry {

// IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 of fraction. NaN payloads are kept.
[[nodiscard]] constexpr float float16_to_float32(std::uint16_t bits) noexcept {
  const std::uint32_t sign = (bits & 0x8000U) << 16U;
  const std::uint32_t exponent = (bits >> 10U) & 0x1fU;
  const std::uint32_t fraction = bits & 0x3ffU;
  if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000U | (fraction << 13U));
  if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 127 - 15) << 23U) | (fraction << 13U));
  // Zero or subnormal: fraction x 2^-24, which a float holds as a normal number.
  const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
  return sign != 0 ? -magnitude : magnitude;
}

// bfloat16 is the upper half of a float.
[[nodiscard]] constexpr float bfloat16_to_float32(std::uint16_t bits) noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

}  // namespace regimetry

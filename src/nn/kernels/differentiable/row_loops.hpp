// Loops over one row of float32, written so that every compiler makes vector code of them and every register
// width adds in the same order: sixteen sums side by side, then halves onto halves.
#pragma once

#include <bit>
#include <cstdint>

namespace regimetry::nn {

inline constexpr int kRowLanes = 16;

struct LaneSums {
  float lanes[kRowLanes] = {};
  [[nodiscard]] float total() const noexcept {
    float sums[kRowLanes];
    for (int i = 0; i < kRowLanes; ++i) sums[i] = lanes[i];
    for (int half = kRowLanes / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) sums[i] += sums[i + half];
    }
    return sums[0];
  }
};

// The sum of term(i) for i < count.
template <class Term>
[[nodiscard]] float sum_row(std::int64_t count, Term term) {
  LaneSums sums;
  std::int64_t i = 0;
  for (; i + kRowLanes <= count; i += kRowLanes) {
    for (int lane = 0; lane < kRowLanes; ++lane) sums.lanes[lane] += term(i + lane);
  }
  for (int lane = 0; i < count; ++i, ++lane) sums.lanes[lane] += term(i);
  return sums.total();
}

// The greatest of x[0], ..., x[count - 1], count > 0. A NaN may or may not come through.
[[nodiscard]] inline float greatest_of_row(const float* x, std::int64_t count) {
  float lanes[kRowLanes];
  for (float& lane : lanes) lane = x[0];
  std::int64_t i = 0;
  for (; i + kRowLanes <= count; i += kRowLanes) {
    for (int lane = 0; lane < kRowLanes; ++lane)
      lanes[lane] = x[i + lane] > lanes[lane] ? x[i + lane] : lanes[lane];
  }
  for (; i < count; ++i) lanes[0] = x[i] > lanes[0] ? x[i] : lanes[0];
  float greatest = lanes[0];
  for (const float lane : lanes) greatest = lane > greatest ? lane : greatest;
  return greatest;
}

// exp(x) for x <= 0 within two units in the last place; 0 below -87 (the smallest normal number), so no
// denormals arise. NaN stays NaN.
[[nodiscard]] inline float exp_of_nonpositive(float x) {
  constexpr float kLeast = -87.0F;
  const float clamped = x < kLeast ? kLeast : x;
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits of the sum.
  constexpr float kRounder = 0x1.8p23F, kLog2E = 0x1.715476p0F;
  constexpr float kLn2High = 0x1.62e4p-1F, kLn2Low = 0x1.7f7d1cp-20F;  // the first has 15 bits
  const float rounded = clamped * kLog2E + kRounder;
  const float n = rounded - kRounder;
  const float r = (clamped - n * kLn2High) - n * kLn2Low;
  // The Taylor series to r^7, |r| <= ln(2) / 2: its rest is below 6e-9.
  float p = 1.0F / 5040.0F;
  p = p * r + 1.0F / 720.0F;
  p = p * r + 1.0F / 120.0F;
  p = p * r + 1.0F / 24.0F;
  p = p * r + 1.0F / 6.0F;
  p = p * r + 0.5F;
  p = p * (r * r) + r + 1.0F;
  const std::uint32_t exponent = std::bit_cast<std::uint32_t>(rounded) << 23;
  const auto scaled = std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + exponent);
  return x < kLeast ? 0.0F : scaled;
}

}  // namespace regimetry::nn

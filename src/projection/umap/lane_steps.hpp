// UMAP's single steps, on many points side by side.
//
// Plain arithmetic without branches, so the loops become vector code with the same bits everywhere.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace regimetry::projection {

// Points worked on side by side: four registers of sixteen, so that the processor has something to do while
// one waits for its long chain of operations.
inline constexpr std::size_t kGroup = 64;
inline constexpr float kSmallestSquare = 1e-12F;  // below it two points coincide and do not move each other
inline constexpr float kLongestStep = 4.0F;       // per coordinate, before the learning rate

// x^b for x > 0: 2^(b log2 x), by polynomials, about six digits.
inline float power(float x, float b) {
  // x = 2^exponent * m, with m in [sqrt(1/2), sqrt(2)).
  const std::int32_t bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t exponent = (bits - 0x3f3504f3) >> 23;
  const float t = std::bit_cast<float>(bits - (exponent << 23)) - 1.0F;
  float log2 = 0.17212874F;
  log2 = log2 * t - 0.26950628F;
  log2 = log2 * t + 0.29563361F;
  log2 = log2 * t - 0.35935065F;
  log2 = log2 * t + 0.48062915F;
  log2 = log2 * t - 0.72136402F;
  log2 = log2 * t + 1.44269645F;
  const float scaled = b * (static_cast<float>(exponent) + log2 * t);
  constexpr float kRounder = 12582912.0F;  // 1.5 * 2^23: adding it rounds to a whole number
  const float whole = (scaled + kRounder) - kRounder;
  const float r = scaled - whole;
  float exp2 = 0.0013400433F;
  exp2 = exp2 * r + 0.0096760374F;
  exp2 = exp2 * r + 0.055503271F;
  exp2 = exp2 * r + 0.24022107F;
  exp2 = exp2 * r + 0.69314718F;
  exp2 = exp2 * r + 1.0000001F;
  return exp2 * std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
}

inline float clip(float step) {
  step = step > kLongestStep ? kLongestStep : step;
  return step < -kLongestStep ? -kLongestStep : step;
}

// Points on their way through an epoch.
struct Lanes {
  float x[kGroup], y[kGroup];
};

struct Forces {
  float a = 0, b = 0, rate = 0;
};

// One step of each lane towards its other, and of the other towards it.
inline void pull_together(Lanes& __restrict lanes, Lanes& __restrict others, const float* __restrict weights,
                          const Forces& forces) {
  for (std::size_t l = 0; l < kGroup; ++l) {
    const float dx = lanes.x[l] - others.x[l], dy = lanes.y[l] - others.y[l];
    float square = dx * dx + dy * dy;
    square = square < kSmallestSquare ? kSmallestSquare : square;
    const float curve = forces.a * power(square, forces.b);
    const float strength = -2.0F * forces.b * curve / (square * (curve + 1.0F));
    const float rate = weights[l] * forces.rate;
    const float step_x = rate * clip(strength * dx), step_y = rate * clip(strength * dy);
    lanes.x[l] += step_x;
    lanes.y[l] += step_y;
    others.x[l] -= step_x;
    others.y[l] -= step_y;
  }
}

// One step of each lane away from the point drawn for it, unless that is the point itself.
inline void push_away(Lanes& __restrict lanes, const std::int32_t* __restrict self,
                      const float* __restrict weights, const float* __restrict xs, const float* __restrict ys,
                      const double* __restrict draws, double bound, const Forces& forces) {
  for (std::size_t l = 0; l < kGroup; ++l) {
    const auto drawn = static_cast<std::int32_t>(draws[l] * bound);
    const float dx = lanes.x[l] - xs[drawn], dy = lanes.y[l] - ys[drawn];
    float square = dx * dx + dy * dy;
    square = square < kSmallestSquare ? kSmallestSquare : square;
    const float curve = forces.a * power(square, forces.b);
    const float strength = 2.0F * forces.b / ((0.001F + square) * (curve + 1.0F));
    const float rate = drawn == self[l] ? 0.0F : weights[l] * forces.rate;
    lanes.x[l] += rate * clip(strength * dx);
    lanes.y[l] += rate * clip(strength * dy);
  }
}

}  // namespace regimetry::projection

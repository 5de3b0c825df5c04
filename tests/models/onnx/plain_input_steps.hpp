// What InputSteps say, in plain words and double, one value at a time.
#pragma once

#include <cmath>
#include <limits>
#include <type_traits>

#include "models/onnx/input_steps.hpp"

namespace regimetry::models {

inline double plain_step(const LineStep& line, float raw) {
  double x = std::isfinite(raw) ? static_cast<double>(raw) : line.fill;
  if (std::isnan(x)) return x;
  if (x < line.low)
    x = line.below;
  else if (x > line.high)
    x = line.above;
  return (x - line.center) / line.divisor * line.factor;
}

inline double plain_step(const CurveStep& curve, float raw) {
  const double x = std::isfinite(raw) ? static_cast<double>(raw) : curve.fill;
  if (std::isnan(x)) return x;
  if (x <= curve.values.front()) return curve.scores.front();
  std::size_t next = 1;
  while (next < curve.values.size() && curve.values[next] < x) ++next;
  if (next == curve.values.size()) return curve.scores.back();
  const double share = (x - curve.values[next - 1]) / (curve.values[next] - curve.values[next - 1]);
  return curve.scores[next - 1] + (curve.scores[next] - curve.scores[next - 1]) * share;
}

inline double plain_step(const MatchStep& match, float raw) {
  if (std::isnan(raw)) return match.missing;
  return static_cast<double>(raw) == match.value ? match.equal : match.other;
}

// The feature made of `raw`, a value of its column.
inline float plain_feature(const InputStep& step, float raw) {
  const auto value =
      static_cast<float>(std::visit([&](const auto& one) { return plain_step(one, raw); }, step.step));
  return std::isinf(value) ? std::numeric_limits<float>::quiet_NaN() : value;
}

}  // namespace regimetry::models

// What becomes of raw columns before an encoder sees them, as plain numbers.
//
// Why here: a fitted transform belongs to a room that models may not know. Whoever knows both translates one
// into the other (cli/onnx_input_steps.hpp); a graph is made of this.
// Values: raw columns are float32, the arithmetic is that of double, results are rounded to float32 once: the
//         order of operations below is the order in the graph, so that it gives the transform's own bits.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace regimetry::models {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

// y = (x - center) / divisor * factor. x: `fill` where the raw value is NaN or infinite; then `below` where
// it is less than `low`, `above` where it is greater than `high`. A column that is always 0 has the factor 0.
struct LineStep {
  double fill = kNoNumber;  // NaN: missing stays missing
  double low = -kInfinity, high = kInfinity;
  double below = kNoNumber, above = kNoNumber;  // `low` and `high` clip, NaN makes it missing
  double center = 0, divisor = 1, factor = 1;
};

// y follows the straight lines between the points (values[k], scores[k]), and beyond the ends stays at the
// outermost score. x: `fill` where the raw value is NaN or infinite.
struct CurveStep {
  double fill = kNoNumber;
  std::vector<double> values = {};  // rising; one at least
  std::vector<double> scores = {};  // one per value
};

// y = `equal` where the raw value is `value`, `missing` where it is NaN, `other` elsewhere: for booleans, and
// for words that stand as numbers.
struct MatchStep {
  double value = 0;
  float equal = 0, other = 0, missing = 0;
};

// One feature: made of one raw column.
struct InputStep {
  std::string feature;
  std::int64_t column = 0;  // index into InputSteps::columns
  std::variant<LineStep, CurveStep, MatchStep> step;
};

struct InputSteps {
  // The raw columns in order. May be empty where there are no steps: then nothing is known of their names.
  std::vector<std::string> columns = {};
  // One per feature of the encoder, in order. Empty: raw columns are the features.
  std::vector<InputStep> steps = {};

  // Raw columns for an encoder of so many features.
  [[nodiscard]] std::int64_t column_count(std::int64_t feature_count) const noexcept;
  // Every problem, in words for the user; empty when these are steps for an encoder of so many features.
  [[nodiscard]] std::vector<std::string> problems(std::int64_t feature_count) const;
};

}  // namespace regimetry::models

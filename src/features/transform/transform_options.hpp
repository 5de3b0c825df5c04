// What a transform does to columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::features {

// What becomes of a number. Booleans and categories are treated alike by all methods.
enum class TransformMethod {
  kStandard,   // (x - mean) / population deviation, after imputation
  kMinMax100,  // 0 at the smallest fitted value, 100 at the largest
  kRobust,     // (x - median) / interquartile range
  kRankGauss,  // the normal score of the rank in the fitted sample
};

// minmax100: what becomes of values outside the fitted range.
enum class OutsidePolicy {
  kClip,     // 0 or 100
  kExtend,   // below 0 or above 100, on the same line
  kMissing,  // missing
};

enum class MissingPolicy {
  kImpute,  // the fitted median; for booleans and categories the most frequent value (of equals the smallest)
  kKeep,    // missing stays missing
};

struct TransformOptions {
  TransformMethod method = TransformMethod::kStandard;
  // Ignored by the other methods than minmax100.
  OutsidePolicy outside = OutsidePolicy::kClip;
  MissingPolicy missing = MissingPolicy::kImpute;
  // Fit each symbol by itself. Symbols that were not fitted cannot be transformed then.
  bool per_symbol = false;
  // rank-gauss: at most this many fitted values are kept per column; more of them follow the sample more
  // closely and make a larger file. Columns with no more distinct values than this are exact.
  std::int64_t max_knots = 1'000;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

// "standard", "minmax100", "robust", "rank-gauss"
[[nodiscard]] std::string_view method_name(TransformMethod method) noexcept;
// "clip", "extend", "missing"
[[nodiscard]] std::string_view outside_name(OutsidePolicy policy) noexcept;
// "impute", "keep"
[[nodiscard]] std::string_view missing_name(MissingPolicy policy) noexcept;

}  // namespace regimetry::features

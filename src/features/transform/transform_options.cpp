#include "features/transform/transform_options.hpp"

#include <fmt/format.h>

namespace regimetry::features {

std::vector<std::string> TransformOptions::problems() const {
  std::vector<std::string> found;
  if (max_knots < 2) found.push_back(fmt::format("max_knots is {}; it must be at least 2", max_knots));
  return found;
}

std::string_view method_name(TransformMethod method) noexcept {
  switch (method) {
    case TransformMethod::kStandard:
      return "standard";
    case TransformMethod::kMinMax100:
      return "minmax100";
    case TransformMethod::kRobust:
      return "robust";
    case TransformMethod::kRankGauss:
      break;
  }
  return "rank-gauss";
}

std::string_view outside_name(OutsidePolicy policy) noexcept {
  switch (policy) {
    case OutsidePolicy::kClip:
      return "clip";
    case OutsidePolicy::kExtend:
      return "extend";
    case OutsidePolicy::kMissing:
      break;
  }
  return "missing";
}

std::string_view missing_name(MissingPolicy policy) noexcept {
  return policy == MissingPolicy::kImpute ? "impute" : "keep";
}

}  // namespace regimetry::features

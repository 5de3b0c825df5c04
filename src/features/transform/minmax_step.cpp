#include "features/transform/minmax_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/printable.hpp"
#include "features/transform/column_statistics.hpp"

namespace regimetry::features {

void MinMaxStep::learn(std::span<double> values, double /*fill*/, std::int64_t /*fill_count*/,
                       ColumnFacts& /*facts*/) {
  const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
  smallest_ = *smallest;
  largest_ = *largest;
}

double MinMaxStep::scaled(double x) const noexcept {
  constexpr double kTop = 100;
  if (smallest_ == largest_) return 0;
  const bool is_inside = smallest_ <= x && x <= largest_;
  if (is_inside || outside_ == OutsidePolicy::kExtend) return kTop * fraction_between(x, smallest_, largest_);
  if (outside_ == OutsidePolicy::kMissing) return std::numeric_limits<double>::quiet_NaN();
  return x < smallest_ ? 0 : kTop;
}

void MinMaxStep::scale(std::span<double> values, StepCounts& counts) const {
  for (double& x : values) {
    if (std::isnan(x)) continue;
    if (x < smallest_ || x > largest_) ++counts.outside;
    x = scaled(x);
  }
}

nlohmann::json MinMaxStep::to_json() const {
  nlohmann::json json = base_json("minmax100");
  json["min"] = smallest_;
  json["max"] = largest_;
  json["outside"] = std::string(outside_name(outside_));
  return json;
}

std::unique_ptr<ColumnStep> MinMaxStep::from_json(const JsonPlace& json) {
  json.require_keys({"step", "fill", "min", "max", "outside"});
  const std::string outside = json.at("outside").text();
  for (const OutsidePolicy policy : {OutsidePolicy::kClip, OutsidePolicy::kExtend, OutsidePolicy::kMissing}) {
    if (outside_name(policy) != outside) continue;
    auto step = std::make_unique<MinMaxStep>(MissingPolicy::kImpute, policy);
    step->read_fill(json);
    step->smallest_ = json.at("min").number();
    step->largest_ = json.at("max").number();
    if (step->smallest_ > step->largest_) json.at("max").fail("is below its min");
    return step;
  }
  json.at("outside").fail(
      fmt::format("is '{}', where clip, extend or missing was expected", printable(outside)));
}

}  // namespace regimetry::features

#include "features/transform/robust_step.hpp"

#include <array>
#include <cmath>

#include "features/transform/column_statistics.hpp"

namespace regimetry::features {

void RobustStep::learn(std::span<double> values, double /*fill*/, std::int64_t /*fill_count*/,
                       ColumnFacts& facts) {
  const double deviation = mean_and_deviation(values).deviation;
  const std::vector<double> found = quantiles(values, std::array{0.25, 0.5, 0.75});
  center_ = found[1];
  range_ = found[2] - found[0];
  facts.has_no_quartile_spread = range_ == 0 && !facts.is_constant;
  if (range_ == 0 || !std::isfinite(range_)) range_ = deviation;
}

void RobustStep::scale(std::span<double> values, StepCounts& /*counts*/) const {
  for (double& x : values) {
    if (std::isnan(x)) continue;
    x = range_ == 0 ? 0 : (x - center_) / range_;
  }
}

nlohmann::json RobustStep::to_json() const {
  nlohmann::json json = base_json("robust");
  json["center"] = center_;
  json["range"] = range_;
  return json;
}

std::unique_ptr<ColumnStep> RobustStep::from_json(const JsonPlace& json) {
  json.require_keys({"step", "fill", "center", "range"});
  auto step = std::make_unique<RobustStep>(MissingPolicy::kImpute);
  step->read_fill(json);
  step->center_ = json.at("center").number();
  step->range_ = json.at("range").number();
  if (step->range_ < 0) json.at("range").fail("is negative");
  return step;
}

}  // namespace regimetry::features

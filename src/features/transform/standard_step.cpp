#include "features/transform/standard_step.hpp"

#include <cmath>

#include "features/transform/column_statistics.hpp"

namespace regimetry::features {

void StandardStep::learn(std::span<double> values, double fill, std::int64_t fill_count,
                         ColumnFacts& /*facts*/) {
  const MeanAndDeviation found = mean_and_deviation(values, fill, fill_count);
  mean_ = found.mean;
  deviation_ = found.deviation;
}

void StandardStep::scale(std::span<double> values, StepCounts& /*counts*/) const {
  for (double& x : values) {
    if (std::isnan(x)) continue;
    x = deviation_ == 0 ? 0 : (x - mean_) / deviation_;
  }
}

nlohmann::json StandardStep::to_json() const {
  nlohmann::json json = base_json("standard");
  json["mean"] = mean_;
  json["deviation"] = deviation_;
  return json;
}

std::unique_ptr<ColumnStep> StandardStep::from_json(const JsonPlace& json) {
  json.require_keys({"step", "fill", "mean", "deviation"});
  auto step = std::make_unique<StandardStep>(MissingPolicy::kImpute);
  step->read_fill(json);
  step->mean_ = json.at("mean").number();
  step->deviation_ = json.at("deviation").number();
  if (step->deviation_ < 0) json.at("deviation").fail("is negative");
  return step;
}

}  // namespace regimetry::features

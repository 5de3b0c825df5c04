// (x - mean) / population deviation. Mean and deviation are those of the training rows after imputation; a
// column of one value becomes 0.
#pragma once

#include "features/transform/number_step.hpp"

namespace regimetry::features {

class StandardStep final : public NumberStep {
 public:
  explicit StandardStep(MissingPolicy missing) : NumberStep(missing) {}
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  [[nodiscard]] nlohmann::json to_json() const override;
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<StandardStep>(*this);
  }
  [[nodiscard]] double mean() const noexcept { return mean_; }
  [[nodiscard]] double deviation() const noexcept { return deviation_; }

 protected:
  void learn(std::span<double> values, double fill, std::int64_t fill_count, ColumnFacts& facts) override;
  void scale(std::span<double> values, StepCounts& counts) const override;

 private:
  double mean_ = 0, deviation_ = 0;
};

}  // namespace regimetry::features

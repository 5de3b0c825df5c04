// (x - median) / interquartile range, of the training values that are present; few extreme values move
// neither.
//
// Where the quartiles are equal but the column is not constant (a signal that is mostly 0), the population
// deviation takes the place of the range, and the report says so. A column of one value becomes 0.
#pragma once

#include "features/transform/number_step.hpp"

namespace regimetry::features {

class RobustStep final : public NumberStep {
 public:
  explicit RobustStep(MissingPolicy missing) : NumberStep(missing) {}
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  [[nodiscard]] nlohmann::json to_json() const override;
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<RobustStep>(*this);
  }
  [[nodiscard]] double center() const noexcept { return center_; }
  [[nodiscard]] double range() const noexcept { return range_; }

 protected:
  void learn(std::span<double> values, double fill, std::int64_t fill_count, ColumnFacts& facts) override;
  void scale(std::span<double> values, StepCounts& counts) const override;

 private:
  double center_ = 0, range_ = 0;
};

}  // namespace regimetry::features

// 0 at the smallest fitted value, 100 at the largest, a straight line between; a column of one value becomes
// 0.
#pragma once

#include "features/transform/number_step.hpp"

namespace regimetry::features {

class MinMaxStep final : public NumberStep {
 public:
  MinMaxStep(MissingPolicy missing, OutsidePolicy outside) : NumberStep(missing), outside_(outside) {}
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  [[nodiscard]] nlohmann::json to_json() const override;
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<MinMaxStep>(*this);
  }
  [[nodiscard]] double smallest() const noexcept { return smallest_; }
  [[nodiscard]] double largest() const noexcept { return largest_; }

 protected:
  void learn(std::span<double> values, double fill, std::int64_t fill_count, ColumnFacts& facts) override;
  void scale(std::span<double> values, StepCounts& counts) const override;

 private:
  [[nodiscard]] double scaled(double x) const noexcept;

  OutsidePolicy outside_;
  double smallest_ = 0, largest_ = 0;
};

}  // namespace regimetry::features

// True and false as a number: 0, or `yes` (1; 100 beside minmax100). Missing ones become the more frequent of
// the two (false when they are equally frequent), or stay missing. Never centred: 0 keeps meaning no.
#pragma once

#include <optional>

#include "features/transform/column_step.hpp"

namespace regimetry::features {

class BooleanStep final : public ColumnStep {
 public:
  BooleanStep(MissingPolicy missing, double yes) : missing_(missing), yes_(yes) {}
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  ColumnFacts fit(std::span<const ColumnRows> parts) override;
  StepCounts transform(const market::ColumnView& view, IndexRange rows, float* out,
                       std::int64_t stride) const override;
  [[nodiscard]] nlohmann::json to_json() const override;
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<BooleanStep>(*this);
  }

 private:
  MissingPolicy missing_;
  double yes_;
  std::optional<bool> fill_;
};

}  // namespace regimetry::features

// A column of which a symbol had no training value, where symbols are fitted one by one: it stays missing for
// this symbol, for nothing is known about it.
#pragma once

#include "features/transform/column_step.hpp"

namespace regimetry::features {

class MissingStep final : public ColumnStep {
 public:
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  ColumnFacts fit(std::span<const ColumnRows> parts) override;
  StepCounts transform(const market::ColumnView& view, IndexRange rows, float* out,
                       std::int64_t stride) const override;
  [[nodiscard]] nlohmann::json to_json() const override { return {{"step", "missing"}}; }
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<MissingStep>(*this);
  }
};

}  // namespace regimetry::features

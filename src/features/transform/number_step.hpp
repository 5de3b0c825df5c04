// What all steps for numbers share: infinite values count as missing, missing ones are imputed or kept.
#pragma once

#include <optional>

#include "features/transform/column_step.hpp"

namespace regimetry::features {

class NumberStep : public ColumnStep {
 public:
  explicit NumberStep(MissingPolicy missing) : missing_(missing) {}

  ColumnFacts fit(std::span<const ColumnRows> parts) final;
  StepCounts transform(const market::ColumnView& view, IndexRange rows, float* out,
                       std::int64_t stride) const final;
  // What stands in for a missing value: the fitted median. Absent: missing stays missing.
  [[nodiscard]] std::optional<double> fill() const noexcept { return fill_; }

 protected:
  // `values`: those present, at least one, all finite, in the order of the rows; may be left in any order.
  // `fill` stands in for each of `fill_count` missing ones (0 when missing values are kept).
  virtual void learn(std::span<double> values, double fill, std::int64_t fill_count, ColumnFacts& facts) = 0;
  // In place; NaN stays NaN.
  virtual void scale(std::span<double> values, StepCounts& counts) const = 0;

  // {"step": name} and the fill.
  [[nodiscard]] nlohmann::json base_json(const char* name) const;
  void read_fill(const JsonPlace& json);

 private:
  MissingPolicy missing_;
  std::optional<double> fill_;
};

}  // namespace regimetry::features

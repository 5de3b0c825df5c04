// Words as one column each (`color=red`), in sorted order: `yes` (1; 100 beside minmax100) where the word
// stands, 0 elsewhere. A word that was not there when fitting is 0 in all of them; a missing one becomes the
// most frequent (of equals the first in sorted order), or is missing in all of them.
#pragma once

#include <optional>

#include "features/transform/column_step.hpp"

namespace regimetry::features {

class CategoryStep final : public ColumnStep {
 public:
  CategoryStep(MissingPolicy missing, double yes) : missing_(missing), yes_(yes) {}
  [[nodiscard]] static std::unique_ptr<ColumnStep> from_json(const JsonPlace& json);

  ColumnFacts fit(std::span<const ColumnRows> parts) override;
  // Learns the most frequent word alone and keeps the words of an earlier fit: symbols that are fitted one by
  // one need the same columns.
  ColumnFacts fit_fill(std::span<const ColumnRows> parts);
  [[nodiscard]] std::vector<std::string> output_names(const std::string& column) const override;
  StepCounts transform(const market::ColumnView& view, IndexRange rows, float* out,
                       std::int64_t stride) const override;
  [[nodiscard]] nlohmann::json to_json() const override;
  [[nodiscard]] std::unique_ptr<ColumnStep> clone() const override {
    return std::make_unique<CategoryStep>(*this);
  }
  [[nodiscard]] std::span<const std::string> categories() const noexcept { return categories_; }  // sorted

 private:
  MissingPolicy missing_;
  double yes_;
  std::vector<std::string> categories_;
  std::optional<std::string> fill_;
};

}  // namespace regimetry::features

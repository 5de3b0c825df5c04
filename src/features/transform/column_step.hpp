// What a transform does to one column: learned from training rows, then the same for any row.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/json_place.hpp"
#include "core/parallel.hpp"
#include "features/transform/transform_options.hpp"
#include "market/column_table.hpp"
#include "market/writing/output_table.hpp"

namespace regimetry::features {

// The training rows of a column in one instrument. Borrows the view.
struct ColumnRows {
  const market::ColumnView* view = nullptr;
  std::int64_t row_count = 0;
};

// What the training rows showed.
struct ColumnFacts {
  std::int64_t rows = 0, missing = 0, infinite = 0;  // infinite values are not counted as missing
  bool is_constant = false;                          // one value throughout: becomes 0
  bool has_no_quartile_spread = false;               // robust: its deviation stands in
  [[nodiscard]] bool is_empty() const noexcept { return missing + infinite == rows; }
};

// What happened to transformed values.
struct StepCounts {
  std::int64_t missing = 0;   // missing in the input (imputed or kept)
  std::int64_t infinite = 0;  // treated as missing
  std::int64_t outside = 0;   // minmax100 and rank-gauss: outside the fitted range
  std::int64_t unknown = 0;   // categories that were not there when fitting: all zeros
  StepCounts& operator+=(const StepCounts& other) noexcept;
};

class ColumnStep {
 public:
  virtual ~ColumnStep() = default;
  // Learns from the rows of all parts, forgetting any earlier fit.
  virtual ColumnFacts fit(std::span<const ColumnRows> parts) = 0;
  // The names of what comes out: `column` itself, or one per category.
  [[nodiscard]] virtual std::vector<std::string> output_names(const std::string& column) const;
  // Writes rows [rows.begin, rows.end) of the view: row i of them to out[i * stride + k] for output k.
  virtual StepCounts transform(const market::ColumnView& view, IndexRange rows, float* out,
                               std::int64_t stride) const = 0;
  // With the key "step" naming the class; step_from_json() makes an equal one of it.
  [[nodiscard]] virtual nlohmann::json to_json() const = 0;
  // Another of the same, fitted or not as this one is.
  [[nodiscard]] virtual std::unique_ptr<ColumnStep> clone() const = 0;
};

// Not yet fitted. `kind` is not kTime.
[[nodiscard]] std::unique_ptr<ColumnStep> make_step(market::ColumnKind kind, const TransformOptions& options);
// Throws Error (kData) naming the place.
[[nodiscard]] std::unique_ptr<ColumnStep> step_from_json(const JsonPlace& json);

}  // namespace regimetry::features

#include "features/transform/missing_step.hpp"

#include <limits>

namespace regimetry::features {

std::unique_ptr<ColumnStep> MissingStep::from_json(const JsonPlace& json) {
  json.require_keys({"step"});
  return std::make_unique<MissingStep>();
}

ColumnFacts MissingStep::fit(std::span<const ColumnRows> parts) {
  ColumnFacts facts;
  for (const ColumnRows& part : parts) facts.rows += part.row_count;
  facts.missing = facts.rows;
  return facts;
}

StepCounts MissingStep::transform(const market::ColumnView& /*view*/, IndexRange rows, float* out,
                                  std::int64_t stride) const {
  for (std::int64_t row = rows.begin; row < rows.end; ++row, out += stride) {
    *out = std::numeric_limits<float>::quiet_NaN();
  }
  StepCounts counts;
  counts.missing = rows.size();
  return counts;
}

}  // namespace regimetry::features

#include "features/transform/boolean_step.hpp"

#include <cmath>
#include <limits>

#include "features/transform/input_table.hpp"

namespace regimetry::features {

ColumnFacts BooleanStep::fit(std::span<const ColumnRows> parts) {
  ColumnFacts facts;
  std::int64_t yes_count = 0;
  for (const ColumnRows& part : parts) {
    facts.rows += part.row_count;
    for (std::size_t row = 0; row < static_cast<std::size_t>(part.row_count); ++row) {
      const double value = number_at(*part.view, row);
      if (std::isnan(value))
        ++facts.missing;
      else
        yes_count += value != 0 ? 1 : 0;
    }
  }
  const std::int64_t no_count = facts.rows - facts.missing - yes_count;
  facts.is_constant = !facts.is_empty() && (yes_count == 0 || no_count == 0);
  fill_.reset();
  if (missing_ == MissingPolicy::kImpute && !facts.is_empty()) fill_ = yes_count > no_count;
  return facts;
}

StepCounts BooleanStep::transform(const market::ColumnView& view, IndexRange rows, float* out,
                                  std::int64_t stride) const {
  StepCounts counts;
  const auto yes = static_cast<float>(yes_);
  const float fill = fill_ ? (*fill_ ? yes : 0.0F) : std::numeric_limits<float>::quiet_NaN();
  for (std::int64_t row = rows.begin; row < rows.end; ++row, out += stride) {
    const double value = number_at(view, static_cast<std::size_t>(row));
    if (std::isnan(value)) {
      ++counts.missing;
      *out = fill;
    } else {
      *out = value != 0 ? yes : 0.0F;
    }
  }
  return counts;
}

nlohmann::json BooleanStep::to_json() const {
  nlohmann::json json = {{"step", "boolean"}, {"yes", yes_}};
  if (fill_) json["fill"] = *fill_;
  return json;
}

std::unique_ptr<ColumnStep> BooleanStep::from_json(const JsonPlace& json) {
  json.require_keys({"step", "fill", "yes"});
  auto step = std::make_unique<BooleanStep>(MissingPolicy::kImpute, json.at("yes").number());
  if (json.has("fill")) step->fill_ = json.at("fill").boolean();
  return step;
}

}  // namespace regimetry::features

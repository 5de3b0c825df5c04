#include "features/transform/number_step.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "features/transform/column_statistics.hpp"
#include "features/transform/input_table.hpp"

namespace regimetry::features {

ColumnFacts NumberStep::fit(std::span<const ColumnRows> parts) {
  ColumnFacts facts;
  for (const ColumnRows& part : parts) facts.rows += part.row_count;
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(facts.rows));
  for (const ColumnRows& part : parts) {
    for (std::size_t row = 0; row < static_cast<std::size_t>(part.row_count); ++row) {
      const double value = number_at(*part.view, row);
      if (std::isfinite(value))
        values.push_back(value);
      else
        ++(std::isnan(value) ? facts.missing : facts.infinite);
    }
  }
  fill_.reset();
  if (values.empty()) return facts;
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  facts.is_constant = *lowest == *highest;
  std::int64_t fill_count = 0;
  if (missing_ == MissingPolicy::kImpute) {
    std::vector<double> copy = values;  // the order of the rows is kept for sums
    fill_ = median(copy);
    fill_count = facts.missing + facts.infinite;
  }
  learn(values, fill_.value_or(0), fill_count, facts);
  return facts;
}

StepCounts NumberStep::transform(const market::ColumnView& view, IndexRange rows, float* out,
                                 std::int64_t stride) const {
  constexpr std::int64_t kBlock = 1024;
  std::array<double, kBlock> block;
  StepCounts counts;
  const double fill = fill_.value_or(std::numeric_limits<double>::quiet_NaN());
  for (std::int64_t begin = rows.begin; begin < rows.end; begin += kBlock) {
    const std::int64_t count = std::min(kBlock, rows.end - begin);
    for (std::int64_t i = 0; i < count; ++i) {
      double value = number_at(view, static_cast<std::size_t>(begin + i));
      if (!std::isfinite(value)) {
        ++(std::isnan(value) ? counts.missing : counts.infinite);
        value = fill;
      }
      block[static_cast<std::size_t>(i)] = value;
    }
    scale(std::span(block).first(static_cast<std::size_t>(count)), counts);
    for (std::int64_t i = 0; i < count; ++i, out += stride) {
      const auto value = static_cast<float>(block[static_cast<std::size_t>(i)]);
      // Beyond float only for values some 10^38 deviations away: as unusable as an infinite input.
      *out = std::isinf(value) ? std::numeric_limits<float>::quiet_NaN() : value;
    }
  }
  return counts;
}

nlohmann::json NumberStep::base_json(const char* name) const {
  nlohmann::json json = {{"step", name}};
  if (fill_) json["fill"] = *fill_;
  return json;
}

void NumberStep::read_fill(const JsonPlace& json) {
  if (json.has("fill")) fill_ = json.at("fill").number();
}

}  // namespace regimetry::features

// What fitting and applying a transform met in the columns: for people, and for the record.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "features/transform/column_step.hpp"

namespace regimetry::features {

struct ColumnReport {
  std::string name;
  market::ColumnKind kind = market::ColumnKind::kNumber;
  std::int64_t rows = 0, missing = 0, infinite = 0;  // of the training rows
  bool is_dropped = false;                           // no training row has a value: not part of the transform
  // Symbols in which the column is constant (becomes 0), has no value (stays missing), or has equal quartiles
  // (its deviation stands in). One, with an empty name, where symbols are fitted together.
  std::vector<std::string> constant_in, empty_in, without_quartile_spread_in;
};

struct FitReport {
  bool is_per_symbol = false;
  std::vector<ColumnReport> columns;
  // What the user should know, each in a sentence: dropped, constant, infinite, ...
  [[nodiscard]] std::vector<std::string> warnings() const;
};

struct AppliedColumn {
  std::string name;
  StepCounts counts;
};

struct ApplyReport {
  std::int64_t rows = 0;
  std::int64_t in_sample_rows = 0;  // inside or before the fitted range
  std::vector<AppliedColumn> columns;
  [[nodiscard]] StepCounts total() const;
  [[nodiscard]] std::vector<std::string> warnings() const;
};

[[nodiscard]] nlohmann::json to_json(const FitReport& report);
[[nodiscard]] nlohmann::json to_json(const ApplyReport& report);

}  // namespace regimetry::features

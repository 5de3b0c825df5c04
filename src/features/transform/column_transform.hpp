// The transform of a whole table: one step per column, fitted on training rows, applied to any.
//
// Time:   a fitted transform knows when the last bar it was fitted on was over. Rows whose own bar was over
// by
//         then would be scaled with knowledge of their future; apply() refuses them unless the purpose is
//         description (in_sample.hpp).
// Shape:  C columns of any kind in, F >= C - (dropped) features out: a category becomes one per word.
// Values: the same bits on any number of threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "features/feature_table.hpp"
#include "features/transform/column_step.hpp"
#include "features/transform/fit_report.hpp"
#include "features/transform/fitted_range.hpp"
#include "features/transform/input_table.hpp"
#include "features/transform/transform_options.hpp"

namespace regimetry::features {

// What the transformed rows are for.
enum class Purpose {
  kPrediction,   // models, backtests: no row may know its future
  kDescription,  // looking at the past as a whole: rows inside the fitted range are welcome
};

struct ApplyOptions {
  Purpose purpose = Purpose::kPrediction;
  // Columns that the transform does not know pass through as extras.
  bool keep_other_columns = true;
};

// The steps of all symbols, or of one.
struct TransformGroup {
  std::string symbol;  // empty and without meaning where symbols are fitted together
  FittedRange range;
  std::vector<std::shared_ptr<const ColumnStep>> steps;  // one per column; never changed, so copies may share
};

// All that was learned.
struct FittedTransform {
  TransformOptions options;
  std::string version;                 // of the program that fitted it
  std::vector<InputColumn> columns;    // what it takes, in the order of the training table
  std::vector<std::string> outputs;    // the names that come out
  std::vector<std::string> symbols;    // it was fitted on, sorted
  FittedRange range;                   // over all symbols
  std::vector<TransformGroup> groups;  // one, or one per symbol and sorted
};

struct ApplyResult {
  // Metadata holds "transform": digest, method, fitted range, purpose, rows inside the fitted range.
  FeatureData data;
  ApplyReport report;
};

class ColumnTransform {
 public:
  explicit ColumnTransform(TransformOptions options = {}, std::string version = {})
      : options_(options), version_(std::move(version)) {}
  // From what was learned earlier, as a file holds it.
  explicit ColumnTransform(FittedTransform fitted);

  // Learns from all rows of `train`, for these of its columns; report() says what it met. A column without
  // any value is dropped. Throws Error: kData when there are no rows or no column is left, kUsage when two
  // outputs would have one name or the rows came out of a transform.
  ColumnTransform& fit(const InputTable& train, const std::vector<std::string>& columns, ThreadPool& pool);

  // Throws Error: kData when a column is missing or of another kind, or a symbol was not fitted (per_symbol);
  // kUsage when rows are not later than what was fitted on and the purpose is prediction, or came out of a
  // transform.
  [[nodiscard]] ApplyResult apply(const InputTable& rows, const ApplyOptions& options,
                                  ThreadPool& pool) const;

  // What was learned. Throws Error (kInternal) before the first fit().
  [[nodiscard]] const FittedTransform& fitted() const;
  // Of the last fit(); empty for a transform that was read from a file.
  [[nodiscard]] const FitReport& report() const noexcept { return report_; }

 private:
  TransformOptions options_;
  std::string version_;
  std::optional<FittedTransform> fitted_;
  FitReport report_;
};

}  // namespace regimetry::features

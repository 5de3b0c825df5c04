#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/stages.hpp"
#include "features/transform/column_transform.hpp"
#include "features/transform/feature_columns.hpp"
#include "features/transform/transform_file.hpp"
#include "features/transform/transform_input.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

using features::InputTable;

// The rows that the first fit of labels known at the time knows, so that none of those labels knows a scale
// that was learned later; all rows where there are no such labels.
features::RowSpan rows_to_learn_from(const InputTable& table, const labelling::LabelOptions& labels) {
  if (!labels.with_asof) return {};
  std::set<TimestampNs> stamps;
  for (const features::InputSegment& segment : table.segments)
    stamps.insert(segment.timestamps.begin(), segment.timestamps.end());
  const auto wanted = static_cast<std::size_t>(labels.asof.initial_stamps);
  if (stamps.size() <= wanted) return {};
  features::RowSpan span;
  span.last = *std::next(stamps.begin(), static_cast<std::ptrdiff_t>(wanted) - 1);
  return span;
}

}  // namespace

StageOutcome fit_scale(const StageContext& context) {
  const AnalyzeOptions& options = context.options;
  const features::TransformInput input = features::read_transform_input(
      context.folder / feature_file(options), {}, context.pool, context.observer);
  const InputTable& table = input.table();
  InputTable train = rows_between(table, rows_to_learn_from(table, options.labels));
  if (train.row_count() == 0) train = table;
  const features::FeatureColumns chosen =
      choose_feature_columns(train, input.features(), options.columns, context.pool);
  for (const std::string& note : chosen.notes) context.observer.on_note(note);
  // A table of signals is full of holes that mean nothing; a missing feature is one that is not known.
  const auto missing =
      options.data.is_signal_table ? features::MissingPolicy::kImpute : features::MissingPolicy::kKeep;
  features::ColumnTransform transform({.missing = missing}, options.version);
  transform.fit(train, chosen.names, context.pool);
  for (const std::string& warning : transform.report().warnings()) context.observer.on_warning(warning);
  features::write_transform(context.folder / report::kScalerFile, transform.fitted());
  return {{report::kScalerFile},
          fmt::format("the scale of {} columns, learned from {} of {} rows", chosen.names.size(),
                      train.row_count(), table.row_count())};
}

}  // namespace regimetry::analysis

#include <string>
#include <vector>

#include "analysis/final_labels.hpp"
#include "analysis/level_check.hpp"
#include "analysis/stages.hpp"
#include "core/atomic_file.hpp"
#include "core/rng.hpp"
#include "features/transform/transform_file.hpp"
#include "features/transform/transform_input.hpp"
#include "labelling/bar_table.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

// The columns that the scale was learned for are those that regimes were made from; of the table that holds
// them.
void take_columns(const StageContext& context, LevelCheckInput& input) {
  const features::TransformInput read = features::read_transform_input(
      context.folder / feature_file(context.options), {}, context.pool, silent_observer());
  const features::InputTable& table = read.table();
  const features::InputSegment& segment = table.segments.front();
  const features::FittedTransform scale = features::read_transform(context.folder / report::kScalerFile);
  for (const features::InputColumn& wanted : scale.columns) {
    const features::InputColumn* column = table.find(wanted.name);
    if (column == nullptr || column->kind != market::ColumnKind::kNumber) continue;
    const market::ColumnView& view = segment.views[static_cast<std::size_t>(column - table.columns.data())];
    std::vector<double>& values = input.columns.emplace_back();
    for (std::size_t row = 0; row < segment.timestamps.size(); ++row)
      values.push_back(features::number_at(view, row));
    input.names.push_back(wanted.name);
  }
}

}  // namespace

StageOutcome level_stage(const StageContext& context) {
  const labelling::BarTable bars(context.folder / report::kBarsFile, {}, {}, context.pool, silent_observer());
  LevelCheckInput input;
  input.timestamps = bars.table().segments.front().timestamps;
  input.close = bars.close(0);
  const std::vector<std::int32_t> labels = final_labels_at(context.folder, input.timestamps, context.pool);
  input.labels = labels;
  take_columns(context, input);
  const LevelCheck check = check_levels(input, {}, Rng(context.options.seed), context.pool);
  if (!check.warning.empty()) context.observer.on_warning(check.warning);
  write_file_atomically(context.folder / report::kLevelsFile, to_json(check).dump(2) + "\n");
  return {{report::kLevelsFile},
          check.warning.empty() ? "regimes do not follow the level of the price or the date" : check.warning};
}

}  // namespace regimetry::analysis

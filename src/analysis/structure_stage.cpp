#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "analysis/stages.hpp"
#include "core/rng.hpp"
#include "labelling/labelled_table.hpp"
#include "regimes/structure/describe_structure.hpp"
#include "regimes/structure/structure_files.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

// As `interpret` does it, which reads the same table.
void describe(const StageContext& context, const std::string& column, const std::filesystem::path& below,
              StageOutcome& outcome) {
  const labelling::LabelledTable table = labelling::read_labelled_table(
      context.folder / report::kAssignmentsFile, column, {}, context.pool, context.observer);
  const bool has_labels =
      std::any_of(table.labels.begin(), table.labels.end(), [](std::int32_t label) { return label >= 0; });
  if (!has_labels) return;
  const regimes::Structure structure = regimes::describe_structure(
      {table.labels, table.sequences, table.close, table.bars_per_year,
       table.has_time ? std::span(table.timestamps) : std::span<const TimestampNs>()},
      {}, Rng(context.options.seed), context.pool);
  const std::filesystem::path folder = context.folder / below;
  std::filesystem::create_directories(folder);
  regimes::write_structure(folder, structure,
                           {{"source", report::kAssignmentsFile},
                            {"label_column", column},
                            {"config", context.config},
                            {"version", context.options.version}});
  for (const std::filesystem::path& path : regimes::structure_paths(below))
    outcome.outputs.push_back(path.generic_string());
  if (!outcome.words.empty()) return;
  outcome.words = fmt::format("{} switches between {} regimes", structure.switches,
                              std::count_if(structure.rows_of.begin(), structure.rows_of.end(),
                                            [](std::int64_t rows) { return rows > 0; }));
}

}  // namespace

StageOutcome structure_stage(const StageContext& context) {
  StageOutcome outcome;
  describe(context, "Cluster_ID", {}, outcome);
  if (context.options.labels.with_asof) describe(context, "Cluster_ID_asof", report::kAsofFolder, outcome);
  return outcome;
}

}  // namespace regimetry::analysis

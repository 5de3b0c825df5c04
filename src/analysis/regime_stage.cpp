#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/stages.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/rng.hpp"
#include "labelling/compare_methods.hpp"
#include "labelling/kept_numbers.hpp"
#include "labelling/label_files.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/placed_source.hpp"
#include "labelling/regime_record.hpp"
#include "labelling/truth_match.hpp"
#include "regimes/alignment/label_mapping_file.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

using namespace regimetry::labelling;

// What labelling writes is what report reads, which does not know that room.
static_assert(std::string_view(kAssignmentsFile) == report::kAssignmentsFile);
static_assert(std::string_view(kRegimeRecordFile) == report::kRegimesFile);

PlacedSource read_rows(const StageContext& context) {
  return read_placed_source({.embedding_path = context.folder / row_file(context.options),
                             .regime_data_path = context.folder / report::kBarsFile,
                             .columns = context.options.columns},
                            {}, context.pool, context.observer);
}

void require_one_instrument(const AnalyzeOptions& options, const RegimeSource& source) {
  if (source.instruments.size() == 1) return;
  throw Error(
      ErrorKind::kUsage,
      fmt::format(
          "{}: holds signals of {} instruments, and an analysis is of one. Cut it into one file each, "
          "or find regimes that all share with 'regimetry embed' and 'regimetry cluster'.",
          printable(options.data.inputs.front()), source.instruments.size()));
}

// Fewer rows name regimes after accidents.
constexpr std::int64_t kFewestRows = 50;

void require_rows(const PlacedSource& rows) {
  if (rows.source.size() >= kFewestRows) return;
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "{} bars give {} rows to find regimes in, for the rest is warm-up or lacks a value; regimes "
          "need at least {}. Give a longer history, or features and windows that look back less far.",
          rows.table.row_count(), rows.source.size(), kFewestRows));
}

std::optional<MethodComparison> compare(const StageContext& context, const PlacedSource& rows,
                                        const LabelledRegimes& labelled) {
  const AnalyzeOptions& options = context.options;
  if (!options.compares_methods) return std::nullopt;
  CompareOptions compared{options.labels, options.most_compared_rows};
  compared.labels.with_asof = false;
  return compare_methods(labelled, rows.source, rows.returns, compared, Rng(options.seed), context.pool,
                         silent_observer());
}

// Numbers that an earlier run into the folder kept. Those of other data cannot be followed: they make room.
std::optional<KeptNumbers> numbers_to_follow(const StageContext& context, const RegimeSource& source) {
  std::optional<KeptNumbers> kept = find_kept_numbers(context.folder);
  if (!kept) return kept;
  const std::vector<IndexRange> sequences = source.sequences();
  const std::vector<std::string> symbols = source.symbols();
  const std::vector<std::int32_t> none(source.timestamps.size(), regimes::kNoRegime);
  const std::vector<std::int32_t> known =
      regimes::labels_at(kept->final_labels, {source.timestamps, none, sequences, symbols});
  if (std::any_of(known.begin(), known.end(), [](std::int32_t id) { return id >= 0; })) return kept;
  context.observer.on_warning(
      "the folder held regimes of other data; they make room, and regimes are numbered afresh");
  for (const char* name : {regimes::kBaselineFile, kAsofBaselineFile, regimes::kMappingFile})
    std::filesystem::remove(context.folder / name);
  return std::nullopt;
}

// Files that are there after the stage, beside those that it always writes.
void add_existing(const std::filesystem::path& folder, const char* name, StageOutcome& outcome) {
  if (std::filesystem::exists(folder / name)) outcome.outputs.emplace_back(name);
}

}  // namespace

std::string row_file(const AnalyzeOptions& options) {
  return options.rows == RowKind::kEmbeddings ? options.embeddings_file : feature_file(options);
}

StageOutcome label_stage(const StageContext& context) {
  const AnalyzeOptions& options = context.options;
  const PlacedSource rows = read_rows(context);
  require_one_instrument(options, rows.source);
  require_rows(rows);
  const std::optional<KeptNumbers> earlier = numbers_to_follow(context, rows.source);
  const LabelledRegimes labelled =
      label_regimes(rows.source, rows.returns, earlier ? &*earlier : nullptr, options.labels,
                    Rng(options.seed), context.pool, context.observer);
  const std::optional<MethodComparison> comparison = compare(context, rows, labelled);
  write_labels(context.folder, rows, labelled, options.labels.with_asof, context.config, context.pool,
               context.observer);
  write_file_atomically(
      context.folder / report::kRegimesFile,
      regime_record(rows.source, labelled, options.labels, {}, comparison, context.config).dump(2) + "\n");
  const std::string method(regimes::method_name(options.labels.regimes.method));
  StageOutcome outcome{
      {report::kAssignmentsFile, report::kRegimesFile},
      fmt::format("{} regimes by {} from {}", labelled.model.regime_count(),
                  regimes::method_words(options.labels.regimes.method), row_kind_name(options.rows))};
  if (const std::optional<KnownTruth> truth = find_truth(rows)) {
    write_file_atomically(context.folder / report::kMatchFile,
                          to_json(match_truth(*truth, method, labelled, comparison)).dump(2) + "\n");
    outcome.outputs.emplace_back(report::kMatchFile);
  }
  for (const char* name : {"cluster_assignments.csv.meta.json", regimes::kBaselineFile, kAsofBaselineFile,
                           regimes::kMappingFile})
    add_existing(context.folder, name, outcome);
  for (const auto& entry : std::filesystem::directory_iterator(context.folder / kModelFolder))
    outcome.outputs.push_back(fmt::format("{}/{}", kModelFolder, entry.path().filename().string()));
  std::sort(outcome.outputs.begin(), outcome.outputs.end());
  return outcome;
}

}  // namespace regimetry::analysis

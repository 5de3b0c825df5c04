#include "cli/asof_audit_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "cli/text_layout.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "labelling/compare_stored_asof.hpp"
#include "labelling/label_options_json.hpp"
#include "labelling/labelled_table.hpp"
#include "labelling/require_model_rows.hpp"
#include "regimes/model/regime_model_files.hpp"

namespace regimetry::cli {
namespace {

using labelling::AsofAudit;
using labelling::AsofDifference;
using labelling::StoredAsofComparison;

// Everything that the audit of a model looked at.
struct AsofFindings {
  AsofAudit audit;
  std::filesystem::path stored_path;            // where the labels on disk are looked for
  std::optional<StoredAsofComparison> stored;   // absent: there are none
  std::optional<TimestampNs> scale_known_from;  // the rows' scale was learned from rows up to then
  std::int64_t labels_on_later_scale = 0;       // labels that are not later than that

  [[nodiscard]] bool has_found() const noexcept {
    return !audit.differences.empty() || (stored && stored->differing_rows > 0);
  }
  [[nodiscard]] bool proves_something() const noexcept {
    return audit.proves_something() && (!stored || stored->compared_rows > 0);
  }
  [[nodiscard]] bool has_caveat() const noexcept { return labels_on_later_scale > 0; }
  // For machines, as docs/audits.md tells.
  [[nodiscard]] const char* verdict() const noexcept {
    if (has_found()) return "found";
    if (!proves_something()) return "unproven";
    return has_caveat() ? "none_found_with_caveat" : "none_found";
  }
};

std::string of_symbol(const std::string& symbol) {
  return symbol.empty() ? std::string() : " of " + printable(symbol);
}

std::string label_words(std::int32_t label) {
  return label == regimes::kNoRegime ? "none" : std::to_string(label);
}

std::string future_words(const AsofAudit& audit) {
  std::string text = fmt::format(
      "{} known at the time, made again at {} with the future taken away and with another "
      "one: {} compared.\n",
      counted(audit.labelled_rows, "label"), counted(static_cast<std::int64_t>(audit.cuts.size()), "moment"),
      counted(audit.compared_rows, "label"));
  for (const AsofDifference& one : audit.differences)
    text += fmt::format(
        "  future from {} {}: {} differ; first at {}{}, {} with the true future, {} with the other\n",
        format_timestamp_short(one.cut), one.future, counted(one.differing_rows, "label"),
        format_timestamp_short(one.stamp), of_symbol(one.symbol), one.whole, one.changed);
  return text;
}

std::string stored_words(const AsofFindings& findings) {
  const std::string path = printable_path(findings.stored_path);
  if (!findings.stored) return fmt::format("There is no {}, so no labels on disk were compared.\n", path);
  const StoredAsofComparison& stored = *findings.stored;
  if (stored.compared_rows == 0)
    return fmt::format("{}: none of its {} stands at a row that was labelled again.\n", path,
                       counted(stored.stored_labels, "label"));
  if (stored.differing_rows == 0)
    return fmt::format("{}: its {} are those made again.\n", path, counted(stored.compared_rows, "label"));
  return fmt::format(
      "{}: {} of {} differ from those made again; first at {}{}, {} in the file, {} made again\n", path,
      grouped_number(stored.differing_rows), counted(stored.compared_rows, "label"),
      format_timestamp_short(stored.stamp), of_symbol(stored.symbol), label_words(stored.stored),
      label_words(stored.made));
}

std::string caveat_words(const AsofFindings& findings) {
  return fmt::format(
      "the scale of the rows was learned from rows up to {}, so {} of {} knew a little of their future "
      "through it, which labelling again cannot show. 'embed --fit-until' with an early date keeps it out",
      format_timestamp(*findings.scale_known_from).substr(0, 10),
      grouped_number(findings.labels_on_later_scale), counted(findings.audit.labelled_rows, "label"));
}

std::string verdict_words(const AsofFindings& findings) {
  const AsofAudit& audit = findings.audit;
  if (!audit.differences.empty()) return "Labels depend on what came after them.\n";
  if (findings.has_found()) return "The labels on disk are not those that were known at the time.\n";
  if (!audit.proves_something()) return "There was nothing to compare, so nothing is proven.\n";
  if (!findings.proves_something()) return "Nothing is proven of the labels on disk.\n";
  return findings.has_caveat()
             ? "No label depends on rows after it, but the rows themselves depend on later ones.\n"
             : "No label depends on what came after it.\n";
}

std::string audit_words(const AsofFindings& findings) {
  std::string text = future_words(findings.audit) + stored_words(findings) + verdict_words(findings);
  if (findings.has_caveat()) text += fmt::format("Beware: {}.\n", caveat_words(findings));
  return text;
}

nlohmann::json stored_json(const AsofFindings& findings) {
  if (!findings.stored) return nullptr;
  const StoredAsofComparison& stored = *findings.stored;
  nlohmann::json json = {{"path", findings.stored_path.string()},
                         {"labels", stored.stored_labels},
                         {"compared_rows", stored.compared_rows},
                         {"differing_rows", stored.differing_rows},
                         {"first", nullptr}};
  if (stored.differing_rows > 0)
    json["first"] = {{"symbol", stored.symbol},
                     {"timestamp", format_timestamp(stored.stamp)},
                     {"stored", stored.stored},
                     {"made", stored.made}};
  return json;
}

nlohmann::json audit_json(const AsofFindings& findings) {
  nlohmann::json json = to_json(findings.audit);
  json["verdict"] = findings.verdict();
  json["stored_labels"] = stored_json(findings);
  json["caveats"] = nlohmann::json::array();
  if (findings.has_caveat()) json["caveats"].push_back(caveat_words(findings));
  return json;
}

std::filesystem::path stored_path_of(const std::filesystem::path& model) {
  return (model / ".." / "cluster_assignments.csv").lexically_normal();
}

std::optional<labelling::LabelledTable> read_stored(const std::filesystem::path& path,
                                                    CommandContext& context) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  return labelling::read_labelled_table(path, "Cluster_ID_asof", {}, context.pool(), silent_observer());
}

void warn_of_other_rows(const regimes::RegimeModelFacts& facts, const labelling::RegimeSource& source,
                        CommandContext& context) {
  const auto [first, last] = std::minmax_element(source.timestamps.begin(), source.timestamps.end());
  if (source.size() == facts.trained_rows && *first == facts.trained_first && *last == facts.trained_last)
    return;
  context.observer().on_warning(fmt::format(
      "{}: has {} from {} to {}, and the model was fitted on {} from {} to {}; what is proven is proven of "
      "the rows given",
      printable(source.path), counted(source.size(), "row"), format_timestamp_short(*first),
      format_timestamp_short(*last), grouped_number(facts.trained_rows),
      format_timestamp_short(facts.trained_first), format_timestamp_short(facts.trained_last)));
}

void look_at_scale(const labelling::RegimeSource& source, AsofFindings& findings) {
  if (!source.scale_known_from || source.has_row_numbers) return;
  findings.scale_known_from = source.scale_known_from;
  for (std::size_t row = 0; row < findings.audit.ids.size(); ++row)
    if (findings.audit.ids[row] != regimes::kNoRegime && source.timestamps[row] <= *source.scale_known_from)
      ++findings.labels_on_later_scale;
}

}  // namespace

int run_asof_audit(const std::filesystem::path& model, const labelling::PlacedSourceOptions& input,
                   const labelling::AsofAuditOptions& options, const market::ReadOptions& reading,
                   CommandContext& context) {
  const regimes::RegimeModel fitted = regimes::read_regime_model(model);
  const labelling::StoredLabelOptions settings =
      labelling::label_options_of(fitted.facts().settings, printable_path(model));
  if (!settings.options.with_asof)
    throw Error(ErrorKind::kUsage,
                fmt::format("{} was made with --no-asof: it has no labels that were known at the "
                            "time",
                            printable_path(model)));
  const labelling::PlacedSource placed =
      labelling::read_placed_source(input, reading, context.pool(), context.observer());
  require_model_rows(fitted, placed.source);
  warn_of_other_rows(fitted.facts(), placed.source, context);
  AsofFindings findings;
  findings.stored_path = stored_path_of(model);
  const std::optional<labelling::LabelledTable> stored = read_stored(findings.stored_path, context);
  findings.audit = labelling::audit_asof(placed.source, placed.returns, settings.options, options,
                                         Rng(settings.seed), context.pool(), context.observer());
  if (stored) findings.stored = compare_stored_asof(*stored, placed, findings.audit.ids);
  look_at_scale(placed.source, findings);
  context.print(audit_words(findings));
  context.print_json(audit_json(findings));
  const bool is_clean = !findings.has_found() && findings.proves_something();
  context.finish(is_clean && !findings.has_caveat() ? "nothing found" : "see above", "");
  return is_clean ? 0 : 1;
}

}  // namespace regimetry::cli

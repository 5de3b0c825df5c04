#include "cli/asof_audit_run.hpp"

#include <fmt/format.h>

#include <string>

#include "cli/text_layout.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "labelling/label_options_json.hpp"
#include "regimes/model/regime_model_files.hpp"

namespace regimetry::cli {
namespace {

using labelling::AsofAudit;
using labelling::AsofDifference;

std::string audit_words(const AsofAudit& audit) {
  std::string text = fmt::format(
      "{} known at the time, made again at {} with the future taken away and with another "
      "one: {} compared.\n",
      counted(audit.labelled_rows, "label"), counted(static_cast<std::int64_t>(audit.cuts.size()), "moment"),
      counted(audit.compared_rows, "label"));
  for (const AsofDifference& one : audit.differences)
    text += fmt::format(
        "  future from {} {}: {} differ; first at {}{}, {} with the true future, {} with the other\n",
        format_timestamp_short(one.cut), one.future, counted(one.differing_rows, "label"),
        format_timestamp_short(one.stamp), one.symbol.empty() ? "" : " of " + printable(one.symbol),
        one.whole, one.changed);
  if (!audit.proves_something()) return text + "There was nothing to compare, so nothing is proven.\n";
  return text + (audit.differences.empty() ? "No label depends on what came after it.\n"
                                           : "Labels depend on what came after them.\n");
}

}  // namespace

bool is_regime_model(const std::filesystem::path& path) {
  return std::filesystem::is_regular_file(path / "regime_model.json");
}

int run_asof_audit(const std::filesystem::path& model, const labelling::PlacedSourceOptions& input,
                   const labelling::AsofAuditOptions& options, const market::ReadOptions& reading,
                   CommandContext& context) {
  const regimes::RegimeModel fitted = regimes::read_regime_model(model);
  const labelling::StoredLabelOptions stored =
      labelling::label_options_of(fitted.facts().settings, printable_path(model));
  if (!stored.options.with_asof)
    throw Error(ErrorKind::kUsage,
                fmt::format("{} was made with --no-asof: it has no labels that were known at the "
                            "time",
                            printable_path(model)));
  const labelling::PlacedSource placed =
      labelling::read_placed_source(input, reading, context.pool(), context.observer());
  const AsofAudit audit = labelling::audit_asof(placed.source, placed.returns, stored.options, options,
                                                Rng(stored.seed), context.pool(), context.observer());
  context.print(audit_words(audit));
  context.print_json(labelling::to_json(audit));
  const bool is_clean = audit.differences.empty() && audit.proves_something();
  context.finish(is_clean ? "nothing found" : "see above", "");
  return is_clean ? 0 : 1;
}

}  // namespace regimetry::cli

// regimetry audit lookahead FILE... --set core95: proves that no feature sees later bars, or names the leaks.
#include <string>
#include <utility>
#include <vector>

#include "cli/asof_audit_run.hpp"
#include "cli/audited_features.hpp"
#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/lookahead_run.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"
#include "regimes/model/regime_model_files.hpp"

namespace regimetry::cli {
namespace {

class AuditLookaheadCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "audit lookahead"; }
  [[nodiscard]] std::string_view summary() const override {
    return "prove that no feature uses later bars, or name those that do";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Computes the features on the whole history, on prefixes of it, and on histories whose future was "
           "changed, and demands the same bits up to each cut. Further columns of the file, which cannot be "
           "recomputed, and the features are also held against later bars, so that a label among them is "
           "found.\n"
           "Exits with 0 when nothing was found, and with 1 when something was or when there were too few "
           "prefixes to prove anything. Each culprit is named with the first row that changed, both values, "
           "the cut, and how many bars ahead it reads. docs/audits.md tells how to read the report and what "
           "no audit can prove.\n"
           "Of a folder regime_model that 'cluster' wrote, or the folder around it, it makes the labels that "
           "were known at the time again, from the rows of --embedding-path, without their future and with "
           "another one, and compares them with cluster_assignments.csv beside it.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry audit lookahead demo/market.parquet --set regime --bar-budget 2000000",
            "regimetry audit lookahead demo/market.parquet --features 'rsi(14), atr(14)' --bar-budget "
            "2000000 --json"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", inputs_,
               "Files, globs ('data/*.csv') or folders of bars; or one folder regime_model.",
               {.placeholder = "FILE", .positional = true, .required = true});
    const std::string group = "How much to look at";
    schema.add("bar_budget", options_.bar_budget,
               "Bars to compute in all. More finds leaks that bite rarely, and takes longer; bigger data is "
               "sampled.",
               {.placeholder = "N", .minimum = 1, .group = group});
    schema.add("cuts", options_.cuts.spread_count,
               "Cuts evenly over the history at which every kind of other future is tried.",
               {.placeholder = "N", .minimum = features::kFewestPrefixes, .group = group});
    schema.add("gap_cuts", options_.cuts.gap_count,
               "Cuts before the widest gaps, and as many at missing values.",
               {.placeholder = "N", .minimum = 0, .group = group});
    schema.add("random_cuts", options_.cuts.random_count, "Cuts at places drawn by --seed.",
               {.placeholder = "N", .minimum = 0, .group = group});
    schema.add("least_correlation", options_.likeness.least_correlation,
               "Rank correlation with a later return from which on a column is suspected.",
               {.minimum = 0, .maximum = 1, .group = group});
    declare_regimes(schema);
    features_.declare(schema);
    data_.declare_reading(schema);
    data_.declare_checks(schema);
    data_.declare_cleaning(schema);
    schema.add_check([this] { return options_.problems(); });
  }

  int run(CommandContext& context) override {
    if (inputs_.size() == 1 && regimes::has_regime_model(inputs_.front()))
      return run_asof_audit(regimes::find_regime_model(inputs_.front()), regime_input_, asof_options_,
                            data_.read_options(), context);
    market::ReadResult read =
        market::read_market(inputs_, data_.read_options(), context.pool(), context.observer());
    const market::CleanResult cleaned =
        market::clean(std::move(read.data), data_.quality_options(), context.pool(), context.observer());
    options_.seed = context.common().seed;
    const AuditedFeatures audited =
        audited_features(features_, cleaned.data, context.pool(), context.observer());
    return run_lookahead_audit(audited, cleaned.data, options_, context);
  }

 private:
  void declare_regimes(SettingSchema& schema) {
    const std::string group = "Of a regime model";
    schema.add("embedding_path", regime_input_.embedding_path, "The rows that it was fitted on.",
               {.placeholder = "FILE", .group = group});
    schema.add("regime_data_path", regime_input_.regime_data_path, "The table that they were laid over.",
               {.placeholder = "FILE", .group = group});
    schema.add("regime_cuts", asof_options_.cut_count, "Moments at which the future is changed.",
               {.placeholder = "N", .minimum = 1, .group = group});
    schema.add_check([this]() -> std::vector<std::string> {
      const bool is_model = inputs_.size() == 1 && regimes::has_regime_model(inputs_.front());
      if (is_model == !regime_input_.embedding_path.empty()) return {};
      if (is_model) return {"embedding_path is missing: the rows that the regime model was fitted on"};
      return {"embedding_path is for a folder regime_model, and none is given"};
    });
  }

  std::vector<std::string> inputs_;
  labelling::PlacedSourceOptions regime_input_;
  labelling::AsofAuditOptions asof_options_;
  features::LookaheadOptions options_;
  FeatureSettings features_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_audit_lookahead_command() {
  return std::make_unique<AuditLookaheadCommand>();
}

}  // namespace regimetry::cli

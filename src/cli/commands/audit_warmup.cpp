// regimetry audit warmup FILE... --set core95: how many bars until where history starts stops mattering.
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/audited_features.hpp"
#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/format_warmup.hpp"
#include "features/audit/warmup.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"

namespace regimetry::cli {
namespace {

class AuditWarmupCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "audit warmup"; }
  [[nodiscard]] std::string_view summary() const override {
    return "how many bars until a value no longer depends on where history starts";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Computes the features on short histories that end at the same bars as the whole one, and says "
           "from how many bars on each value is that of the whole history: within a tolerance, and bit for "
           "bit. Features that never get there, such as running totals, are named with what to use "
           "instead.\n"
           "Feed live computation with at least as many bars before the first value you trust.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry audit warmup demo/market.parquet --set regime --starts 199,399,999",
        "regimetry audit warmup demo/market.parquet --features 'rsi(14), ema_ratio(12,26)' --ends 4 --json"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", inputs_, "Files, globs ('data/*.csv') or folders.",
               {.placeholder = "FILE", .positional = true, .required = true});
    const std::string group = "How much to look at";
    schema.add("starts", starts_, "Bars of history before an end point.",
               {.placeholder = "N", .minimum = 0, .group = group});
    schema.add("ends", options_.end_count, "End points, evenly over the history behind the longest start.",
               {.placeholder = "N", .minimum = 1, .group = group});
    schema.add("tolerance", options_.tolerance, "How near a value must come, in deviations of its column.",
               {.minimum = 0, .group = group});
    schema.add("bar_limit", options_.bar_limit, "Bars to look at; bigger data is sampled by instrument.",
               {.placeholder = "N", .minimum = 1, .group = group});
    features_.declare(schema);
    data_.declare_reading(schema);
    data_.declare_checks(schema);
    data_.declare_cleaning(schema);
    schema.add_check([this] { return problems_of_starts(); });
  }

  int run(CommandContext& context) override {
    market::ReadResult read =
        market::read_market(inputs_, data_.read_options(), context.pool(), context.observer());
    const market::CleanResult cleaned =
        market::clean(std::move(read.data), data_.quality_options(), context.pool(), context.observer());
    const AuditedFeatures audited =
        audited_features(features_, cleaned.data, context.pool(), context.observer());
    options_.starts.assign(starts_.begin(), starts_.end());
    const features::WarmupReport report = features::audit_warmup(audited.computation, cleaned.data, options_,
                                                                 context.pool(), context.observer());
    context.print(format_warmup(report, audited.words()));
    context.print_json(with_audited_features(to_json(report), audited));
    return 0;
  }

 private:
  [[nodiscard]] std::vector<std::string> problems_of_starts() const {
    std::vector<std::string> problems;
    if (starts_.empty())
      problems.emplace_back("starts: is empty; give bars of history, as in '--starts 199,999'");
    for (const double start : starts_) {
      if (start != std::floor(start) || start > 1e9)
        problems.push_back("starts: must be whole numbers of bars, as in '--starts 199,999'");
    }
    return problems;
  }

  std::vector<std::string> inputs_;
  std::vector<double> starts_ = {199, 399, 499, 999, 1999};  // lists of settings hold doubles
  features::WarmupOptions options_;
  FeatureSettings features_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_audit_warmup_command() {
  return std::make_unique<AuditWarmupCommand>();
}

}  // namespace regimetry::cli

// regimetry simulate: a market whose regimes are known, with the truth and the best possible answers beside
// it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/text_layout.hpp"
#include "core/atomic_file.hpp"
#include "core/printable.hpp"
#include "market/simulation/caught_problem.hpp"
#include "market/simulation/presets.hpp"
#include "market/simulation/simulate_market.hpp"
#include "market/simulation/truth_columns.hpp"
#include "market/simulation/truth_file.hpp"
#include "market/writing/output_format.hpp"
#include "market/writing/write_market.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::market;

// In words and columns: presets, regimes, what the oracle reaches.

std::string preset_list() {
  std::string text = "Presets (--preset NAME):\n";
  for (const Preset& preset : presets())
    text += fmt::format("  {:<18} {}\n", preset.name, preset.description);
  text += "\nKinds of defects (--defects NAME,... or all):\n";
  for (const DefectKind& kind : defect_kinds())
    text += fmt::format("  {:<22} {}\n", kind.name, kind.description);
  return text;
}

nlohmann::json preset_list_json() {
  nlohmann::json list = nlohmann::json::array();
  for (const Preset& preset : presets())
    list.push_back({{"name", preset.name}, {"description", preset.description}});
  nlohmann::json defects = nlohmann::json::array();
  for (const DefectKind& kind : defect_kinds())
    defects.push_back({{"name", kind.name}, {"description", kind.description}});
  return {{"presets", std::move(list)}, {"defects", std::move(defects)}};
}

std::string noise_words(const RegimeParameters& parameters) {
  if (!parameters.student_t_dof) return "normal noise";
  return fmt::format("Student-t noise with {:g} degrees of freedom, scaled to the sd",
                     *parameters.student_t_dof);
}

std::string regime_table(const SimulatedMarket& market) {
  const RegimeParameters& parameters = market.parameters;
  std::size_t width = 8;
  for (const std::string& name : parameters.names) width = std::max(width, display_width(name) + 2);
  std::string text = fmt::format("  {:<{}}{:>12}{:>12}{:>11}{:>15}{:>12}{:>12}\n", "regime", width,
                                 "mean/bar", "sd/bar", "stay", "mean dwell", "share here", "long run");
  const std::vector<double> long_run = parameters.stationary_shares();
  for (int k = 0; k < parameters.regime_count(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    text +=
        fmt::format("  {:<{}}{:>12}{:>12}{:>11.5f}{:>15}{:>11.1f}%{:>11.1f}%\n", parameters.names[at], width,
                    fmt::format("{:+.4g}", parameters.means[at]), fmt::format("{:.4g}", parameters.sds[at]),
                    parameters.transition_at(k, k), fmt::format("{:.4g} bars", parameters.mean_dwell_bars(k)),
                    100 * market.regime_shares[at], 100 * long_run[at]);
  }
  return text;
}

std::string oracle_table(const OracleScores& scores) {
  std::string text =
      "What an observer reaches who knows these parameters and sees an instrument's returns (the ceiling for "
      "methods that see\n"
      "no more; means over instruments):\n";
  text += fmt::format("  {:<34}{:>10}{:>19}{:>15}\n", "", "accuracy", "balanced accuracy", "adjusted Rand");
  const auto row = [&](const char* name, const LabelScores& s) {
    text += fmt::format("  {:<34}{:>10.3f}{:>19.3f}{:>15.3f}\n", name, s.accuracy, s.balanced_accuracy,
                        s.adjusted_rand);
  };
  row("filter (past returns only)", scores.filter);
  row("smoother (all returns)", scores.smoother);
  row("Viterbi path (all returns)", scores.viterbi);
  const DirectionScores& d = scores.direction;
  text += fmt::format(
      "  Sign of the next return: best rule {:.2f}% expected, {:.2f}% here; always betting on the commoner "
      "sign {:.2f}%;\n"
      "  nobody, told the true regime, can expect more than {:.2f}%.\n",
      100 * d.bayes_accuracy, 100 * d.realised_accuracy, 100 * std::max(d.up_share, 1 - d.up_share),
      100 * d.bound_knowing_regime);
  return text;
}

std::string defect_words(const SimulatedMarket& market) {
  std::map<std::string, int> counts;
  for (const DefectRecord& record : market.defects) ++counts[record.kind];
  std::string text = fmt::format("{} defects put in on purpose:", market.defects.size());
  for (const auto& [kind, count] : counts) text += fmt::format(" {} x {},", count, kind);
  text.back() = '.';
  return text + "\n";
}

std::string extras_words(const SimulationOptions& options) {
  std::string text;
  const auto add = [&](const std::string& sentence) { text += "  - " + sentence + "\n"; };
  if (options.dwell_shape > 1)
    add(fmt::format("stays are negative binomial of shape {} (semi-Markov)", options.dwell_shape));
  if (options.garch_alpha > 0 || options.garch_beta > 0) {
    add(fmt::format("volatility clusters inside regimes: GARCH({:g}, {:g})", options.garch_alpha,
                    options.garch_beta));
  }
  if (options.shared_regime) add("all instruments share one regime path");
  if (options.market_correlation > 0 || options.sector_correlation) {
    add(fmt::format("noise correlates {:g} across and {:g} within {} sector{}", options.market_correlation,
                    options.sector_correlation.value_or(options.market_correlation), options.sectors,
                    options.sectors == 1 ? "" : "s"));
  }
  if (options.signal_strength > 0) {
    add(fmt::format("planted_signal moves the mean of the next bar by {:g} sd", options.signal_strength));
  }
  if (options.calendar.overnight_share > 0)
    add(fmt::format("{:g} of a day's variance passes overnight", options.calendar.overnight_share));
  if (options.splits > 0)
    add(fmt::format("{} unadjusted split{} per instrument (column split_ratio)", options.splits,
                    options.splits == 1 ? "" : "s"));
  return text.empty() ? text : "On top:\n" + text;
}

std::string summary_words(const SimulationOptions& options, const SimulatedMarket& market) {
  const Bars& first = market.data.instruments.front();
  const std::string origin =
      options.means.empty() ? fmt::format("preset {}", options.preset) : std::string("your own regimes");
  std::string text = fmt::format(
      "Simulated {} instrument{} of {} bars of {} from {}: {} regime{}, {}.\n{} to {}.\n\n",
      options.instruments, options.instruments == 1 ? "" : "s", grouped_number(options.bars),
      market.parameters.timeframe.name(), origin, market.parameters.regime_count(),
      market.parameters.regime_count() == 1 ? "" : "s", noise_words(market.parameters),
      format_timestamp_short(first.timestamps.front()), format_timestamp_short(first.timestamps.back()));
  text += regime_table(market);
  const std::string extras = extras_words(options);
  if (!extras.empty()) text += "\n" + extras;
  if (options.truth || options.signal_strength > 0) text += "\n" + oracle_table(market.scores);
  if (!options.defects.empty()) text += "\n" + defect_words(market);
  return text;
}

class SimulateCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "simulate"; }
  [[nodiscard]] std::string_view summary() const override { return "make a market whose regimes are known"; }
  [[nodiscard]] std::string_view description() const override {
    return "Draws bars from regimes with known parameters and writes them with the truth beside them: the "
           "regime of every bar, and "
           "what the best possible observer would have said (Viterbi path, filter, smoother, odds of the "
           "next sign). Whatever a "
           "method finds in this market can be compared with what was there to be found.\n"
           "Columns true_* and oracle_* are answers: never make features of them. --no-truth leaves them "
           "out.\n"
           "The same options and seed give the same file everywhere.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry simulate --preset hardy3-daily --bars 5000 --instruments 20 --seed 7 -o demo/many.parquet",
        "regimetry simulate --timeframe 1h --bars 20000 --garch-alpha 0.08 --garch-beta 0.9 -o "
        "demo/hourly.parquet",
        "regimetry simulate --defects all -o demo/broken.csv", "regimetry simulate --list-presets"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("output", output_, "Where the market goes: .parquet, .csv (also .gz, .zst) or .jsonl.",
               {.placeholder = "FILE", .short_flag = 'o', .affects_result = false});
    schema.add(
        "truth_file", truth_file_,
        "Also write the truth as JSON here: settings, parameters, scores, defects, and per bar what the "
        "columns true_* and oracle_* hold (with --no-truth too).",
        {.placeholder = "FILE", .affects_result = false});
    schema.add("list_presets", list_presets_, "Only list the presets and the kinds of defects.",
               {.affects_result = false});
    declare_size(schema);
    declare_regimes(schema);
    declare_calendar(schema);
    declare_layers(schema);
    declare_defects(schema);
    schema.add_check([this] { return list_presets_ ? std::vector<std::string>{} : problems(); });
  }

  int run(CommandContext& context) override {
    if (list_presets_) {
      context.print(preset_list());
      context.print_json(preset_list_json());
      return 0;
    }
    const std::filesystem::path path = context.output_path(output_);
    // A missing folder is told now, not after everything is computed.
    static_cast<void>(AtomicFile(path));
    if (truth_file_) static_cast<void>(AtomicFile(context.output_path(*truth_file_)));
    options_.truth = !no_truth_ || truth_file_.has_value();
    SimulatedMarket market =
        simulate_market(options_, context.common().seed, context.pool(), context.observer());
    market.data.metadata["config"] = context.resolved_config();
    if (truth_file_) write_truth_file(context.output_path(*truth_file_), market.data);
    if (no_truth_) leave_out_truth(market);
    write_market(path, market.data, context.pool(), context.observer(),
                 {.row_order = has_order_defects(market) ? RowOrder::kAsGiven : RowOrder::kByTime});
    context.print(summary_words(options_, market));
    context.print_json({{"output", path.string()},
                        {"bar_count", market.data.bar_count()},
                        {"config", context.resolved_config()},
                        {"simulation", market.data.metadata["simulation"]}});
    context.finish(path.string(), fmt::format("regimetry describe {}", path.string()));
    return 0;
  }

 private:
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> found = options_.problems();
    passes(found, [&] { static_cast<void>(output_format_of(output_)); });
    if (truth_file_ && (*truth_file_ == output_ || *truth_file_ == metadata_path_of(output_))) {
      found.push_back(fmt::format("truth_file: {} is written with the market itself; choose another name",
                                  printable_path(*truth_file_)));
    }
    return found;
  }

  // Whether there is a truth file must not show in the market: it is as if no truth had been asked for.
  void leave_out_truth(SimulatedMarket& market) {
    options_.truth = false;
    for (Bars& bars : market.data.instruments) drop_truth_columns(bars);
    if (options_.signal_strength == 0) market.data.metadata["simulation"].erase("oracle_scores");
  }

  // A defect that consists in the order of the rows alone is in a file only if its rows are left as they are.
  [[nodiscard]] static bool has_order_defects(const SimulatedMarket& market) {
    return std::any_of(market.defects.begin(), market.defects.end(), [](const DefectRecord& record) {
      const std::vector<DefectKind>& kinds = defect_kinds();
      return std::any_of(kinds.begin(), kinds.end(),
                         [&](const DefectKind& kind) { return kind.is_order && kind.name == record.kind; });
    });
  }

  void declare_size(SettingSchema& schema) {
    schema.add("bars", options_.bars, "Bars per instrument.", {.placeholder = "N", .minimum = 1});
    schema.add("instruments", options_.instruments,
               "Instruments: SIM0001, SIM0002, ... More leave the earlier ones as they are.",
               {.placeholder = "N", .minimum = 1});
    schema.add("symbol_prefix", options_.symbol_prefix, "Letters before the number of an instrument.");
    schema.add("start_price", options_.start_price, "Price before the first bar.", {.placeholder = "PRICE"});
    schema.add("base_volume", options_.base_volume, "Volume of a bar of ordinary volatility.",
               {.placeholder = "N"});
  }

  void declare_regimes(SettingSchema& schema) {
    const std::string group = "Regimes";
    schema.add("preset", options_.preset, "Regimes by name; --list-presets tells them all.",
               {.placeholder = "NAME", .group = group});
    schema.add("timeframe", options_.timeframe,
               "Length of a bar (1m, 1h, 1d, 1w, 1mo). A preset is scaled to it; absent: the preset's own.",
               {.placeholder = "TIME", .group = group});
    schema.add("means", options_.means,
               "Your own regimes: mean log return per bar of each. Needs --sds and --transition.",
               {.group = group});
    schema.add("sds", options_.sds, "Sd of the log return of each regime.", {.group = group});
    schema.add("transition", options_.transition,
               "Transition probabilities per bar, row by row (K x K values).", {.group = group});
    schema.add("regime_names", options_.regime_names, "Names of your own regimes; absent: r0, r1, ...",
               {.group = group});
    schema.add("student_t_dof", options_.student_t_dof,
               "Degrees of freedom of Student-t noise, scaled to the regime's sd (above 2); 0: normal; "
               "absent: the preset's.",
               {.placeholder = "N", .group = group});
    schema.add("dwell_shape", options_.dwell_shape,
               "Above 1: negative-binomial stays with the same mean, fewer short ones (semi-Markov).",
               {.placeholder = "R", .minimum = 1, .group = group});
    schema.add("zero_drift", options_.zero_drift,
               "Take the long-run mean return off every regime, so that long series stay in sight.",
               {.group = group});
  }

  void declare_calendar(SettingSchema& schema) {
    const std::string group = "Calendar";
    CalendarOptions& calendar = options_.calendar;
    schema.add_choice<CalendarKind>(
        "calendar", calendar.kind,
        {{"auto", CalendarKind::kAuto},
         {"business", CalendarKind::kBusiness},
         {"session", CalendarKind::kSession},
         {"24x7", CalendarKind::kAlways}},
        "When bars happen; auto: business days, and sessions for bars shorter than a day.", {.group = group});
    schema.add("start", calendar.start, "No bar before this date.", {.placeholder = "DATE", .group = group});
    schema.add("session_open", calendar.session_open, "Opening time on the wall of --session-zone.",
               {.placeholder = "HH:MM", .group = group});
    schema.add("session_close", calendar.session_close, "Closing time.",
               {.placeholder = "HH:MM", .group = group});
    schema.add("session_zone", calendar.time_zone, "Time zone of the session, IANA name.",
               {.placeholder = "ZONE", .group = group});
    schema.add("intraday_seasonality", calendar.intraday_seasonality,
               "U-shape of a session: variance and volume at its ends are 1 + 2a times, in the middle 1 - a "
               "times the average. Absent: 0.5 for sessions.",
               {.placeholder = "A", .group = group});
    schema.add("overnight_share", calendar.overnight_share,
               "Share of a day's variance between close and next open, seen as a gap.",
               {.placeholder = "SHARE", .group = group});
  }

  void declare_layers(SettingSchema& schema) {
    const std::string group = "On top of the regimes";
    schema.add("garch_alpha", options_.garch_alpha,
               "Volatility clustering inside regimes: weight of the last shock.", {.group = group});
    schema.add("garch_beta", options_.garch_beta, "Weight of the last variance; alpha + beta below 1.",
               {.group = group});
    schema.add("shared_regime", options_.shared_regime,
               "All instruments are in the same regime at the same time.", {.group = group});
    schema.add("market_correlation", options_.market_correlation,
               "Correlation of the noise of any two instruments.", {.group = group});
    schema.add("sector_correlation", options_.sector_correlation,
               "The same inside a sector; absent: as --market-correlation.", {.group = group});
    schema.add("sectors", options_.sectors, "Sectors; instrument i belongs to sector i mod this.",
               {.placeholder = "N", .group = group});
    schema.add(
        "signal_strength", options_.signal_strength,
        "Plants a column planted_signal (standard normal) that moves the next bar's mean by so many sds.",
        {.group = group});
    schema.add("splits", options_.splits, "Unadjusted share splits per instrument.",
               {.placeholder = "N", .group = group});
  }

  void declare_defects(SettingSchema& schema) {
    const std::string group = "Truth and defects";
    schema.add("no_truth", no_truth_, "Leave out the columns true_* and oracle_*.", {.group = group});
    schema.add("defects", options_.defects,
               "Defects to put in on purpose, by name, or all; where they are is recorded.",
               {.group = group});
    schema.add("defect_rate", options_.defect_rate, "Share of bars that get each kind (at least one).",
               {.group = group});
  }

  SimulationOptions options_;
  std::filesystem::path output_ = "market.parquet";
  std::optional<std::filesystem::path> truth_file_;
  bool no_truth_ = false, list_presets_ = false;
};

}  // namespace

std::unique_ptr<Command> make_simulate_command() {
  return std::make_unique<SimulateCommand>();
}

}  // namespace regimetry::cli

#include "market/simulation/simulation_options.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/error.hpp"
#include "market/simulation/caught_problem.hpp"
#include "market/simulation/defects.hpp"
#include "market/simulation/name_problems.hpp"
#include "market/simulation/presets.hpp"
#include "market/simulation/regime_scaling.hpp"
#include "market/simulation/volatility_clustering.hpp"

namespace regimetry::market {
namespace {

Timeframe parse_timeframe(const std::string& text) {
  const std::optional<Timeframe> timeframe = Timeframe::parse(text);
  if (!timeframe || !timeframe->is_known()) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("--timeframe '{}' is not a timeframe; write 1m, 15m, 1h, 4h, 1d, 1w or 1mo", text));
  }
  return *timeframe;
}

bool is_custom(const SimulationOptions& options) {
  return !options.means.empty() || !options.sds.empty() || !options.transition.empty() ||
         !options.regime_names.empty();
}

RegimeParameters custom_parameters(const SimulationOptions& options, Timeframe timeframe) {
  RegimeParameters parameters;
  parameters.means = options.means;
  parameters.sds = options.sds;
  parameters.transition = options.transition;
  parameters.names = options.regime_names;
  if (parameters.names.empty()) {
    for (std::size_t k = 0; k < options.means.size(); ++k) parameters.names.push_back(fmt::format("r{}", k));
  }
  parameters.timeframe = timeframe;
  return parameters;
}

RegimeParameters preset_parameters(const SimulationOptions& options, Timeframe timeframe) {
  const RegimeParameters& preset = find_preset(options.preset).parameters;
  if (timeframe == preset.timeframe) return preset;
  // Days count alike on both sides: those of the wanted calendar, with the preset's own bar read on a daily
  // calendar.
  CalendarOptions preset_calendar = options.calendar;
  if (preset_calendar.kind == CalendarKind::kSession) preset_calendar.kind = CalendarKind::kBusiness;
  const double ratio = trading_days_per_bar(options.calendar, timeframe) /
                       trading_days_per_bar(preset_calendar, preset.timeframe);
  return rescale(preset, ratio, timeframe);
}

// Neither normal noise nor a number of degrees of freedom.
bool has_bad_tails(const SimulationOptions& options) {
  const double dof = options.student_t_dof.value_or(0);
  return dof != 0 && !(dof > 2 && dof <= 1e6);
}

// Everything but --zero-drift. Throws Error (kUsage) for a preset that cannot be brought to `timeframe`.
RegimeParameters unchecked_parameters(const SimulationOptions& options, Timeframe timeframe) {
  RegimeParameters parameters =
      is_custom(options) ? custom_parameters(options, timeframe) : preset_parameters(options, timeframe);
  if (options.student_t_dof && !has_bad_tails(options)) {
    parameters.student_t_dof = *options.student_t_dof == 0 ? std::nullopt : options.student_t_dof;
  }
  parameters.dwell_shape = options.dwell_shape;
  return parameters;
}

Timeframe wanted_timeframe(const SimulationOptions& options) {
  if (options.timeframe) return parse_timeframe(*options.timeframe);
  return is_custom(options) ? Timeframe{.nanoseconds = kNsPerDay, .months = 0}
                            : find_preset(options.preset).parameters.timeframe;
}

// Preset, timeframe, calendar and regimes, each as far as the ones before allow.
void check_setup(std::vector<std::string>& problems, const SimulationOptions& options,
                 std::int64_t bar_count) {
  const bool has_preset =
      is_custom(options) || passes(problems, [&] { static_cast<void>(find_preset(options.preset)); });
  std::optional<Timeframe> timeframe;
  if (has_preset || options.timeframe) passes(problems, [&] { timeframe = wanted_timeframe(options); });
  const std::vector<std::string> calendar_problems = options.calendar.problems(timeframe, bar_count);
  problems.insert(problems.end(), calendar_problems.begin(), calendar_problems.end());
  // Own regimes can be judged on their own, a preset is scaled by the calendar.
  if (!is_custom(options) && !(has_preset && timeframe && calendar_problems.empty())) return;
  passes(problems, [&] {
    const std::vector<std::string> more =
        unchecked_parameters(options, timeframe.value_or(Timeframe{})).problems();
    problems.insert(problems.end(), more.begin(), more.end());
  });
}

void check_range(std::vector<std::string>& problems, const char* key, double value, bool fits,
                 const char* range) {
  if (!fits) problems.push_back(fmt::format("{}: {} is outside {}", key, value, range));
}

}  // namespace

std::vector<std::string> SimulationOptions::problems() const {
  std::vector<std::string> problems = VolatilityClustering::problems(garch_alpha, garch_beta);
  const auto check = [&](const char* key, double value, bool fits, const char* range) {
    check_range(problems, key, value, fits, range);
  };
  const bool has_bars = bars >= 1 && bars <= 1'000'000'000;
  check("bars", static_cast<double>(bars), has_bars, "1 .. 1000000000");
  check("instruments", instruments, instruments >= 1 && instruments <= 9999, "1 .. 9999");
  check("sectors", sectors, sectors >= 1 && sectors <= 9999, "1 .. 9999");
  check("market_correlation", market_correlation, market_correlation >= 0 && market_correlation < 1,
        "[0, 1)");
  const double within = sector_correlation.value_or(market_correlation);
  check("sector_correlation", within, within >= market_correlation && within < 1, "[market_correlation, 1)");
  check("signal_strength", signal_strength, signal_strength >= 0 && signal_strength <= 100, "0 .. 100");
  check("splits", splits, splits >= 0 && splits < std::min<std::int64_t>(bars, 1000),
        "0 .. 999, fewer than bars");
  check("start_price", start_price, start_price > 0 && std::isfinite(start_price), "(0, inf)");
  check("base_volume", base_volume, base_volume >= 1 && base_volume <= 1e15, "1 .. 1e15");
  check("volume_sd_exponent", volume_sd_exponent, std::abs(volume_sd_exponent) <= 10, "-10 .. 10");
  check("volume_noise", volume_noise, volume_noise >= 0 && volume_noise <= 10, "0 .. 10");
  check("defect_rate", defect_rate, defect_rate > 0 && defect_rate <= 0.1, "(0, 0.1]");
  if (has_bad_tails(*this)) {
    problems.push_back(fmt::format(
        "student_t_dof: {} is neither 0 (normal) nor in (2, 1000000]; the variance is finite only above 2",
        *student_t_dof));
  }
  if (std::optional<std::string> problem = name_problem("symbol_prefix", symbol_prefix))
    problems.push_back(std::move(*problem));
  for (const std::string& name : unknown_defects(defects)) problems.push_back(name);
  check_setup(problems, *this, has_bars ? bars : 1);
  return problems;
}

RegimeParameters resolve_parameters(const SimulationOptions& options) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("the simulation cannot be set up:\n  - {}", fmt::join(problems, "\n  - ")));
  }
  RegimeParameters parameters = unchecked_parameters(options, wanted_timeframe(options));
  if (options.zero_drift) {
    const double drift = parameters.mean_return();
    for (double& mean : parameters.means) mean -= drift;
  }
  return parameters;
}

}  // namespace regimetry::market

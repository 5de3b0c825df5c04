#include "market/simulation/presets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "market/simulation/regime_scaling.hpp"

namespace regimetry::market {
namespace {

// Trading days, by the convention of the papers that bring Hardy's monthly estimates to days.
constexpr double kDaysPerMonth = 20, kDaysPerWeek = 5;

Timeframe monthly() {
  return {.nanoseconds = 0, .months = 1};
}
Timeframe weekly() {
  return {.nanoseconds = 7 * kNsPerDay, .months = 0};
}
Timeframe daily() {
  return {.nanoseconds = kNsPerDay, .months = 0};
}

// Hardy (2001), "A regime-switching model of long-term stock returns": the S&P 500's monthly total log
// returns.
RegimeParameters hardy2_monthly() {
  return {.names = {"bull", "bear"},
          .means = {.0123, -.0157},
          .sds = {.0347, .0778},
          .transition = {.9629, .0371,  //
                         .2101, .7899},
          .timeframe = monthly(),
          .student_t_dof = {}};
}

// The three-state extension used in simulation studies of regime detection.
RegimeParameters hardy3_monthly() {
  return {.names = {"bull", "neutral", "bear"},
          .means = {.0123, 0, -.0157},
          .sds = {.0347, .05, .0778},
          .transition = {.9629, .0185, .0186,  //
                         .0618, .8764, .0618,  //
                         .1051, .1050, .7899},
          .timeframe = monthly(),
          .student_t_dof = {}};
}

RegimeParameters short_bears_daily() {
  return {.names = {"bull", "bear"},
          .means = {.0006, -.000881},
          .sds = {.00757, .0163},
          .transition = {.9976, .0024,  //
                         .0232, .9768},
          .timeframe = daily(),
          .student_t_dof = {}};
}

RegimeParameters four_daily() {
  return {.names = {"quiet_bull", "volatile_bear", "quiet_range", "crisis"},
          .means = {.0008, -.0010, 0, -.004},
          .sds = {.006, .014, .0035, .035},
          .transition = {.985, .005, .005, .005,  //
                         .005, .985, .005, .005,  //
                         .005, .005, .985, .005,  //
                         .005, .005, .005, .985},
          .timeframe = daily(),
          .student_t_dof = 5};
}

// Nothing to find: whatever a method reports here is its own invention.
RegimeParameters random_walk_daily() {
  return {.names = {"only"},
          .means = {.0003},
          .sds = {.01},
          .transition = {1},
          .timeframe = daily(),
          .student_t_dof = {}};
}

std::vector<Preset> make_presets() {
  std::vector<Preset> list;
  list.push_back(
      {"four-daily",
       "four regimes (quiet bull, volatile bear, quiet range, crisis), Student-t with 5 degrees of freedom",
       four_daily()});
  const auto add_hardy = [&](const std::string& family, const std::string& what,
                             const RegimeParameters& base) {
    list.push_back(
        {family + "-daily", what + ", by the 1/20 power", rescale(base, 1 / kDaysPerMonth, daily())});
    list.push_back({family + "-weekly", what + ", by the 5/20 power",
                    rescale(base, kDaysPerWeek / kDaysPerMonth, weekly())});
    list.push_back({family + "-monthly", what, base});
  };
  add_hardy("hardy2", "two regimes estimated from monthly S&P 500 returns (Hardy 2001)", hardy2_monthly());
  add_hardy("hardy3", "three regimes, Hardy's two with a neutral one between", hardy3_monthly());
  list.push_back(
      {"short-bears-daily", "two regimes with bear markets of 43 days on average", short_bears_daily()});
  list.push_back({"random-walk-daily", "a single regime: nothing to find", random_walk_daily()});
  return list;
}

}  // namespace

const std::vector<Preset>& presets() {
  static const std::vector<Preset> list = make_presets();
  return list;
}

const Preset& find_preset(std::string_view name) {
  const auto found =
      std::find_if(presets().begin(), presets().end(), [&](const Preset& p) { return p.name == name; });
  if (found != presets().end()) return *found;
  std::vector<std::string> names;
  for (const Preset& preset : presets()) names.push_back(preset.name);
  const std::optional<std::string> nearest = nearest_word(name, names);
  throw Error(ErrorKind::kUsage, fmt::format("there is no preset '{}'{}; the presets are {}", name,
                                             nearest ? fmt::format("; did you mean '{}'?", *nearest) : "",
                                             fmt::join(names, ", ")));
}

}  // namespace regimetry::market

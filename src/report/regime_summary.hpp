// What a run says, in plain words and few: for the terminal, the page, a pasted issue and machines alike.
//
// Time: of the last bar it tells what is known now. Everything else describes the past with knowledge of all
// of it,
//       unless it says that it was known at the time.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/regime_run.hpp"

namespace regimetry::report {

// The regime that the market is in at the last labelled bar.
struct RegimeNow {
  TimestampNs bar = 0;  // that bar
  std::int32_t regime = 0;
  TimestampNs since = 0;  // the first bar of the stay
  std::int64_t bars_in_regime = 0;
  std::int64_t bars_after = 0;  // later ones, which have no regime: above 0, it is not the regime of now
  std::optional<double> probability;
  std::optional<std::int32_t> asof_regime;  // the label known at the time
  double stays_probability = 0;
  std::optional<std::int32_t> next;  // the likeliest other regime
  double next_probability = 0;       // at the next bar
};

// One regime, of the final labels.
struct RegimeFacts {
  std::int32_t id = 0;
  std::string title;  // "calm", "stormy, falling"; "regime 3" where nothing is known of prices
  std::int64_t bars = 0;
  double share = 0;                      // of the labelled bars
  double stickiness = 0;                 // chance to be in it at the next bar, too
  std::optional<double> mean_stay_bars;  // from change to change, cut-off stays included; absent: never left
  std::int64_t times_left = 0;           // changes to another regime, which the mean rests on
  std::optional<std::int32_t> next;
  std::optional<double> annual_volatility, annual_return, max_drawdown;
  std::string role, note;
};

struct RegimeSummary {
  std::string headline;
  std::vector<std::string> sentences;
  std::vector<std::string> warnings;  // what matters most first
  std::optional<RegimeNow> now;
  std::vector<RegimeFacts> regimes;  // that occur, by number
};

[[nodiscard]] RegimeSummary summarise(const RegimeRun& run);

// "1 (calm)"
[[nodiscard]] std::string named(const RegimeSummary& summary, std::int32_t id);

}  // namespace regimetry::report

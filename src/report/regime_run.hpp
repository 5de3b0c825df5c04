// One analysed instrument, as reports, figures and summaries tell of it: bars, labels, maps, and what was
// found.
//
// Why here: everything that is shown is made from this alone, so the page, the pictures and the words cannot
// differ. Shape:    T bars of one instrument; every column below has T values, or none where the run has no
// such column. Time:     `final_labels` know the whole sample and describe it; `asof_labels` are what was
// known at each bar. Units:    prices as they came; probabilities 0..1; stamps in nanoseconds UTC.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace regimetry::report {

// Regimes of all bars by one way of naming them.
struct Labelling {
  std::vector<std::int32_t> ids;      // [T]; kNoRegime (-1): none, as in a warm-up
  std::vector<double> probabilities;  // [T] of the regime named; NaN where there is none; empty: not known
  nlohmann::ordered_json
      structure;  // as structure.json holds it (docs/regime-structure.md); null: not described
  [[nodiscard]] bool empty() const noexcept { return ids.empty(); }
};

// Rows laid on a plane: a point per mapped bar.
struct PlacedMap {
  std::string method;              // "pca", "tsne", "umap"
  std::vector<std::int64_t> bars;  // [M] ascending, which bar each point ends with
  std::vector<float> x, y;         // [M]
  std::optional<double> trustworthiness, neighborhood_preservation;  // 0..1; absent: too few rows to judge
};

struct RegimeRun {
  std::string symbol;        // empty when the data names none
  std::string timeframe;     // "1d"; empty: unknown
  double bars_per_year = 0;  // 0: unknown
  std::string source;        // the file the bars came from, as the user gave it

  std::vector<TimestampNs> timestamps;                 // [T]
  std::vector<double> open, high, low, close, volume;  // [T], NaN where missing; empty: no such column

  Labelling final_labels;                // never empty
  Labelling asof_labels;                 // empty: none were made
  Labelling truth;                       // of a simulated market; empty: not known
  std::vector<std::string> truth_names;  // of each true regime; empty: none
  std::vector<PlacedMap> maps;

  // Whole artifacts, null where the run has none.
  nlohmann::ordered_json regimes;  // regimes.json: method, evidence, refits, stability, comparison
  nlohmann::ordered_json health;   // of the data, with what was done about it
  nlohmann::ordered_json levels;   // whether regimes follow the level of prices or the calendar
  nlohmann::ordered_json match;    // how well each method found the truth
  nlohmann::ordered_json run;      // run.json: settings, stages, digests

  [[nodiscard]] std::int64_t size() const noexcept { return static_cast<std::int64_t>(timestamps.size()); }
};

}  // namespace regimetry::report

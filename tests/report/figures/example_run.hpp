// Small runs to draw.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "core/time.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Bars from 2020-01-01 on, daily or `step` apart, with these final labels and a close that goes up and down
// between 100 and 106.
inline RegimeRun run_of(std::vector<std::int32_t> ids, std::int64_t step = kNsPerDay) {
  RegimeRun run;
  run.symbol = "TEST";
  run.timeframe = "1d";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    run.timestamps.push_back(*parse_iso_timestamp("2020-01-01") + static_cast<std::int64_t>(i) * step);
    run.close.push_back(103 + 3 * std::sin(static_cast<double>(i)));
  }
  run.final_labels.ids = std::move(ids);
  return run;
}

// `count` bars whose regime changes every `length` bars, round `regime_count` regimes.
inline std::vector<std::int32_t> spells(int count, int length, int regime_count) {
  std::vector<std::int32_t> ids;
  for (int i = 0; i < count; ++i) ids.push_back(i / length % regime_count);
  return ids;
}

// A point for each bar on a circle, as by `method`.
inline PlacedMap circle_map(const RegimeRun& run, const char* method) {
  PlacedMap map;
  map.method = method;
  map.trustworthiness = 0.9;
  for (std::int64_t bar = 0; bar < run.size(); ++bar) {
    map.bars.push_back(bar);
    map.x.push_back(std::cos(static_cast<float>(bar)));
    map.y.push_back(std::sin(static_cast<float>(bar)));
  }
  return map;
}

// The part of structure.json that figures read: two regimes, the third never seen.
inline nlohmann::ordered_json three_regime_structure() {
  return {{"transitions",
           {{"probabilities", {{0.75, 0.25, 0}, {0, 1, 0}, {0, 0, 0}}},
            {"low", {{0.5, 0.125, 0}, {0, 1, 0}, {0, 0, 0}}},
            {"high", {{0.875, 0.5, 0}, {0, 1, 0}, {0, 0, 0}}}}}};
}

}  // namespace regimetry::report

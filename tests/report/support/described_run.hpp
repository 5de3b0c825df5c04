// A run with everything that summaries and pages read: 600 daily bars, calm and lively in turn.
#pragma once

#include <cmath>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/structure/describe_structure.hpp"
#include "regimes/structure/structure_json.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

inline nlohmann::ordered_json structure_of(const std::vector<std::int32_t>& ids,
                                           const std::vector<double>& close) {
  ThreadPool pool(1);
  const std::vector<IndexRange> sequences = {{0, static_cast<std::int64_t>(ids.size())}};
  return regimes::to_json(
      regimes::describe_structure({ids, sequences, close, 252}, {.replicates = 99}, Rng(1), pool));
}

// Regime 0 is calm and rises, 1 is lively; `stay` bars each, the first 20 bars have none.
inline RegimeRun described_run(int stay = 40, int count = 600) {
  RegimeRun run;
  run.symbol = "TEST";
  run.timeframe = "1d";
  run.bars_per_year = 252;
  RngStream noise = Rng(5).stream("close");
  double close = 100;
  for (int t = 0; t < count; ++t) {
    const int id = t / stay % 2;
    close *= std::exp(id == 0 ? 0.002 + 0.004 * noise.normal() : 0.02 * noise.normal());
    run.timestamps.push_back(*parse_iso_timestamp("2020-01-01") + t * kNsPerDay);
    run.close.push_back(close);
    run.final_labels.ids.push_back(t < 20 ? -1 : id);
    run.final_labels.probabilities.push_back(t < 20 ? std::nan("") : 0.9);
  }
  run.final_labels.structure = structure_of(run.final_labels.ids, run.close);
  return run;
}

}  // namespace regimetry::report

// One way to name regimes, as the quality tables see it: a name and one or two functions.
//
// A method is told how many regimes there are, as in the published tables, and nothing else of the truth.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "market/simulation/instrument_simulator.hpp"
#include "market/simulation/regime_parameters.hpp"

namespace regimetry::bench {

using Labels = std::vector<std::int32_t>;

// What a method gets for one sequence.
struct MethodInput {
  const market::SimulatedInstrument& sequence;
  int regime_count;
  Rng rng;                                // of this sequence
  ThreadPool& pool;                       // of one thread: sequences run side by side
  const market::RegimeParameters& truth;  // for the oracle's row only
};

struct QualityMethod {
  std::string name;
  std::string sees;  // "returns", "open/high/low/close", "all parameters"
  // Final labels of every bar, from the whole sequence. Empty: none.
  std::function<Labels(const MethodInput&)> final_labels;
  // Labels of bars first_bar .. T-1, each as known at that bar: fitted to the bars before first_bar only.
  // Empty: none.
  std::function<Labels(const MethodInput&, std::int64_t first_bar)> online_labels;
  // Only the first so many sequences, for methods that take long. 0: all.
  int most_sequences = 0;
};

// Every method, in the order of the tables. A further one is added to this list.
[[nodiscard]] std::vector<QualityMethod> quality_methods();

// The parts of the list, a file each.
[[nodiscard]] std::vector<QualityMethod> oracle_methods();
[[nodiscard]] std::vector<QualityMethod> chain_methods();
[[nodiscard]] std::vector<QualityMethod> group_methods();
[[nodiscard]] std::vector<QualityMethod> jump_methods();

}  // namespace regimetry::bench

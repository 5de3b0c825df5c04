// A feature set: which columns are wanted, checked and made into a recipe.
//
// Why: everything that can be wrong with what a user asked for (names, parameters, cycles) is found here,
// before any bar is read. What is left is a graph that any number of instruments run through.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "features/catalogue/feature_entry.hpp"
#include "features/graph/series_graph.hpp"
#include "features/graph/step_program.hpp"

namespace regimetry::features {

struct FeatureSpecification {
  std::vector<std::string> sets;      // "core95", "regime", ...
  std::vector<std::string> features;  // "rsi(14)", "spread = ema(12) - ema(26)"
  std::map<std::string, std::string>
      define;                        // a name of the user's own -> its expression; becomes a column, too
  std::vector<std::string> exclude;  // columns to leave out; '*' stands for anything
};

// One column to be.
struct Feature {
  std::string name;                     // "rsi_14"
  std::string expression;               // "rsi(14)"
  const FeatureEntry* entry = nullptr;  // null unless it is an indicator as the catalogue has it
  Series series;
  std::int64_t warmup = 0;           // bars without a value at the start of a history
  std::vector<std::string> columns;  // of the bars that it is made from, by name
};

class FeatureSet {
 public:
  // `extra_columns`: what further columns the bars have; expressions may use them by name.
  // Throws Error (kUsage) that names the feature, what is wrong and what to write instead.
  FeatureSet(const FeatureSpecification& specification, std::span<const std::string> extra_columns = {});

  [[nodiscard]] const std::vector<Feature>& features() const noexcept { return features_; }
  [[nodiscard]] const SeriesGraph& graph() const noexcept { return graph_; }
  // Passes over the data: before each but the first, instruments are brought together. The last gives
  // features() in order, pass k < last gives across_inputs(k) in order.
  [[nodiscard]] int pass_count() const noexcept { return static_cast<int>(passes_.size()); }
  [[nodiscard]] const StepProgram& pass(int k) const { return passes_[static_cast<std::size_t>(k)]; }
  // Indices into graph().sources() of the series seen across instruments that pass k prepares.
  [[nodiscard]] const std::vector<std::size_t>& across_inputs(int k) const {
    return across_inputs_[static_cast<std::size_t>(k)];
  }
  // The longest warm-up.
  [[nodiscard]] std::int64_t warmup() const noexcept;
  // Equal for sets that compute the same columns in the same way.
  [[nodiscard]] std::string digest() const;

 private:
  void plan_passes();

  SeriesGraph graph_;
  std::vector<Feature> features_;
  std::vector<StepProgram> passes_;
  std::vector<std::vector<std::size_t>> across_inputs_;
};

}  // namespace regimetry::features

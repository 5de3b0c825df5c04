// One indicator of the catalogue: what it is called, what it means, and how to make it.
//
// An entry is the single source of everything said about an indicator: the parser checks calls against it,
// `--list` and the documentation page print it, the tests walk over all of them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

struct FeatureParameter {
  std::string name;  // "period"
  double default_value = 0;
  double minimum = 0, maximum = 0;  // inclusive
  bool is_whole = true;             // bars and counts; false: weights, multiples
  std::string meaning;              // "bars in the window"
};

// What a call hands to the recipe.
struct FeatureArguments {
  std::vector<double> values;    // one per parameter, within its range
  std::optional<Series> series;  // for FeatureInput::kSeries when the call names one: rsi(volume, 14)

  [[nodiscard]] int whole(std::size_t index) const { return static_cast<int>(values[index]); }
  [[nodiscard]] double number(std::size_t index) const { return values[index]; }
};

enum class FeatureInput {
  kBars,    // reads the fields of the bar that it needs
  kSeries,  // reads one series: the close, or what stands first in the call
};

enum class FeatureScale {
  kStationary,  // does not follow the level of the price: a return, a ratio, an oscillator
  kLevel,       // in units of price, volume or time; regimes made from it may merely follow the level
  kOfInput,     // as the series that it is made from
};

struct FeatureEntry {
  std::string name;   // "rsi"
  std::string group;  // "price", "trend", "momentum", "volume", "volatility", "pattern", "calendar", "across"
  std::string meaning;  // a sentence for people
  std::string
      formula;  // the definition, in plain text, with whose it is and what happens when a denominator is 0
  std::string unit;   // "0 to 100", "log return per bar", "share of price"
  std::string range;  // "[0, 100]", "any", "> 0"
  FeatureScale scale = FeatureScale::kStationary;
  FeatureInput input = FeatureInput::kBars;
  std::vector<FeatureParameter> parameters;
  // Whether the first value comes after a number of bars that the parameters alone decide. False: it also
  // waits for something in the data, such as the first swing.
  bool has_fixed_warmup = true;
  // What is wrong with a combination of parameters that are each within range; empty when nothing is.
  std::function<std::string(const FeatureArguments&)> problem;
  std::function<Series(SeriesGraph&, const FeatureArguments&)> build;
};

// The series a call of FeatureInput::kSeries works on.
[[nodiscard]] inline Series series_or_close(SeriesGraph& graph, const FeatureArguments& arguments) {
  return arguments.series ? *arguments.series : graph.close();
}

}  // namespace regimetry::features

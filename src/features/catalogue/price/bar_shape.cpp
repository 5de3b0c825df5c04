// The shape of one bar: body and shadows as shares of its range.
#include <array>
#include <string>
#include <utility>

#include "features/catalogue/price/price.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"

namespace regimetry::features {
namespace {

// part / range, not below `lowest` nor above 1: in bars that contradict themselves (an open of 0, say) a
// price lies outside of low and high. Every part of a flat bar is 0, and so is its share.
double share_of_range(double part, double range, double lowest) {
  return limited(ratio_or(part, range, 0), lowest, 1);
}

// A formula of one bar, without parameters.
template <typename Formula>
FeatureEntry bar_shape(std::string name, std::string meaning, std::string formula_text, std::string range,
                       Formula formula) {
  const std::string series_name = "bar shape " + name;
  return {.name = std::move(name),
          .group = "price",
          .meaning = std::move(meaning),
          .formula = std::move(formula_text),
          .unit = "share of the bar's range",
          .range = std::move(range),
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [series_name, formula](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return graph.map(series_name, std::array{graph.open(), graph.high(), graph.low(), graph.close()},
                             formula);
          }};
}

FeatureEntry bar_range() {
  return {.name = "bar_range",
          .group = "price",
          .meaning = "How far the price ranged within the bar.",
          .formula = "log(high / low); missing where either is not above 0",
          .unit = "log return",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return log_bar_range(graph);
          }};
}

}  // namespace

std::vector<FeatureEntry> bar_shape_features() {
  return {bar_shape("body_ratio", "The candle's body, up or down, as a share of the bar.",
                    "(close - open) / (high - low), limited to [-1, 1]; 0 when the bar is flat", "[-1, 1]",
                    [](double open, double high, double low, double close) {
                      return share_of_range(close - open, high - low, -1);
                    }),
          bar_shape("upper_shadow", "The shadow above the body as a share of the bar.",
                    "(high - max(open, close)) / (high - low), limited to [0, 1]; 0 when the bar is flat",
                    "[0, 1]",
                    [](double open, double high, double low, double close) {
                      return share_of_range(high - larger(open, close), high - low, 0);
                    }),
          bar_shape("lower_shadow", "The shadow below the body as a share of the bar.",
                    "(min(open, close) - low) / (high - low), limited to [0, 1]; 0 when the bar is flat",
                    "[0, 1]",
                    [](double open, double high, double low, double close) {
                      return share_of_range(smaller(open, close) - low, high - low, 0);
                    }),
          bar_shape("close_location", "Where the close lies between low and high.",
                    "(close - low) / (high - low), limited to [0, 1]; 0.5 when the bar is flat", "[0, 1]",
                    [](double /*open*/, double high, double low, double close) {
                      return 0.5 + 0.5 * share_of_range((close - low) - (high - close), high - low, -1);
                    }),
          bar_range()};
}

}  // namespace regimetry::features

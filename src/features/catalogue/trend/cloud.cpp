// Ichimoku: the middles of three ranges, and the cloud they throw ahead.
#include <array>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/trend/trend.hpp"

namespace regimetry::features {
namespace {

Series range_middle(SeriesGraph& graph, int bars) {
  return middle(graph, highest_high(graph, bars), lowest_low(graph, bars));
}

// The two edges of the cloud that stands at this bar.
struct Cloud {
  Series span_a, span_b;
};

Cloud cloud(SeriesGraph& graph, const FeatureArguments& arguments) {
  const int base_bars = arguments.whole(1);
  const Series ahead_a =
      middle(graph, range_middle(graph, arguments.whole(0)), range_middle(graph, base_bars));
  const Series ahead_b = range_middle(graph, arguments.whole(2));
  return {value_before(graph, ahead_a, base_bars), value_before(graph, ahead_b, base_bars)};
}

FeatureEntry line_distance(std::string line, double bars) {
  return {.name = "ichimoku_" + line + "_distance",
          .group = "trend",
          .meaning = "How far the close stands above Ichimoku's " + line + " line.",
          .formula =
              "close / middle - 1, middle = (highest high + lowest low of the last n bars) / 2; 0 when "
              "the middle is 0",
          .unit = "share of the line",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(bars)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return relative_distance(graph, graph.close(), range_middle(graph, arguments.whole(0)));
          }};
}

constexpr const char* kCloudFormula =
    "; A = (conversion line + base line) / 2 and B = middle of the range of the last `span` bars, both as "
    "computed `base` bars ago; a line is the middle between highest high and lowest low of its last bars";

FeatureEntry cloud_entry(std::string name, std::string meaning, std::string formula) {
  return {.name = std::move(name),
          .group = "trend",
          .meaning = std::move(meaning),
          .formula = formula + kCloudFormula,
          .unit = "share of price",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(9, 1, "conversion", "bars of the conversion line"),
                         period(26, 1, "base", "bars of the base line, and that the cloud is thrown ahead"),
                         period(52, 1, "span", "bars of the slow edge of the cloud")},
          .problem = {},
          .build = {}};
}

FeatureEntry cloud_distance() {
  FeatureEntry entry = cloud_entry(
      "ichimoku_cloud_distance", "How far the close stands above (or, negative, below) Ichimoku's cloud.",
      "close / nearer edge - 1 outside the cloud between A and B, 0 inside it or when the edge is 0");
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    const Cloud edges = cloud(graph, arguments);
    // Inside the cloud the nearest point of it is the close itself.
    const Series nearest =
        graph.map("a within b and c", std::array{graph.close(), edges.span_a, edges.span_b},
                  [](double close, double a, double b) {
                    const double top = a > b ? a : b, bottom = a > b ? b : a;
                    const double below_top = close > top ? top : close;
                    // The sum carries a missing edge on.
                    return (below_top < bottom ? bottom : below_top) + 0 * (a + b);
                  });
    return relative_distance(graph, graph.close(), nearest);
  };
  return entry;
}

FeatureEntry cloud_thickness() {
  FeatureEntry entry = cloud_entry(
      "ichimoku_cloud_thickness",
      "How thick Ichimoku's cloud is: above 0 when the fast edge is on top, below 0 when the slow one is.",
      "(A - B) / close; 0 when the close is 0");
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    const Cloud edges = cloud(graph, arguments);
    return ratio(graph, difference(graph, edges.span_a, edges.span_b), graph.close(), 0);
  };
  return entry;
}

}  // namespace

std::vector<FeatureEntry> cloud_features() {
  return {line_distance("conversion", 9), line_distance("base", 26), cloud_distance(), cloud_thickness()};
}

}  // namespace regimetry::features

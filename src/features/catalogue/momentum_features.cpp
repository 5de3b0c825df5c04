// Momentum: how fast and how one-sidedly the price moves.
#include "features/catalogue/catalogue.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/operators/relative_strength.hpp"

namespace regimetry::features {
namespace {

FeatureEntry relative_strength() {
  return {.name = "rsi",
          .group = "momentum",
          .meaning = "Relative strength index: the share of upward movement in all movement.",
          .formula =
              "100 * G / (G + L) with G, L the averages of gains and losses of the close, smoothed as Wilder "
              "does: "
              "first the mean of the first n, then (before * (n - 1) + now) / n. 50 when nothing moved.",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return graph.add<RelativeStrength>({series_or_close(graph, arguments)}, arguments.whole(0));
          }};
}

}  // namespace

std::vector<FeatureEntry> momentum_features() {
  return {relative_strength()};
}

}  // namespace regimetry::features

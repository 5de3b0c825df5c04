// The returns that price, volatility and shape indicators share.
//
// Why here: the graph computes a series once however many indicators ask for it, if they ask in the same
// words. Logarithms are those of core/portable_kernels.hpp: the same bits on every machine, and nothing lost
// when two prices of a million differ by a cent.
#pragma once

#include "core/portable_kernels.hpp"
#include "features/graph/series_graph.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

// log(a / b); missing unless both are above 0. Without branches, for formulas.
[[nodiscard]] inline double log_ratio_or_missing(double a, double b) noexcept {
  const double ratio = regimetry::detail::log_ratio_kernel(a, b);
  const double or_missing = a > 0 ? ratio : kMissing;
  return b > 0 ? or_missing : kMissing;
}

// The part of x below (above) 0, else 0. A missing x stays missing.
[[nodiscard]] inline double negative_part(double x) noexcept {
  return x > 0 ? 0.0 : x;
}
[[nodiscard]] inline double positive_part(double x) noexcept {
  return x < 0 ? 0.0 : x;
}

// log(x[t] / x[t - bars])
[[nodiscard]] Series log_return(SeriesGraph& graph, Series series, int bars);
// log(open / close of the bar before)
[[nodiscard]] Series overnight_gap(SeriesGraph& graph);
// log(close / open)
[[nodiscard]] Series intraday_return(SeriesGraph& graph);
// log(high / low)
[[nodiscard]] Series log_bar_range(SeriesGraph& graph);

}  // namespace regimetry::features

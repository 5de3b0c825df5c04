// Series combined bar by bar, without memory.
//
// Why here: the graph computes a formula once however many indicators ask for it, if all of them ask through
// the same function. What is made from a missing value is missing, a denominator of 0 included.
#pragma once

#include <array>

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

[[nodiscard]] Series sum(SeriesGraph& graph, Series a, Series b);
[[nodiscard]] Series difference(SeriesGraph& graph, Series a, Series b);
[[nodiscard]] Series distance(SeriesGraph& graph, Series a, Series b);  // |a - b|
[[nodiscard]] Series product(SeriesGraph& graph, Series a, Series b);
[[nodiscard]] Series middle(SeriesGraph& graph, Series a, Series b);  // (a + b) / 2
[[nodiscard]] Series mean_of_three(SeriesGraph& graph, Series a, Series b, Series c);
[[nodiscard]] Series scaled(SeriesGraph& graph, Series series, double factor);
[[nodiscard]] Series divided_by(SeriesGraph& graph, Series series, double divisor);

// a / b, or `when_zero` where b is 0; 100 * (a / b) likewise.
[[nodiscard]] Series ratio(SeriesGraph& graph, Series a, Series b, double when_zero);
[[nodiscard]] Series percent_ratio(SeriesGraph& graph, Series a, Series b, double when_zero);
// series / base - 1; 0 where the base is 0.
[[nodiscard]] Series relative_distance(SeriesGraph& graph, Series series, Series base);
// log(a / b), missing unless both are above 0.
[[nodiscard]] Series log_ratio(SeriesGraph& graph, Series a, Series b);

// max(series, 0), max(-series, 0) and |series|.
[[nodiscard]] Series gains_of(SeriesGraph& graph, Series series);
[[nodiscard]] Series losses_of(SeriesGraph& graph, Series series);
[[nodiscard]] Series size_of(SeriesGraph& graph, Series series);
// +1 above 0, -1 below, 0 at 0.
[[nodiscard]] Series sign(SeriesGraph& graph, Series series);
// min(series, 0)
[[nodiscard]] Series shortfall_of(SeriesGraph& graph, Series series);
// series^2, and sqrt(max(series, 0)).
[[nodiscard]] Series square_of(SeriesGraph& graph, Series series);
[[nodiscard]] Series root_of(SeriesGraph& graph, Series series);
// The series, or the bound that it lies beyond.
[[nodiscard]] Series limited_to(SeriesGraph& graph, Series series, double lowest, double highest);
// The series where it is above 0 and has a logarithm, elsewhere missing; and that logarithm.
[[nodiscard]] Series where_positive(SeriesGraph& graph, Series series);
[[nodiscard]] Series log_of(SeriesGraph& graph, Series series);

}  // namespace regimetry::features

// How much of the time each regime holds: a bar, its share and its count of bars for every number.
#pragma once

#include <optional>

#include "report/figures/figure.hpp"
#include "report/figures/figure_style.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Final labels; below each a thin outlined bar of the labels known at the time, where there are any. Numbers
// that never occur keep their row. Nothing without bars.
[[nodiscard]] std::optional<Figure> cluster_distribution(const RegimeRun& run, const FigureStyle& style);

}  // namespace regimetry::report

// The price with its regimes behind it: the figure that most people look at first.
//
// Time: colours are the final labels, which know the whole sample; the title says so.
#pragma once

#include <cstdint>
#include <optional>

#include "report/figures/figure.hpp"
#include "report/figures/figure_style.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Of all bars: a line of closes. Nothing when there is no close at all.
[[nodiscard]] std::optional<Figure> price_overlay(const RegimeRun& run, const FigureStyle& style);
// Of the last `bar_count` bars: candles where open, high and low are known (hollow: up, filled: down), else a
// line. Nothing when these bars have no close.
[[nodiscard]] std::optional<Figure> recent_price_overlay(const RegimeRun& run, const FigureStyle& style,
                                                         std::int64_t bar_count);

}  // namespace regimetry::report

// The marks, lines and labels round a plot of values over bars.
#pragma once

#include <span>

#include "core/time.hpp"
#include "report/figures/axis.hpp"
#include "report/figures/canvas.hpp"
#include "report/figures/figure_style.hpp"

namespace regimetry::report {

inline constexpr double kTimeAxisHeight = 36;  // room that the labels of time take below a plot

// Where a value stands within `plot`, top down.
[[nodiscard]] double value_y(const ValueScale& scale, double value, const Box& plot);

// A fine line across the plot at each round value, with its label to the left.
void draw_value_axis(Canvas& canvas, const ValueScale& scale, const Box& plot, const FigureStyle& style);
// Labels below the plot, with a mark each; the bars of `stamps` [T], T >= 1, share its width equally.
void draw_time_axis(Canvas& canvas, std::span<const TimestampNs> stamps, const Box& plot,
                    const FigureStyle& style);

}  // namespace regimetry::report

// Regimes over time in lanes, one above the other: final, as known at the time, and the truth where it is
// known.
//
// Why: where the lanes differ, hindsight knew what nobody could have known then.
#pragma once

#include <optional>

#include "report/figures/figure.hpp"
#include "report/figures/figure_style.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Lanes that the run has no labels for are left out; nothing without bars. A true regime takes the colour of
// the final regime that it was matched to, bar by bar; one without a match is grey.
[[nodiscard]] std::optional<Figure> timeline(const RegimeRun& run, const FigureStyle& style);

}  // namespace regimetry::report

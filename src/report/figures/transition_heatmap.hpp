// The chances of the next bar's regime as a table of shades: row from, column to.
//
// Why a root scale: regimes last, so the diagonal is near 1 and all that tells regimes apart lies below 0.1.
#pragma once

#include <optional>

#include "report/figures/figure.hpp"
#include "report/figures/figure_style.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Of the final labels, from their structure (docs/regime-structure.md); with up to eight regimes each chance
// has its 95 % interval below it. A regime that was never followed by another bar has dashes. Nothing where
// the labels are not described.
[[nodiscard]] std::optional<Figure> transition_heatmap(const RegimeRun& run, const FigureStyle& style);

}  // namespace regimetry::report

// Bars laid on a plane by how alike they are, coloured by regime; the title says by which method and how far
// to believe it.
#pragma once

#include <optional>

#include "report/figures/figure.hpp"
#include "report/figures/figure_style.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Colours are the final labels; every eight regimes another shape of mark is a second cue. Both directions
// have the same scale, and points that are not finite are left out. Nothing when no point is left. Borrows
// `map`, too.
[[nodiscard]] std::optional<Figure> embedding_map(const RegimeRun& run, const PlacedMap& map,
                                                  const FigureStyle& style);

}  // namespace regimetry::report

// What an audit looks into: any function from bars to feature tables, as a black box.
//
// Demands: the same input gives the same output, and calls from several threads at once are allowed. A table
//          carries the symbol and the timeframe of the bars it describes.
#pragma once

#include <functional>

#include "features/feature_table.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

// One instrument on its own.
using FeatureComputation = std::function<FeatureTable(const market::Bars&)>;
// All instruments together, for features that look across them.
using PanelComputation = std::function<FeatureData(const market::MarketData&)>;

// Computes each instrument on its own. Fills in symbol and timeframe where the computation left them out.
[[nodiscard]] PanelComputation over_panel(FeatureComputation computation);

}  // namespace regimetry::features

#include "features/audit/computation.hpp"

#include <utility>

namespace regimetry::features {

PanelComputation over_panel(FeatureComputation computation) {
  return [compute = std::move(computation)](const market::MarketData& data) {
    FeatureData result;
    result.instruments.reserve(data.instruments.size());
    for (const market::Bars& bars : data.instruments) {
      FeatureTable table = compute(bars);
      if (table.symbol.empty()) table.symbol = bars.symbol;
      if (!table.timeframe.is_known()) table.timeframe = bars.timeframe;
      result.instruments.push_back(std::move(table));
    }
    return result;
  };
}

}  // namespace regimetry::features

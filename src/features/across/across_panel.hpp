// Series of many instruments brought together stamp by stamp.
//
// Shape:  one column per instrument, as long as its bars; instruments need not share stamps or lengths.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "features/across/across_kind.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

class AcrossPanel {
 public:
  // Finds the stamps of all instruments; borrows nothing. Only instruments of one timeframe meet: bars of a
  // day and of an hour that share a stamp do not speak of the same time.
  AcrossPanel(const market::MarketData& data, const std::map<std::string, std::string>& sector_of_symbol);

  // columns[i][row] of instrument i; replaced by what the instrument is told.
  void combine(AcrossKind kind, std::vector<std::vector<double>>& columns, ThreadPool& pool) const;

 private:
  struct Group {  // instruments of one timeframe
    std::vector<std::size_t> instruments;
    std::vector<TimestampNs> stamps;  // of any of them, increasing
    std::vector<std::vector<std::int32_t>>
        row_at;  // per instrument of the group: its row at each stamp, -1 without one
  };

  std::vector<Group> groups_;
  std::vector<std::int32_t> sectors_;  // per instrument
};

}  // namespace regimetry::features

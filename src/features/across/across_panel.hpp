// Series of many instruments brought together stamp by stamp.
//
// Shape:  one column per instrument, as long as its bars; instruments need not share stamps or lengths.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "features/across/across_kind.hpp"
#include "features/across/sectors.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

class AcrossPanel {
 public:
  // Finds the stamps of all instruments; borrows nothing. Only instruments of one timeframe (one name per
  // instrument) meet: bars of a day and of an hour that share a stamp do not speak of the same time.
  AcrossPanel(const market::MarketData& data, std::span<const std::string> timeframes, Sectors sectors);

  // columns[i][row] of instrument i; replaced by what the instrument is told.
  void combine(AcrossKind kind, std::vector<std::vector<double>>& columns, ThreadPool& pool) const;

  [[nodiscard]] const Sectors& sectors() const noexcept { return sectors_; }

 private:
  struct Group {  // instruments of one timeframe
    std::vector<std::size_t> instruments;
    std::vector<TimestampNs> stamps;  // of any of them, increasing
    std::vector<std::vector<std::int32_t>>
        row_at;  // per instrument of the group: its row at each stamp, -1 without one
  };

  std::vector<Group> groups_;
  Sectors sectors_;
};

}  // namespace regimetry::features

// Which sector each instrument is in, bar by bar.
//
// Time: a bar is in the sector that is known at that bar: the latest word of the column `sector` up to it.
//       Before the first word an instrument is in no sector. What is listed per symbol holds for all bars.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "features/across/combine_across.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

class Sectors {
 public:
  // `before[i]`: the sector that instrument i was in before its first bar, empty for none; all none when
  // there are no entries. The column may be written in any case ("Sector").
  Sectors(const market::MarketData& data, const std::map<std::string, std::string>& sector_of_symbol,
          std::span<const std::string> before = {});

  // Equal for equal sectors, kNoSector for none.
  [[nodiscard]] std::int32_t at(std::size_t instrument, std::size_t row) const noexcept {
    const std::vector<std::int32_t>& numbers = numbers_[instrument];
    return numbers.size() == 1 ? numbers.front() : numbers[row];
  }
  // The sector after the last bar, empty for none.
  [[nodiscard]] const std::string& last_word(std::size_t instrument) const noexcept {
    return last_words_[instrument];
  }

 private:
  std::vector<std::vector<std::int32_t>> numbers_;  // per instrument: one for all bars, or one per bar
  std::vector<std::string> last_words_;             // per instrument
};

// Whether the bars have a column of words `sector`, whatever it says.
[[nodiscard]] bool has_sector_column(const market::Bars& bars);

}  // namespace regimetry::features

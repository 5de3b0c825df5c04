#include "features/across/sectors.hpp"

#include "core/lower_case.hpp"

namespace regimetry::features {
namespace {

std::string sector_column_word(const market::Bars& bars) {
  for (const market::Column& column : bars.extras) {
    if (column.kind != market::ColumnKind::kCategory || lower_case(column.name) != "sector") continue;
    for (const std::int32_t code : column.codes) {
      if (code != market::kMissingCode) return column.categories[static_cast<std::size_t>(code)];
    }
  }
  return {};
}

std::string sector_of(const market::Bars& bars, const std::map<std::string, std::string>& sector_of_symbol) {
  const auto listed = sector_of_symbol.find(bars.symbol);
  return listed != sector_of_symbol.end() ? listed->second : sector_column_word(bars);
}

}  // namespace

std::vector<std::int32_t> sector_numbers(const market::MarketData& data,
                                         const std::map<std::string, std::string>& sector_of_symbol) {
  std::map<std::string, std::int32_t> number_of;
  std::vector<std::int32_t> numbers;
  for (const market::Bars& bars : data.instruments) {
    const auto next = static_cast<std::int32_t>(number_of.size());
    numbers.push_back(number_of.try_emplace(sector_of(bars, sector_of_symbol), next).first->second);
  }
  return numbers;
}

std::vector<std::string> symbols_without_sector(const market::MarketData& data,
                                                const std::map<std::string, std::string>& sector_of_symbol) {
  std::vector<std::string> symbols;
  for (const market::Bars& bars : data.instruments) {
    if (sector_of(bars, sector_of_symbol).empty()) symbols.push_back(bars.symbol);
  }
  return symbols;
}

}  // namespace regimetry::features

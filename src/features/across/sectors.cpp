#include "features/across/sectors.hpp"

#include "core/lower_case.hpp"

namespace regimetry::features {
namespace {

const market::Column* find_sector_column(const market::Bars& bars) {
  for (const market::Column& column : bars.extras) {
    if (column.kind == market::ColumnKind::kCategory && lower_case(column.name) == "sector") return &column;
  }
  return nullptr;
}

// A number per word, in the order in which they are asked for.
class SectorNumbers {
 public:
  std::int32_t of(const std::string& word) {
    if (word.empty()) return kNoSector;
    return numbers_.try_emplace(word, static_cast<std::int32_t>(numbers_.size())).first->second;
  }

 private:
  std::map<std::string, std::int32_t> numbers_;
};

// The number on every bar; `word` is the one before the first bar, and becomes the one after the last.
std::vector<std::int32_t> numbers_along(const market::Column& column, SectorNumbers& numbers,
                                        std::string& word) {
  std::vector<std::int32_t> number_of_code;
  for (const std::string& category : column.categories) number_of_code.push_back(numbers.of(category));
  std::vector<std::int32_t> along;
  along.reserve(column.codes.size());
  std::int32_t present = numbers.of(word), present_code = market::kMissingCode;
  for (const std::int32_t code : column.codes) {
    if (code != market::kMissingCode) {
      present = number_of_code[static_cast<std::size_t>(code)];
      present_code = code;
    }
    along.push_back(present);
  }
  if (present_code != market::kMissingCode) word = column.categories[static_cast<std::size_t>(present_code)];
  return along;
}

}  // namespace

Sectors::Sectors(const market::MarketData& data, const std::map<std::string, std::string>& sector_of_symbol,
                 std::span<const std::string> before) {
  SectorNumbers numbers;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    const market::Bars& bars = data.instruments[i];
    const auto listed = sector_of_symbol.find(bars.symbol);
    const market::Column* const column =
        listed == sector_of_symbol.end() ? find_sector_column(bars) : nullptr;
    std::string word;
    if (listed != sector_of_symbol.end()) {
      word = listed->second;
    } else if (!before.empty()) {
      word = before[i];
    }
    numbers_.push_back(column != nullptr ? numbers_along(*column, numbers, word)
                                         : std::vector{numbers.of(word)});
    last_words_.push_back(std::move(word));
  }
}

bool has_sector_column(const market::Bars& bars) {
  return find_sector_column(bars) != nullptr;
}

}  // namespace regimetry::features

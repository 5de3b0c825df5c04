#include "market/reading/symbol_from_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "core/lower_case.hpp"
#include "core/printable.hpp"
#include "market/timeframe.hpp"

namespace regimetry::market {
namespace {

constexpr std::array<std::string_view, 11> kExtensions = {
    ".csv", ".txt", ".tsv", ".gz", ".zst", ".json", ".jsonl", ".ndjson", ".parquet", ".pq", ".dat"};
constexpr std::array<std::string_view, 9> kEmptyWords = {"us",   "data",   "ohlc",    "ohlcv",   "bars",
                                                         "hist", "prices", "history", "yfinance"};

bool says_nothing(std::string_view word) {
  const std::string lower = lower_case(word);
  return word.empty() || std::find(kEmptyWords.begin(), kEmptyWords.end(), lower) != kEmptyWords.end() ||
         Timeframe::parse(word).has_value();
}

}  // namespace

std::string name_without_extensions(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view extension : kExtensions) {
      if (name.size() > extension.size() && lower_case(name).ends_with(extension)) {
        name.resize(name.size() - extension.size());
        cut = true;
      }
    }
  }
  return name;
}

std::string symbol_from_name(const std::filesystem::path& path) {
  std::string name = name_without_extensions(path);
  for (std::size_t mark = name.find_last_of("_-. "); mark != std::string::npos && mark > 0;
       mark = name.find_last_of("_-. ")) {
    if (!says_nothing(std::string_view(name).substr(mark + 1))) break;
    name.resize(mark);
  }
  return name.empty() ? "unnamed" : printable(name);
}

}  // namespace regimetry::market

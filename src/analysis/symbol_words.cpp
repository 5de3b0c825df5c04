#include "analysis/symbol_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/lower_case.hpp"
#include "core/printable.hpp"

namespace regimetry::analysis {
namespace {

std::string plain(std::string_view symbol) {
  std::string text = lower_case(symbol);
  std::erase_if(text, [](char c) { return c == '_' || c == '/' || c == '-' || c == ' '; });
  return text;
}

}  // namespace

bool is_same_symbol(std::string_view one, std::string_view other) {
  return plain(one) == plain(other);
}

std::string listed_symbols(const std::vector<std::string>& symbols) {
  constexpr std::size_t kShown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, symbols.size()); ++i)
    text += (i == 0 ? "" : ", ") + printable(symbols[i]);
  if (symbols.size() > kShown) text += fmt::format(" and {} more", symbols.size() - kShown);
  return text;
}

}  // namespace regimetry::analysis

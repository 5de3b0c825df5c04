#include "cli/given_value.hpp"

#include <string_view>

namespace regimetry::cli {
namespace {

[[nodiscard]] std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

}  // namespace

std::vector<std::string> words_for(const Setting& setting, const std::string& word) {
  if (!setting.splits_at_commas) return {word};
  if (word.empty()) return {};
  std::vector<std::string> words;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t comma = word.find(',', begin);
    words.push_back(trimmed(std::string_view(word).substr(begin, comma - begin)));
    if (comma == std::string::npos) return words;
    begin = comma + 1;
  }
}

}  // namespace regimetry::cli

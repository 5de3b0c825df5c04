// Names in a sentence.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace regimetry::features {

// "a, b, c, d and 7 more"
[[nodiscard]] inline std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 4;
  std::string words;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) words += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMost) words += fmt::format(" and {} more", names.size() - kMost);
  return words;
}

}  // namespace regimetry::features

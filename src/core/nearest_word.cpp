#include "core/nearest_word.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace regimetry {

int edit_distance(std::string_view a, std::string_view b) {
  // Rows of the table "edits from the first i letters of a to the first j of b"; a swap looks two rows back.
  std::vector<int> two_above(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(two_above, above);
    std::swap(above, row);
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> known) {
  const auto length = static_cast<int>(word.size());
  int allowed = std::max(1, length / 3);
  const std::string* nearest = nullptr;
  for (const std::string& candidate : known) {
    const auto candidate_length = static_cast<int>(candidate.size());
    if (std::abs(candidate_length - length) > allowed) continue;  // at least that many inserts or deletes
    const int distance = edit_distance(word, candidate);
    // A word with every letter replaced is another word, not a slip, however short it is.
    if (distance > allowed || distance >= std::max(length, candidate_length)) continue;
    nearest = &candidate;
    if (distance == 0) break;
    allowed = distance - 1;  // a later word must be strictly nearer, so the first of equals wins
  }
  return nearest == nullptr ? std::nullopt : std::optional(*nearest);
}

}  // namespace regimetry

// Which label of one labelling means which label of another: the one-to-one match under which most rows
// agree.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

struct LabelMatch {
  struct Pair {
    std::int32_t label = 0, reference = 0;
    std::int64_t common = 0;         // rows that carry both, at least 1
    std::int64_t rows_of_label = 0;  // among the rows compared
    std::int64_t rows_of_reference = 0;
    // Rows with both over the rows of the smaller of the two, 0..1.
    [[nodiscard]] double shared_part() const noexcept {
      return static_cast<double>(common) / static_cast<double>(std::min(rows_of_label, rows_of_reference));
    }
    // Rows with both over rows with either, 0..1.
    [[nodiscard]] double overlap() const noexcept {
      return static_cast<double>(common) / static_cast<double>(rows_of_label + rows_of_reference - common);
    }
  };
  std::vector<Pair> pairs;                     // by label
  std::vector<std::int32_t> unmatched_labels;  // ascending; no reference is left that they share rows with
  std::vector<std::int32_t> unmatched_references;  // ascending
  std::int64_t compared_rows = 0;
  // Share of the compared rows that agree under the match; 1 when none was compared.
  [[nodiscard]] double agreement() const noexcept;
};

// Rows where either label is negative (kNoRegime) are not compared. Among equally good matches the one that
// keeps most numbers as they are wins; further ties are always resolved the same way. Throws Error (kUsage)
// unless both have the same length.
[[nodiscard]] LabelMatch match_labels(std::span<const std::int32_t> labels,
                                      std::span<const std::int32_t> reference);

}  // namespace regimetry::regimes

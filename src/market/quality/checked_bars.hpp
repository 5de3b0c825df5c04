// What a check gets: bars, where their rows stood when read, and the options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "market/bars.hpp"
#include "market/quality/check_quality.hpp"
#include "market/quality/quality_report.hpp"

namespace regimetry::market {

// Borrows everything; cheap to copy.
struct CheckedBars {
  const Bars& bars;
  // Row of `bars` -> row as read, when the bars were put in order first; null when they are as read.
  const std::vector<std::int64_t>* rows_as_read = nullptr;
  const QualityOptions& options;
  const RowOrigin& origin;  // of the rows as read

  [[nodiscard]] std::int64_t row_as_read(std::int64_t row) const {
    return rows_as_read == nullptr ? row : (*rows_as_read)[static_cast<std::size_t>(row)];
  }
};

// Counts the failures of one check and remembers where the first and the worst are; the words come later.
struct Tally {
  std::int64_t count = 0;
  std::int64_t first_row = 0, worst_row = 0;
  double worst_badness = 0;

  // `badness`: larger is worse; the earliest row wins among equals.
  void add(std::int64_t row, double badness) {
    if (count++ == 0) {
      first_row = worst_row = row;
      worst_badness = badness;
    } else if (badness > worst_badness) {
      worst_row = row;
      worst_badness = badness;
    }
  }
};

// What a check says whenever it fails.
struct CheckWords {
  std::string_view check;  // stable key
  std::string title;
  Severity severity = Severity::kInfo;
  std::string advice;
};

inline const std::string kNoFile;

// The finding of `tally`, with `describe(row)` giving the values of an example in words.
template <typename Describe>
[[nodiscard]] QualityFinding make_finding(const CheckedBars& checked, CheckWords words, const Tally& tally,
                                          Describe describe) {
  const auto example = [&](std::int64_t row) {
    const std::int64_t row_read = checked.row_as_read(row);
    return QualityExample{row_read, checked.origin.line_of(row_read),
                          std::string(checked.origin.file_of(row_read, kNoFile)),
                          checked.bars.timestamps[static_cast<std::size_t>(row)], describe(row)};
  };
  return {std::string(words.check), std::move(words.title),   words.severity,          tally.count,
          example(tally.first_row), example(tally.worst_row), std::move(words.advice), {}};
}

}  // namespace regimetry::market

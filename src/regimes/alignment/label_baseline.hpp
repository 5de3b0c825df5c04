// The labels that give regime numbers their meaning, kept in `regime_assignments_baseline.csv`.
//
// File: `timestamp,Cluster_ID`, or `timestamp,symbol,Cluster_ID` where instruments have names; stamps in ISO
// 8601 UTC, rows by symbol, then time. Rows without a regime are not kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "regimes/labelled_rows.hpp"

namespace regimetry::regimes {

inline constexpr const char* kBaselineFile = "regime_assignments_baseline.csv";

struct LabelBaseline {
  struct Sequence {
    std::string symbol;                   // empty for a lone instrument
    std::vector<TimestampNs> timestamps;  // strictly increasing
    std::vector<std::int32_t> labels;     // 0 or more
  };
  std::vector<Sequence> sequences;  // by symbol

  [[nodiscard]] const Sequence* find(const std::string& symbol) const noexcept;  // null when absent
  [[nodiscard]] std::int64_t row_count() const noexcept;
};

// Throws Error (kUsage) when stamps do not increase or a symbol comes twice.
[[nodiscard]] LabelBaseline make_baseline(const LabelledRows& rows);

// [N] the label of the baseline at the stamp and instrument of each row; kNoRegime where it has none. The
// labels of `rows` are not read.
[[nodiscard]] std::vector<std::int32_t> labels_at(const LabelBaseline& baseline, const LabelledRows& rows);

// Atomic; the same baseline gives the same bytes.
void write_baseline(const std::filesystem::path& path, const LabelBaseline& baseline);
// Throws Error (kData) with file and line for anything that write_baseline() would not have written.
[[nodiscard]] LabelBaseline read_baseline(const std::filesystem::path& path);

}  // namespace regimetry::regimes

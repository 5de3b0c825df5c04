// A small, entirely right table of daily bars, and ways to write it: the ground that hostile tables are made
// from.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hostile/hostile_files.hpp"

namespace regimetry::hostile {

inline constexpr int kPlainBarCount =
    16;  // 2024-01-02 to 2024-01-17: days beyond 12 settle the order of day and month

// Bar i: open 100.25 + i, high +2, low -1, close +1, volume 1000 + 10 i; the stamp is midnight UTC.
[[nodiscard]] ExpectedBars plain_bars();
[[nodiscard]] ExpectedBar plain_bar(int bar_idx);

inline constexpr const char* kPlainHeader = "Date,Open,High,Low,Close,Volume";
// The cells of a row in the order of kPlainHeader: "2024-01-02", "100.25", "102.25", "99.25", "101.25",
// "1000".
[[nodiscard]] std::vector<std::string> plain_cells(int bar_idx);
[[nodiscard]] std::string joined(const std::vector<std::string>& cells, std::string_view separator = ",");

// The table as text with one line end after each line.
[[nodiscard]] std::string plain_table(std::string_view line_end = "\n");
// The same with every row's cells changed by `change(bar_idx, cells)` before they are joined.
using ChangeRow = std::function<void(int bar_idx, std::vector<std::string>& cells)>;
[[nodiscard]] std::string changed_table(const ChangeRow& change, std::string_view header = kPlainHeader,
                                        std::string_view separator = ",");
// The same with one cell of row 7 replaced; columns count from 0.
[[nodiscard]] std::string table_with_cell(int column, std::string_view cell);
inline constexpr int kChangedRow = 7;
inline constexpr int kDate = 0, kOpen = 1, kHigh = 2, kLow = 3, kClose = 4, kVolume = 5;

// The bars with bar 7 changed.
[[nodiscard]] ExpectedBars bars_with(const std::function<void(ExpectedBar&)>& change);

[[nodiscard]] HostileCase csv_case(std::string name, std::string description, Expectation expectation,
                                   std::string bytes);
[[nodiscard]] HostileCase large_csv_case(std::string name, std::string description, Expectation expectation,
                                         std::function<std::string()> bytes);

}  // namespace regimetry::hostile

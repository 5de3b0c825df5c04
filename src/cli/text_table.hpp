// A table for a screen: columns as wide as their widest cell.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "cli/text_layout.hpp"

namespace regimetry::cli {

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) : is_right_(header.size(), false) {
    rows_.push_back(std::move(header));
  }
  // Columns of numbers.
  void align_right(const std::vector<std::size_t>& columns) {
    for (const std::size_t column : columns) is_right_.at(column) = true;
  }
  // Cells from the left; a shorter row leaves the rest empty.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  // Each line is indented by two blanks and ends with '\n'; none has blanks at its end.
  [[nodiscard]] std::string text() const {
    std::vector<std::size_t> widths(is_right_.size(), 0);
    for (const auto& row : rows_) {
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string text;
    for (const auto& row : rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string padding(widths[i] - display_width(row[i]), ' ');
        line += "  " + (is_right_[i] ? padding + row[i] : row[i] + padding);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text;
  }

 private:
  std::vector<std::vector<std::string>> rows_;  // the header first
  std::vector<bool> is_right_;
};

}  // namespace regimetry::cli

// Whose export is this? By its header, or by its shape where it has none; and what is known about that
// export.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "market/reading/read_options.hpp"

namespace regimetry::market {

struct ExportFacts {
  std::string name = "generic";
  std::optional<DateOrder> date_order;   // where the export writes dates in one way only
  std::optional<std::string> time_zone;  // where its clock is known for sure
  std::string clock_advice;              // what else is known about its clock
};

// `header_cells` as in the file, raw.
[[nodiscard]] ExportFacts recognise_header(const std::vector<std::string>& header_cells);

// What the columns of a file without header hold, told from its rows.
enum class ShapeCell { kWord, kDate, kDateTime, kEpoch, kTimeOfDay, kNumber };
struct HeaderlessShape {
  std::vector<ShapeCell> cells;
  char separator = ',';
  char date_mark = '\0';  // '.', '-', '/'; '\0' for YYYYMMDD
};
struct HeaderlessExport {
  ExportFacts facts;
  std::vector<std::string> column_names;  // one per column; role names where the shape tells the role
};
// Nothing when the shape holds no date followed by open, high, low, close.
[[nodiscard]] std::optional<HeaderlessExport> recognise_shape(const HeaderlessShape& shape);

}  // namespace regimetry::market

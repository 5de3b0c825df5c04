// What the cells of a column say about it, gathered over all rows (or a sample) before anything is decided.
//
// Evidence of parts of a file is merged in the order of the file, so that "the first cell that ..." is the
// same whatever the number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "market/reading/number_format.hpp"
#include "market/reading/time_format.hpp"

namespace regimetry::market {

// A cell to show in a message. line 0: none.
struct CellPlace {
  std::int64_t line = 0;
  std::string text;
  [[nodiscard]] bool is_set() const noexcept { return line > 0; }
};

struct ColumnEvidence {
  std::int64_t cells = 0;
  std::int64_t missing = 0;  // is_missing()

  // Numbers.
  std::int64_t numbers = 0;
  NumberStyleSet styles = kAnyNumberStyle;  // of all numbers
  CellPlace first_non_number;
  CellPlace first_style_dependent;  // a number whose value depends on the decimal mark: "1,234"
  bool depends_on_point = false, depends_on_comma = false;  // which marks such numbers hold
  CellPlace against_point, against_comma;                   // first number that excludes the mark as decimal
  std::int64_t booleans = 0;

  // Times; gathered only for columns that may hold them.
  std::int64_t times = 0;  // with a date or an epoch count
  std::int64_t times_of_day = 0;
  DateOrderSet orders = kAnyDateOrder;
  std::array<CellPlace, 3> against_order;  // by kDateOrders
  std::int64_t order_dependent = 0;        // dates whose meaning depends on the order
  CellPlace first_order_dependent;
  CellPlace first_non_time;
  // With an offset or an epoch count, and without. Times of day count as absolute with an offset, and never
  // as naive.
  std::int64_t absolute = 0, naive = 0;
  CellPlace first_naive;
  bool has_time = false;  // some cell carries a time of day
  int widest_compact_time = 0;
  char date_mark = '\0';
  std::vector<TimeParts> formats;  // one of each shape, in order of appearance, at most 4

  void add_value(std::string_view cell, std::int64_t line);
  void add_time(std::string_view cell, std::int64_t line, std::optional<EpochUnit> forced_unit);
  void merge(const ColumnEvidence& later);

  [[nodiscard]] std::int64_t present() const noexcept { return cells - missing; }
};

}  // namespace regimetry::market

// Dates and times as exports write them, one cell at a time.
//
// Two steps, for the reason given in number_format.hpp: scan_time() says what the cell is made of, without
// deciding which of "03/04/2024" is the month; resolve_time() reads it under one order of day, month and
// year, chosen from all rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

inline constexpr std::array<DateOrder, 3> kDateOrders = {DateOrder::kYearFirst, DateOrder::kDayFirst,
                                                         DateOrder::kMonthFirst};
using DateOrderSet = std::uint8_t;  // bit i: kDateOrders[i]
inline constexpr DateOrderSet kAnyDateOrder = 0b111;
[[nodiscard]] std::string_view date_order_name(
    DateOrder order) noexcept;  // "day-first", as the flag takes it

enum class EpochUnit : std::uint8_t { kSeconds, kMilliseconds, kMicroseconds, kNanoseconds };
[[nodiscard]] std::string_view epoch_unit_name(EpochUnit unit) noexcept;  // "s", "ms", "us", "ns"
[[nodiscard]] std::optional<EpochUnit> parse_epoch_unit(std::string_view name) noexcept;

// The parts of a cell that holds a date, a time of day, both, or a count since 1970.
struct TimeParts {
  enum class Kind : std::uint8_t { kDate, kCompactDate, kEpoch, kTimeOfDay } kind = Kind::kDate;

  // kDate: three parts in the order written; month_name_at tells which of them was a name (-1: none).
  std::array<int, 3> part = {0, 0, 0};
  std::array<std::int8_t, 3> width = {0, 0, 0};
  std::int8_t month_name_at = -1;
  char date_mark = '\0';
  // kCompactDate: part holds year, month, day.

  // kEpoch: count of units, and the fraction of one unit in billionths. `unit` by magnitude; nothing when no
  // unit fits.
  std::int64_t epoch_count = 0;
  std::int64_t epoch_billionths = 0;
  std::optional<EpochUnit> unit;

  // Time of day; kTimeOfDay has nothing else.
  bool has_time = false;
  std::int64_t time_ns = 0;     // 24:00 is allowed and means the next midnight
  std::int8_t time_fields = 0;  // 1 hour, 2 and minute, 3 and second
  std::int8_t fraction_digits = 0;
  bool is_twelve_hour = false;
  bool is_compact_time = false;
  std::int8_t compact_digits =
      0;                 // kTimeOfDay of digits alone: how many; such a cell is read by compact_time_ns()
  char time_mark = ' ';  // between date and time: ' ' or 'T'

  bool has_offset = false;
  std::int64_t offset_ns = 0;  // east of Greenwich is positive
};

// Nothing when the cell is neither date nor time nor count. `digits_are_counts`: the user named the unit of
// the stamps, so 20240102 is a count of them and not a date.
[[nodiscard]] std::optional<TimeParts> scan_time(std::string_view cell, bool digits_are_counts = false);

// The wall clock as if it were UTC, or the instant itself when the cell carries an offset (has_offset) or is
// a count. Nothing when the parts are no date in that order, or the stamp does not fit int64 nanoseconds
// (years 1678 to 2262).
[[nodiscard]] std::optional<TimestampNs> resolve_time(const TimeParts& parts, DateOrder order,
                                                      std::optional<EpochUnit> forced_unit = std::nullopt);
// Every order under which resolve_time() answers.
[[nodiscard]] DateOrderSet possible_orders(const TimeParts& parts,
                                           std::optional<EpochUnit> forced_unit = std::nullopt);

// A time of day of digits alone: exports drop leading zeros, so the widest cell of the column tells HHMMSS
// (5, 6) from HHMM (3, 4). `count` is the cell as a number. Nothing when a field is out of range.
[[nodiscard]] std::optional<std::int64_t> compact_time_ns(std::int64_t count, int widest_digits);

// "YYYY-MM-DD HH:MM", "DD.MM.YYYY", "epoch ms", "MMM DD, YYYY".
[[nodiscard]] std::string describe_time_format(const TimeParts& parts, DateOrder order);

}  // namespace regimetry::market

#include "market/reading/text/column_evidence.hpp"

#include <algorithm>
#include <cstddef>

#include "market/reading/text/not_a_table.hpp"

namespace regimetry::market {
namespace {

void set_if_first(CellPlace& place, std::string_view cell, std::int64_t line) {
  if (!place.is_set()) place = {line, shorten(cell)};
}

void keep_earlier(CellPlace& place, const CellPlace& later) {
  if (!place.is_set()) place = later;
}

bool have_same_shape(const TimeParts& a, const TimeParts& b) {
  return a.kind == b.kind && a.unit == b.unit && a.date_mark == b.date_mark &&
         a.month_name_at == b.month_name_at && (a.width[0] == 4) == (b.width[0] == 4) &&
         (a.width[2] == 4) == (b.width[2] == 4) && a.time_fields == b.time_fields &&
         a.is_twelve_hour == b.is_twelve_hour && a.is_compact_time == b.is_compact_time &&
         a.has_offset == b.has_offset && (a.fraction_digits > 0) == (b.fraction_digits > 0) &&
         a.time_mark == b.time_mark;
}

void keep_shape(std::vector<TimeParts>& formats, const TimeParts& parts) {
  constexpr std::size_t kMaxShapes = 4;
  if (formats.size() >= kMaxShapes) return;
  const bool known = std::any_of(formats.begin(), formats.end(),
                                 [&](const TimeParts& f) { return have_same_shape(f, parts); });
  if (!known) formats.push_back(parts);
}

// Does the date mean different days under the orders that it allows?
bool depends_on_order(const TimeParts& parts, DateOrderSet orders) {
  if (parts.kind != TimeParts::Kind::kDate || parts.width[0] == 4) return false;
  std::optional<TimestampNs> first;
  for (std::size_t i = 0; i < kDateOrders.size(); ++i) {
    if ((orders >> i & 1U) == 0) continue;
    const std::optional<TimestampNs> reading = resolve_time(parts, kDateOrders[i]);
    if (first && reading != first) return true;
    first = reading;
  }
  return false;
}

}  // namespace

void ColumnEvidence::add_value(std::string_view cell, std::int64_t line) {
  ++cells;
  if (is_missing(cell)) {
    ++missing;
    return;
  }
  const NumberStyleSet seen = number_styles(cell);
  if (seen == 0) {
    set_if_first(first_non_number, cell, line);
    if (parse_boolean(cell)) ++booleans;
    return;
  }
  ++numbers;
  styles = static_cast<NumberStyleSet>(styles & seen);
  const bool may_be_point = (seen & kPointStyles) != 0;
  const bool may_be_comma = (seen & kCommaStyles) != 0;
  if (!may_be_point) set_if_first(against_point, cell, line);
  if (!may_be_comma) set_if_first(against_comma, cell, line);
  if (seen == kAnyNumberStyle || !may_be_point || !may_be_comma) return;
  // "1,234" and "1.234" are numbers under either mark, but not the same number.
  const bool has_point = cell.find('.') != std::string_view::npos;
  const bool has_comma = cell.find(',') != std::string_view::npos;
  if (!has_point && !has_comma) return;
  depends_on_point |= has_point;
  depends_on_comma |= has_comma;
  set_if_first(first_style_dependent, cell, line);
}

void ColumnEvidence::add_time(std::string_view cell, std::int64_t line,
                              std::optional<EpochUnit> forced_unit) {
  ++cells;
  if (is_missing(cell)) {
    ++missing;
    return;
  }
  const std::optional<TimeParts> parts = scan_time(cell, forced_unit.has_value());
  if (!parts) {
    set_if_first(first_non_time, cell, line);
    return;
  }
  if (parts->kind == TimeParts::Kind::kTimeOfDay) {
    ++times_of_day;
    widest_compact_time = std::max<int>(widest_compact_time, parts->compact_digits);
    if (parts->has_offset) {
      ++absolute;
    } else {
      set_if_first(first_naive, cell, line);
    }
    keep_shape(formats, *parts);
    return;
  }
  const DateOrderSet seen = possible_orders(*parts, forced_unit);
  if (seen == 0) {
    set_if_first(first_non_time, cell, line);
    return;
  }
  ++times;
  orders = static_cast<DateOrderSet>(orders & seen);
  for (std::size_t i = 0; i < kDateOrders.size(); ++i) {
    if ((seen >> i & 1U) == 0) set_if_first(against_order[i], cell, line);
  }
  if (depends_on_order(*parts, seen)) {
    ++order_dependent;
    set_if_first(first_order_dependent, cell, line);
  }
  const bool is_absolute = parts->has_offset || parts->kind == TimeParts::Kind::kEpoch;
  ++(is_absolute ? absolute : naive);
  if (!is_absolute) set_if_first(first_naive, cell, line);
  has_time |= parts->has_time || parts->kind == TimeParts::Kind::kEpoch;
  if (date_mark == '\0') date_mark = parts->date_mark;
  keep_shape(formats, *parts);
}

void ColumnEvidence::merge(const ColumnEvidence& later) {
  cells += later.cells;
  missing += later.missing;
  numbers += later.numbers;
  styles = static_cast<NumberStyleSet>(styles & later.styles);
  keep_earlier(first_non_number, later.first_non_number);
  keep_earlier(first_style_dependent, later.first_style_dependent);
  depends_on_point |= later.depends_on_point;
  depends_on_comma |= later.depends_on_comma;
  keep_earlier(against_point, later.against_point);
  keep_earlier(against_comma, later.against_comma);
  booleans += later.booleans;
  times += later.times;
  times_of_day += later.times_of_day;
  orders = static_cast<DateOrderSet>(orders & later.orders);
  for (std::size_t i = 0; i < against_order.size(); ++i)
    keep_earlier(against_order[i], later.against_order[i]);
  order_dependent += later.order_dependent;
  keep_earlier(first_order_dependent, later.first_order_dependent);
  keep_earlier(first_non_time, later.first_non_time);
  absolute += later.absolute;
  naive += later.naive;
  keep_earlier(first_naive, later.first_naive);
  has_time |= later.has_time;
  widest_compact_time = std::max(widest_compact_time, later.widest_compact_time);
  if (date_mark == '\0') date_mark = later.date_mark;
  for (const TimeParts& parts : later.formats) keep_shape(formats, parts);
}

}  // namespace regimetry::market

#include "market/reading/text/read_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "core/error.hpp"
#include "market/header_language.hpp"
#include "market/reading/bar_columns.hpp"
#include "market/reading/text/sample_records.hpp"

namespace regimetry::market {
namespace {

bool is_price_role(std::optional<ColumnRole> role) {
  return role == ColumnRole::kOpen || role == ColumnRole::kHigh || role == ColumnRole::kLow ||
         role == ColumnRole::kClose || role == ColumnRole::kAdjustedClose;
}

bool is_number_role(std::optional<ColumnRole> role) {
  return is_price_role(role) || role == ColumnRole::kVolume || role == ColumnRole::kTickVolume;
}

bool is_stamp_role(std::optional<ColumnRole> role) {
  return role == ColumnRole::kTimestamp || role == ColumnRole::kDate;
}

NumberStyle simplest(NumberStyleSet styles) {
  return kNumberStyles[static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(styles)))];
}

NumberStyleSet styles_with(char decimal_mark) {
  return decimal_mark == '.' ? kPointStyles : kCommaStyles;
}

char forced_decimal_mark(const ReadOptions& options) {
  if (!options.decimal_mark) return '\0';
  if (*options.decimal_mark == "." || *options.decimal_mark == ",") return options.decimal_mark->front();
  throw Error(ErrorKind::kUsage,
              fmt::format("--decimal-mark takes '.' or ',', not '{}'.", *options.decimal_mark));
}

// Finds the decimal mark of the file.
class DecimalMarkDecision {
 public:
  DecimalMarkDecision(const TableEvidence& evidence, const TableLayout& layout, const std::string& name)
      : evidence_(evidence), layout_(layout), name_(name) {
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      const ColumnEvidence& column = evidence.columns[i];
      if (column.numbers == 0) continue;
      if (is_price_role(layout.columns[i].role)) {
        prices_ = static_cast<NumberStyleSet>(prices_ & column.styles);
        add_price(i);
        continue;
      }
      if (!thousands_volume_ && layout.columns[i].role == ColumnRole::kVolume && may_hold_thousands(column))
        thousands_volume_ = i;
      if (column.numbers == column.present()) {
        excludes_point_ |= (column.styles & kPointStyles) == 0 && (column.styles & kCommaStyles) != 0;
        excludes_comma_ |= (column.styles & kCommaStyles) == 0 && (column.styles & kPointStyles) != 0;
      }
    }
  }

  // '\0': a sample does not tell.
  [[nodiscard]] char decide() const {
    if (prices_ == 0) {
      if (!evidence_.is_complete) return '\0';
      throw_contradiction();
    }
    const bool point_fits = (prices_ & kPointStyles) != 0;
    const bool comma_fits = (prices_ & kCommaStyles) != 0;
    if (point_fits != comma_fits) return point_fits ? '.' : ',';
    // Both fit: a sample without a telling price says nothing about the rows outside it.
    if (!evidence_.is_complete) return '\0';
    if (excludes_point_ != excludes_comma_) return excludes_point_ ? ',' : '.';
    if (dependent_column_ && (prices_hold_comma_ || looks_like_point_thousands()))
      throw_ambiguity(*dependent_column_);
    if (thousands_volume_ && looks_like_point_thousands()) throw_ambiguity(*thousands_volume_);
    // Only points, three digits after each, and nothing that hints at thousands points: decimals, as in
    // "110.123".
    return '.';
  }

 private:
  void add_price(std::size_t idx) {
    const ColumnEvidence& column = evidence_.columns[idx];
    if (column.first_style_dependent.is_set() && !dependent_column_) dependent_column_ = idx;
    prices_hold_comma_ |= column.depends_on_comma;
    if (column.against_point.is_set() && !against_point_) against_point_ = idx;
    if (column.against_comma.is_set() && !against_comma_) against_comma_ = idx;
  }

  // Three digits after every point, and numbers under either mark.
  static bool may_hold_thousands(const ColumnEvidence& column) {
    return column.depends_on_point && (column.styles & kPointStyles) != 0 &&
           (column.styles & kCommaStyles) != 0;
  }

  // ';' between columns and headers such as "Schluss" come from countries that write 1.234 for one thousand
  // and more. HistData parts columns by ';' too, and always writes decimal points.
  [[nodiscard]] bool looks_like_point_thousands() const {
    if (layout_.separator == ';') return layout_.export_name != "HistData ASCII";
    return std::any_of(layout_.columns.begin(), layout_.columns.end(), [](const LayoutColumn& column) {
      return column.role.has_value() && is_foreign_header(column.name);
    });
  }

  [[noreturn]] void throw_ambiguity(std::size_t idx) const {
    const CellPlace& place = evidence_.columns[idx].first_style_dependent;
    const NumberStyleSet styles =
        is_price_role(layout_.columns[idx].role) ? prices_ : evidence_.columns[idx].styles;
    const std::optional<double> as_point = parse_number(place.text, simplest(styles & kPointStyles));
    const std::optional<double> as_comma = parse_number(place.text, simplest(styles & kCommaStyles));
    throw Error(ErrorKind::kData,
                fmt::format("{}:{}: column '{}' holds '{}', which is {} with '.' as the decimal mark and {} "
                            "with ',', and no row "
                            "of the file tells which. Say it with --decimal-mark . or --decimal-mark ,",
                            name_, place.line, layout_.columns[idx].name, place.text, as_point.value_or(0),
                            as_comma.value_or(0)));
  }

  [[noreturn]] void throw_contradiction() const {
    if (!against_point_ || !against_comma_) {
      // The marks agree, the thousands marks do not: report the first price column's own two cells.
      throw Error(
          ErrorKind::kData,
          fmt::format("{}: prices are written with different thousands marks in different rows. Write "
                      "them in one way.",
                      name_));
    }
    const CellPlace& comma_cell = evidence_.columns[*against_point_].against_point;
    const CellPlace& point_cell = evidence_.columns[*against_comma_].against_comma;
    throw Error(ErrorKind::kData,
                fmt::format("{}: prices are written in two ways: line {} column '{}' holds '{}' (decimal "
                            "mark ','), line {} column "
                            "'{}' holds '{}' (decimal mark '.'). Write them in one way, or pass "
                            "--decimal-mark to have the rows "
                            "of the other kind reported.",
                            name_, comma_cell.line, layout_.columns[*against_point_].name, comma_cell.text,
                            point_cell.line, layout_.columns[*against_comma_].name, point_cell.text));
  }

  const TableEvidence& evidence_;
  const TableLayout& layout_;
  const std::string& name_;
  NumberStyleSet prices_ = kAnyNumberStyle;
  bool excludes_point_ = false, excludes_comma_ = false;  // columns other than prices
  bool prices_hold_comma_ = false;
  std::optional<std::size_t> dependent_column_, against_point_, against_comma_;
  std::optional<std::size_t> thousands_volume_;  // first volume column that may hold thousands points
};

NumberStyle style_of_column(const ColumnEvidence& column, char decimal_mark) {
  const auto in_file_style = static_cast<NumberStyleSet>(column.styles & styles_with(decimal_mark));
  // A column such as "1.234.567" beside prices "1.5" has one reading of its own.
  if (in_file_style != 0) return simplest(in_file_style);
  return column.styles != 0 ? simplest(column.styles) : simplest(styles_with(decimal_mark));
}

NumberStyle style_of_prices(const TableEvidence& evidence, const TableLayout& layout, char decimal_mark) {
  NumberStyleSet styles = styles_with(decimal_mark);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (!is_price_role(layout.columns[i].role) || evidence.columns[i].numbers == 0) continue;
    const auto narrowed = static_cast<NumberStyleSet>(styles & evidence.columns[i].styles);
    if (narrowed != 0) styles = narrowed;
  }
  return simplest(styles);
}

// Kinds of columns that play no role in a bar.
ColumnUse use_of_extra(const ColumnEvidence& column) {
  if (column.present() == 0) return ColumnUse::kEmpty;
  if (column.numbers == column.present() && column.styles != 0) return ColumnUse::kNumber;
  if (column.booleans == column.present()) return ColumnUse::kBoolean;
  return ColumnUse::kCategory;
}

void note_nearly_numbers(const ColumnEvidence& column, const std::string& column_name, ReadPlan& plan) {
  if (column.numbers * 10 < column.present() * 9) return;
  plan.notes.push_back(
      fmt::format("column '{}' is kept as words: nearly all its cells are numbers, but line {} holds '{}'",
                  column_name, column.first_non_number.line, column.first_non_number.text));
}

void plan_values(const TableEvidence& evidence, const TableLayout& layout, char decimal_mark,
                 ReadPlan& plan) {
  plan.price_style = style_of_prices(evidence, layout, decimal_mark);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    ColumnPlan& column = plan.columns[i];
    const std::optional<ColumnRole> role = layout.columns[i].role;
    const ColumnEvidence& seen = evidence.columns[i];
    if (is_price_role(role)) {
      column.use = ColumnUse::kNumber;
      column.style = plan.price_style;
    } else if (is_number_role(role)) {
      column.use = ColumnUse::kNumber;
      column.style = style_of_column(seen, decimal_mark);
    } else if (role == ColumnRole::kSymbol) {
      column.use = ColumnUse::kCategory;
      column.is_symbol = true;
    } else if (!role && column.use != ColumnUse::kSkip) {
      column.use = use_of_extra(seen);
      column.style = style_of_column(seen, decimal_mark);
      if (column.use == ColumnUse::kCategory) note_nearly_numbers(seen, layout.columns[i].name, plan);
    }
  }
}

[[noreturn]] void throw_no_order_fits(const ColumnEvidence& column, const std::string& column_name,
                                      const std::string& name) {
  std::string places;
  for (std::size_t i = 0; i < kDateOrders.size(); ++i) {
    if (!column.against_order[i].is_set()) continue;
    places +=
        fmt::format("{}line {} ('{}') is not {}", places.empty() ? "" : ", ", column.against_order[i].line,
                    column.against_order[i].text, date_order_name(kDateOrders[i]));
  }
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: the dates of column '{}' are not all written in one order: {}. Correct the rows "
                  "of the other kind.",
                  name, column_name, places));
}

DateOrder first_order(DateOrderSet orders) {
  return kDateOrders[static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(orders)))];
}

bool is_order_open(const ColumnEvidence& column) {
  return std::popcount(static_cast<unsigned>(column.orders)) > 1 && column.order_dependent > 0;
}

// Only what can be read without doubt is worth comparing with.
void plan_second_clock(const TableEvidence& evidence, const TableLayout& layout, ReadPlan& plan) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (!layout.columns[i].is_second_clock) continue;
    const ColumnEvidence& column = evidence.columns[i];
    const bool is_clear =
        column.times > 0 && column.times == column.present() && column.orders != 0 && !is_order_open(column);
    plan.columns[i].use = is_clear && column.has_time ? ColumnUse::kSecondStamp : ColumnUse::kSkip;
    if (is_clear) plan.columns[i].order = first_order(column.orders);
  }
}

// False: a sample does not tell.
bool plan_dates(const TableEvidence& evidence, const TableLayout& layout, const ReadOptions& options,
                const std::string& name, ReadPlan& plan) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const std::optional<ColumnRole> role = layout.columns[i].role;
    if (role == ColumnRole::kTime) {
      plan.compact_time_digits = evidence.columns[i].widest_compact_time;
      if (plan.compact_time_digits > 0 && plan.compact_time_digits <= 4 && !evidence.is_complete)
        return false;
      plan.columns[i].use = ColumnUse::kTimeOfDay;
      const ColumnEvidence& times = evidence.columns[i];
      plan.has_mixed_zones |= times.absolute > 0 && times.absolute < times.times_of_day;
    }
    if (!is_stamp_role(role)) continue;
    const ColumnEvidence& column = evidence.columns[i];
    plan.columns[i].use = ColumnUse::kStamp;
    plan.has_mixed_zones |= column.absolute > 0 && column.naive > 0;
    if (options.date_order || layout.date_order) {
      plan.columns[i].order = options.date_order ? *options.date_order : *layout.date_order;
      continue;
    }
    if (column.times == 0) continue;
    if (column.orders == 0) {
      if (!evidence.is_complete) return false;
      throw_no_order_fits(column, layout.columns[i].name, name);
    }
    plan.columns[i].order = first_order(column.orders);
    const bool is_open = is_order_open(column);
    if (is_open && !evidence.is_complete) return false;
    if (is_open) plan.open_orders = column.orders;
  }
  return true;
}

// A date column that already carries the time of day makes a time column beside it redundant.
void skip_redundant_time(const TableEvidence& evidence, const TableLayout& layout, ReadPlan& plan) {
  const int date = layout.find_role(ColumnRole::kDate);
  const int time = layout.find_role(ColumnRole::kTime);
  if (date < 0 || time < 0 || !evidence.columns[static_cast<std::size_t>(date)].has_time) return;
  plan.columns[static_cast<std::size_t>(time)].use = ColumnUse::kSkip;
  plan.notes.push_back(fmt::format("column '{}' was left out: '{}' already holds the time of day",
                                   layout.columns[static_cast<std::size_t>(time)].name,
                                   layout.columns[static_cast<std::size_t>(date)].name));
}

}  // namespace

EvidenceRequest request_evidence(const TableLayout& layout, const ReadOptions& options) {
  EvidenceRequest request;
  for (const LayoutColumn& column : layout.columns) {
    request.is_wanted.push_back(
        column.is_second_clock ||
        (!column.is_dropped && (column.role || options.keep_extras || may_name_timeframe(column.name))));
  }
  if (options.timestamp_unit) {
    request.forced_unit = parse_epoch_unit(*options.timestamp_unit);
    if (!request.forced_unit) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("--timestamp-unit takes s, ms, us or ns, not '{}'.", *options.timestamp_unit));
    }
  }
  return request;
}

std::optional<ReadPlan> plan_reading(const TableEvidence& evidence, const TableLayout& layout,
                                     const ReadOptions& options, const std::string& name) {
  ReadPlan plan;
  const EvidenceRequest request = request_evidence(layout, options);
  plan.forced_unit = request.forced_unit;
  plan.columns.resize(layout.columns.size());
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    plan.columns[i].use = request.is_wanted[i] ? ColumnUse::kEmpty : ColumnUse::kSkip;
  }
  char decimal_mark = forced_decimal_mark(options);
  if (decimal_mark == '\0') decimal_mark = DecimalMarkDecision(evidence, layout, name).decide();
  if (decimal_mark == '\0') return std::nullopt;
  plan_values(evidence, layout, decimal_mark, plan);
  if (!plan_dates(evidence, layout, options, name, plan)) return std::nullopt;
  skip_redundant_time(evidence, layout, plan);
  plan_second_clock(evidence, layout, plan);
  return plan;
}

}  // namespace regimetry::market

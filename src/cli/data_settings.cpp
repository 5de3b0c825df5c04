#include "cli/data_settings.hpp"

#include <utility>

namespace regimetry::cli {

using market::AdjustPolicy;
using market::BadRowPolicy;
using market::DateOrder;
using market::ReadOptions;
using market::StampChoice;

namespace {
constexpr const char* kColumnGroup = "What the columns mean";
}  // namespace

void DataSettings::declare_reading(SettingSchema& schema) {
  declare_dialect(schema);
  declare_names(schema);
  declare_prices(schema);
  add_zone_check(schema);
}

void DataSettings::declare_table_reading(SettingSchema& schema) {
  declare_dialect(schema);
  declare_names(schema);
  add_zone_check(schema);
}

void DataSettings::add_zone_check(SettingSchema& schema) {
  schema.add_check([this]() -> std::vector<std::string> {
    if (tz_offset_ && read_.time_zone) return {"--tz and --tz-offset both name the time zone; give one"};
    return {};
  });
}

void DataSettings::declare_dialect(SettingSchema& schema) {
  const std::string group = "Reading (what is left open is decided from all rows)";
  schema.add("tz", read_.time_zone,
             "Zone of stamps that name none: Europe/Helsinki, +02:00. Absent: UTC, with a warning.",
             {.placeholder = "ZONE", .group = group});
  schema.add("tz_offset", tz_offset_, "The same, where it is an offset.",
             {.placeholder = "OFFSET", .group = group});
  schema.add_choice<StampChoice>(
      "stamp", read_.stamp, {{"start", StampChoice::kStart}, {"end", StampChoice::kEnd}},
      "Whether a stamp is the start or the end of its bar. Absent: start, unless the export is known to "
      "stamp ends.",
      {.group = group});
  schema.add_choice<DateOrder>("date_order", read_.date_order,
                               {{"day-first", DateOrder::kDayFirst},
                                {"month-first", DateOrder::kMonthFirst},
                                {"year-first", DateOrder::kYearFirst}},
                               "What 03/04/2024 means, where the rows leave it open.", {.group = group});
  schema.add("timestamp_unit", read_.timestamp_unit, "Unit of stamps that are plain numbers.",
             {.choices = {"s", "ms", "us", "ns"}, .group = group});
  schema.add("separator", read_.separator, "Between columns of text: one character, or the word tab.",
             {.placeholder = "CHAR", .group = group});
  schema.add("decimal_mark", read_.decimal_mark, "Before the decimals of a number.",
             {.choices = {".", ","}, .group = group});
  schema.add("max_columns", read_.max_columns, "More columns than this are refused as damage.",
             {.placeholder = "N", .minimum = 1, .group = group});
  // Below 4 KiB the reader does not measure lines.
  schema.add("max_line_bytes", read_.max_line_bytes, "A longer line of text is refused as damage.",
             {.placeholder = "BYTES", .minimum = 4096, .group = group});
}

void DataSettings::declare_names(SettingSchema& schema) {
  const std::string group = kColumnGroup;
  schema.add("column", columns_,
             "A column whose name does not say its role, as close='Last Trade'; roles: timestamp, date, "
             "time, open, high, low, close, volume, symbol.",
             {.placeholder = "ROLE=NAME", .group = group});
  schema.add("symbol", read_.symbol, "Symbol of rows that name none. Absent: from folder or file name.",
             {.placeholder = "NAME", .group = group});
}

void DataSettings::declare_prices(SettingSchema& schema) {
  const std::string group = kColumnGroup;
  schema.add_choice("adjust", read_.adjust, {{"on", AdjustPolicy::kAdjust}, {"off", AdjustPolicy::kUnadjust}},
                    "Scale open, high, low and close by Adj Close / Close where there is one, or leave them "
                    "as traded.",
                    {.group = group});
  schema.add("keep_extras", read_.keep_extras, "Keep columns that are no part of a bar.", {.group = group});
}

void DataSettings::declare_checks(SettingSchema& schema) {
  const std::string group = "Health";
  schema.add("jump_deviations", quality_.jump_deviations,
             "Robust deviations beyond which a move is a jump. Larger values report fewer.",
             {.placeholder = "K", .group = group});
  schema.add("frozen_bars", quality_.frozen_bars, "Equal bars in a row from which prices are frozen.",
             {.placeholder = "N", .group = group});
  schema.add("gap_factor", quality_.gap_factor, "Steps longer than this many bars are looked at as gaps.",
             {.placeholder = "FACTOR", .group = group});
  schema.add("min_history_bars", quality_.min_history_bars, "Fewer bars are too little history.",
             {.placeholder = "N", .group = group});
  schema.add_check([this] { return quality_.problems(); });
}

void DataSettings::declare_cleaning(SettingSchema& schema) {
  schema.add_choice(
      "on_bad_row", quality_.on_bad_row,
      {{"error", BadRowPolicy::kError}, {"drop", BadRowPolicy::kDrop}, {"repair", BadRowPolicy::kRepair}},
      "Rows that cannot be right: stop with the exact place, leave them out, or mend those that have one "
      "right reading and leave out the rest.",
      {.group = "Health"});
}

ReadOptions DataSettings::read_options() const {
  ReadOptions options = read_;
  if (tz_offset_) options.time_zone = tz_offset_;
  for (const auto& [role, column] : columns_) options.column_for_role.emplace_back(role, column);
  return options;
}

}  // namespace regimetry::cli

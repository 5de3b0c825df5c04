#include "cli/data_settings.hpp"

#include <utility>

namespace regimetry::cli {

using market::AdjustPolicy;
using market::BadRowPolicy;
using market::DateOrder;
using market::ReadOptions;
using market::StampChoice;

void DataSettings::declare_reading(SettingSchema& schema, const std::string& zone_key) {
  const std::string group = "Reading";
  schema.add("separator", read_.separator, "Separator of text columns: one character, or the word tab.",
             {.placeholder = "CHARACTER", .group = group});
  schema.add("decimal_mark", read_.decimal_mark, "Decimal mark of text numbers.",
             {.choices = {".", ","}, .group = group});
  schema.add_choice<DateOrder>("date_order", read_.date_order,
                               {{"day-first", DateOrder::kDayFirst},
                                {"month-first", DateOrder::kMonthFirst},
                                {"year-first", DateOrder::kYearFirst}},
                               "Order of the parts of a date, where the rows leave it open.",
                               {.group = group});
  schema.add("timestamp_unit", read_.timestamp_unit, "Unit of stamps that are plain numbers.",
             {.choices = {"s", "ms", "us", "ns"}, .group = group});
  schema.add(zone_key, read_.time_zone,
             "Zone of stamps that name none: IANA name or offset. Absent: UTC, with a warning.",
             {.placeholder = "ZONE", .group = group});
  schema.add_choice<StampChoice>("stamp", read_.stamp,
                                 {{"start", StampChoice::kStart}, {"end", StampChoice::kEnd}},
                                 "Whether a stamp is the beginning or the end of its bar.", {.group = group});
  schema.add_choice("adjust", read_.adjust, {{"on", AdjustPolicy::kAdjust}, {"off", AdjustPolicy::kUnadjust}},
                    "Where a file has an adjusted close: scale all prices by it, or leave them as traded.",
                    {.group = group});
  schema.add("symbol", read_.symbol, "Symbol of files that name none. Absent: from the file's name.",
             {.placeholder = "NAME", .group = group});
  schema.add("column", columns_, "Which column plays a role, as in close=Last.",
             {.placeholder = "ROLE=NAME", .group = group});
  schema.add("max_columns", read_.max_columns, "Files with more columns are refused.",
             {.placeholder = "N", .minimum = 2, .group = group});
  schema.add("max_line_bytes", read_.max_line_bytes, "Texts with a longer line are refused.",
             {.placeholder = "BYTES", .minimum = 1024, .group = group});
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
      "right reading "
      "and leave out the rest.",
      {.group = "Health"});
}

ReadOptions DataSettings::read_options() const {
  ReadOptions options = read_;
  for (const auto& [role, column] : columns_) options.column_for_role.emplace_back(role, column);
  return options;
}

}  // namespace regimetry::cli

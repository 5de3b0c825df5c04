#include "cli/window_settings.hpp"

#include <fmt/format.h>

#include "market/timeframe.hpp"

namespace regimetry::cli {

using windows::MissingRule;

void WindowSettings::declare_size(SettingSchema& schema) {
  schema.add("window_size", options_.window_size, "Rows per window.",
             {.placeholder = "N", .group = kWindowGroup});
  schema.add("stride", options_.stride, "Rows between the begins of two windows.",
             {.placeholder = "N", .group = kWindowGroup});
}

void WindowSettings::declare_gaps(SettingSchema& schema, const std::string& kept_note) {
  schema.add(
      "max_gap", max_gap_,
      "A longer step between neighbouring rows is a gap, which no window or target spans: 90m, 4h, 3d. "
      "Absent: no step is a gap.",
      {.placeholder = "TIME", .group = kWindowGroup});
  schema.add("max_gap_bars", options_.max_gap_bars, "The same in bars of the timeframe.",
             {.placeholder = "N", .group = kWindowGroup});
  schema.add_choice(
      "missing", options_.missing, {{"drop", MissingRule::kDrop}, {"keep", MissingRule::kKeep}},
      "Windows that hold a missing value. Warm-up rows at the start are in no window either way." + kept_note,
      {.group = kWindowGroup});
}

void WindowSettings::settle(std::vector<std::string>& problems) {
  if (!max_gap_) return;
  const auto gap = market::Timeframe::parse(*max_gap_);
  if (options_.max_gap_bars) {
    problems.emplace_back("max_gap and max_gap_bars both say what a gap is; give one of them");
  } else if (gap && gap->nanoseconds > 0) {
    options_.max_gap_ns = gap->nanoseconds;
  } else {
    problems.push_back(fmt::format(
        "max_gap is '{}', which is not a fixed length of time; write it as 90m, 4h or 3d", *max_gap_));
  }
}

}  // namespace regimetry::cli

// What cleaning one instrument will do to its rows, decided before anything is touched.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "market/quality/check_quality.hpp"
#include "market/quality/row_faults.hpp"
#include "market/quality/time_order.hpp"

namespace regimetry::market {

// A row that cannot be right and stops the reading, in words for the user.
struct BadPlace {
  std::int64_t row = 0;
  std::string words;  // "eurusd.csv:118: EURUSD 2012-03-05 21:00: high 1.3201 is below low 1.324"
};

// What was done, per check: how often each thing.
using ActionCounts = std::map<std::string, std::map<std::string, std::int64_t>, std::less<>>;

struct CleaningPlan {
  // Rows that will be kept, in order; absent: all of them as they stand.
  std::optional<std::vector<std::int64_t>> kept_rows;
  // New values of rows (as read).
  std::map<std::int64_t, BarValues> repairs;
  ActionCounts actions;
  // Under kError: how many rows cannot be right, and the first three of them.
  std::int64_t bad_count = 0;
  std::vector<BadPlace> bad_places;
};
[[nodiscard]] CleaningPlan plan_cleaning(const Bars& bars, BadRowPolicy policy);

// Carries the plan out. The timeframe and bars per year are measured again when rows went away or changed
// places.
[[nodiscard]] Bars apply(const CleaningPlan& plan, Bars bars);

}  // namespace regimetry::market

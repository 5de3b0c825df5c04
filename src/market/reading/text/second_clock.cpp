#include "market/reading/text/second_clock.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <vector>

namespace regimetry::market {
namespace {

// The distance that most rows have; nothing when no distance covers nine rows in ten (a date beside intraday
// stamps).
std::optional<std::int64_t> usual_distance(const std::vector<TimestampNs>& stamps,
                                           const std::vector<TimestampNs>& others) {
  constexpr std::size_t kMaxDistances = 1'000;
  std::map<std::int64_t, std::size_t> frequency;
  std::size_t compared = 0;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    if (others[i] == kMissingTime) continue;
    ++compared;
    ++frequency[others[i] - stamps[i]];
    if (frequency.size() > kMaxDistances) return std::nullopt;
  }
  for (const auto& [distance, count] : frequency) {
    if (10 * count >= 9 * compared) return distance;
  }
  return std::nullopt;
}

}  // namespace

void compare_second_clock(const TableLayout& layout, const ReadPlan& plan, std::size_t stamp_column,
                          const std::string& name, const ParsedRows& rows, TextDialect& dialect,
                          Observer& observer) {
  for (std::size_t column = 0; column < plan.columns.size(); ++column) {
    if (plan.columns[column].use != ColumnUse::kSecondStamp) continue;
    const std::vector<TimestampNs>& stamps = rows.columns[stamp_column].times;
    const std::vector<TimestampNs>& others = rows.columns[column].times;
    const std::optional<std::int64_t> distance = usual_distance(stamps, others);
    if (!distance) return;
    std::int64_t differing = 0;
    std::int64_t first = 0;
    for (std::size_t i = 0; i < stamps.size(); ++i) {
      if (others[i] == kMissingTime || others[i] - stamps[i] == *distance) continue;
      if (differing++ == 0) first = static_cast<std::int64_t>(i);
    }
    if (differing == 0) return;
    const std::string& stamp_name = layout.columns[stamp_column].name;
    const std::string& other_name = layout.columns[column].name;
    std::string text = fmt::format(
        "{}:{}: '{}' says {} where '{}' says {} ({} such row{}); '{}' was used. To use the other, pass "
        "--column timestamp={}",
        name, rows.origin.line_of(first), stamp_name,
        format_timestamp_short(stamps[static_cast<std::size_t>(first)]), other_name,
        format_timestamp_short(others[static_cast<std::size_t>(first)]), differing, differing == 1 ? "" : "s",
        stamp_name, other_name);
    observer.on_warning(text);
    dialect.notes.push_back(std::move(text));
    return;
  }
}

}  // namespace regimetry::market

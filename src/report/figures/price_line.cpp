#include "report/figures/price_line.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace regimetry::report {
namespace {

struct Extremes {
  std::int64_t lowest = 0, highest = 0;  // bars
};

// Of bars begin..end - 1; nothing when all are missing.
std::optional<Extremes> extremes_of(std::span<const double> close, std::int64_t begin, std::int64_t end) {
  std::optional<Extremes> found;
  const auto price = [&](std::int64_t bar) { return close[static_cast<std::size_t>(bar)]; };
  for (std::int64_t bar = begin; bar < end; ++bar) {
    if (!std::isfinite(price(bar))) continue;
    if (!found) found = Extremes{bar, bar};
    if (price(bar) < price(found->lowest)) found->lowest = bar;
    if (price(bar) > price(found->highest)) found->highest = bar;
  }
  return found;
}

}  // namespace

std::vector<std::vector<PricePoint>> price_lines(std::span<const double> close, std::int64_t most_columns) {
  const auto bar_count = static_cast<std::int64_t>(close.size());
  const std::int64_t columns = std::min(bar_count, most_columns);
  std::vector<std::vector<PricePoint>> lines;
  bool is_broken = true;
  const auto add = [&](std::int64_t bar) {
    lines.back().push_back({static_cast<double>(bar) + 0.5, close[static_cast<std::size_t>(bar)]});
  };
  for (std::int64_t column = 0; column < columns; ++column) {
    const auto part = extremes_of(close, column * bar_count / columns, (column + 1) * bar_count / columns);
    if (part) {
      if (is_broken) lines.emplace_back();
      add(std::min(part->lowest, part->highest));
      if (part->lowest != part->highest) add(std::max(part->lowest, part->highest));
    }
    is_broken = !part;
  }
  return lines;
}

}  // namespace regimetry::report

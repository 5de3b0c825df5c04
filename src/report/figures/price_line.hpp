// A line of prices, broken where prices are missing and cut down to what can be seen.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::report {

struct PricePoint {
  double bar = 0;  // the middle of bar i is i + 0.5
  double price = 0;
};

// Lines without a gap, in order of time. `close` [T]; what is not finite is missing. With more bars than
// `most_columns`, time is cut into that many equal columns, and each gives its lowest and its highest price
// in their order: no spike is lost. A column breaks the line when it has no price at all.
[[nodiscard]] std::vector<std::vector<PricePoint>> price_lines(std::span<const double> close,
                                                               std::int64_t most_columns);

}  // namespace regimetry::report

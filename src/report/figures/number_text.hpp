// Numbers as they stand in figures: counts with separators, shares in percent, prices with the decimals they
// need.
#pragma once

#include <cstdint>
#include <string>

namespace regimetry::report {

[[nodiscard]] std::string count_text(std::int64_t count);  // "12,345"
// Of a share 0..1: "32.1 %"; "<0.1 %" and ">99.9 %" where rounding would claim none or all.
[[nodiscard]] std::string percent_text(double share);
// A value on an axis whose marks are `step` apart: as many decimals as tell the marks apart, thousands
// separated; "1e+09" where plain digits would not fit.
[[nodiscard]] std::string tick_text(double value, double step);

}  // namespace regimetry::report

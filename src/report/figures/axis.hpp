// A scale of values, linear or logarithmic: where a value stands, and at which round values marks are drawn.
#pragma once

#include <string>
#include <vector>

namespace regimetry::report {

struct Tick {
  double value = 0;
  std::string label;
};

// Values from `low` to `high`, low < high; both above 0 when logarithmic.
struct ValueScale {
  double low = 0, high = 1;
  bool is_logarithmic = false;
  // 0 at low, 1 at high.
  [[nodiscard]] double place(double value) const;
};

// A scale that holds all of low..high with a little room beyond. Logarithmic when all values are positive and
// the largest is more than kLogRatio times the smallest: an equal step is then an equal return.
inline constexpr double kLogRatio = 5;
[[nodiscard]] ValueScale scale_around(double low, double high);

// Round values within the scale, ascending, at most `most` (>= 4) of them. On a linear scale multiples of 1,
// 2 or 5 times a power of ten; on a logarithmic one 1, 2 and 5 times powers of ten, else 1 and 3 times, else
// powers alone, or linear steps where even the first are too few.
[[nodiscard]] std::vector<Tick> ticks_of(const ValueScale& scale, int most);

}  // namespace regimetry::report

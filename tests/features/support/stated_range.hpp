// The range that an entry of the catalogue states about its values, read from its words.
#pragma once

#include <cmath>
#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features::testing {

struct StatedRange {
  double lowest = -HUGE_VAL, highest = HUGE_VAL;
  bool excludes_lowest = false, excludes_highest = false;
  std::vector<double> only;  // the values there are, when they are listed

  [[nodiscard]] bool holds(double value) const;
  [[nodiscard]] bool is_bounded() const { return std::isfinite(lowest) || std::isfinite(highest); }
};

// "[0, 100]", "(-7.7, 7.7)", "[0, 1)", "{-1, 0, 1}", "> 0", ">= log(1e-6)", "<= 0", "any"; bounds may be made
// from the parameters by name, `n` being the first, as in "[-1, slow / fast - 1]". Words may follow an open
// range: after a comma, or ">= 0 for prices". Throws std::invalid_argument for any other form.
[[nodiscard]] StatedRange stated_range(const FeatureEntry& entry, const std::vector<double>& parameters);

}  // namespace regimetry::features::testing

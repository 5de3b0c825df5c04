// Three fixed sets of rows on which maps are judged. The same numbers as golden/reference_quality.py makes:
// a 64-bit congruential generator and arithmetic that both languages round alike.
#pragma once

#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::projection {

struct QualitySet {
  std::string name;
  MatrixF rows;
};

// "blobs": ten groups in 10 columns. "sheet": a rolled-up strip, a line of half circles of growing radius in
// 3 columns. "series": a walk in 32 columns that is drawn to one of six places, and changes the place now and
// then. 1,200 rows each.
[[nodiscard]] std::vector<QualitySet> quality_sets();

}  // namespace regimetry::projection

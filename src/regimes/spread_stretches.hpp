// A long history in small: stretches of it, evenly spread, as sequences of their own.
//
// Why: what is chosen before regimes are fitted (how many, what a switch costs, where to begin) is a matter
// of rates and shapes, which some thousand rows tell as well as a hundred thousand, in a tenth of the time.
// Stretches keep neighbours in time together, which single rows would not.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// Above so many rows, such choices look at stretches.
inline constexpr std::int64_t kMostChoiceRows = 6'000;

class SpreadStretches {
 public:
  // At most `most_rows` rows of `rows`, in stretches of `kStretchRows` where there are more; none spans two
  // sequences.
  SpreadStretches(const RegimeRows& rows, std::int64_t most_rows);

  static constexpr std::int64_t kStretchRows = 500;

  // A view, valid as long as this.
  [[nodiscard]] RegimeRows rows() const { return {values_, sequences_}; }

 private:
  MatrixF values_;                     // [M, D]
  std::vector<IndexRange> sequences_;  // one per stretch and sequence
};

}  // namespace regimetry::regimes

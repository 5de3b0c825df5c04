// Open, high, low and close of bars whose returns are already drawn: the path inside each bar, seen at its
// extremes.
//
// Inside a bar the log price is a Brownian bridge that ends at the drawn return, with the bar's own sd. It is
// stepped through kSteps points; between two points the maximum and the minimum are drawn from their exact
// law. Only the dependence between the two extremes of one and the same step is left out, which moves
// E[range^2] by 0.03 % (measured; 2.7 % for one step): estimators of variance from ranges (Parkinson,
// Rogers-Satchell) are unbiased on these bars.
//
// An overnight share f of the variance passes between the last close and the open; the path covers the rest.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/rng.hpp"

namespace regimetry::market {

// All log offsets from the close before the bar; low <= 0-or-open and close <= high holds for every bar.
struct BarShapes {
  std::vector<double> open, high, low;  // the close is the return itself
};

class IntrabarPath {
 public:
  static constexpr int kSteps = 4;

  // `path_draws` and `gap_draws`: the instrument's own streams. The latter is untouched unless gap_shares are
  // given.
  IntrabarPath(RngStream path_draws, RngStream gap_draws) : path_draws_(path_draws), gap_draws_(gap_draws) {}

  // Shapes of the next bars. returns, sds [n]: the whole bar's log return and sd; gap_shares [n] in [0, 1),
  // or empty when no bar has a gap. `shapes` is resized to n; its storage is reused from call to call.
  void draw(std::span<const double> returns, std::span<const double> sds, std::span<const double> gap_shares,
            BarShapes& shapes);

 private:
  RngStream path_draws_, gap_draws_;
  std::vector<double> position_, step_variance_, normals_, upper_, lower_;
};

}  // namespace regimetry::market

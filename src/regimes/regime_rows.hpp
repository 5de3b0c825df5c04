// The rows that a method reads, and where one sequence ends and the next begins.
#pragma once

#include <cstdint>
#include <span>

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::regimes {

// A view; matrix and ranges must outlive it.
struct RegimeRows {
  Eigen::Ref<const MatrixF> values;       // [N, D], finite, scaled
  std::span<const IndexRange> sequences;  // cover 0..N-1 in order; each in time order, none looks across
};

}  // namespace regimetry::regimes

// Which regime follows which, counted bar by bar.
//
// A transition is a pair of neighbouring rows of one sequence that both have a regime: none leads from one
// instrument to the next, and none across rows without a label.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "regimes/alignment/contingency.hpp"

namespace regimetry::regimes {

// Labels above this are taken for something else than regimes.
inline constexpr int kMostRegimes = 100;

struct Transition {
  std::int32_t from = 0, to = 0;
};

// The highest label + 1, so that gaps (0, 1, 3) keep their rows; 0 when no row has a regime. Throws Error
// (kData) for labels from kMostRegimes on.
[[nodiscard]] int regime_count_of(std::span<const std::int32_t> labels);

// In order of rows. `sequences` cover the labels in order.
[[nodiscard]] std::vector<Transition> list_transitions(std::span<const std::int32_t> labels,
                                                       std::span<const IndexRange> sequences);

[[nodiscard]] CountMatrix count_transitions(std::span<const Transition> transitions,
                                            int regime_count);  // [K, K]

// [K, K]: rows sum to 1; the row of a regime that is never left, nor stays, is zero.
[[nodiscard]] MatrixD transition_matrix(const CountMatrix& counts);

}  // namespace regimetry::regimes

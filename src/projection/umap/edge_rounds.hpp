// The edges of a graph in rounds: no two edges of a round share a point, so a round can be worked on in any
// order.
#pragma once

#include <cstdint>
#include <vector>

#include "projection/umap/layout.hpp"

namespace regimetry::projection {

struct EdgeRounds {
  std::vector<std::int64_t> begins;  // [rounds + 1]: round r holds edges begins[r] .. begins[r + 1] - 1
  std::vector<std::int32_t> first, second;  // the ends, first < second
  std::vector<float> rates;
  [[nodiscard]] std::size_t size() const { return begins.size() - 1; }
  [[nodiscard]] std::int64_t edge_count(std::size_t round) const { return begins[round + 1] - begins[round]; }
};

// Every edge of a schedule that holds each in both directions, once. Each goes, in the order of the rows, to
// the earliest round in which both its ends are free: fewer rounds than twice the largest number of edges at
// a point.
[[nodiscard]] EdgeRounds edge_rounds(const EdgeSchedule& schedule);

}  // namespace regimetry::projection

// A neighbour graph made symmetric: who is near whom no longer depends on who asks.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace regimetry::projection {

// Weighted edges of N points, row by row.
struct SymmetricGraph {
  std::vector<std::int64_t> row_begins;  // [N + 1]: row i holds edges row_begins[i] .. row_begins[i + 1] - 1
  std::vector<std::int32_t> neighbors;   // rising within a row
  std::vector<double> weights;           // the same for i -> j and j -> i
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(row_begins.size()) - 1; }
};

// Joins the directed edges i -> indices[i * k + ...] with their reverses: the weight of a pair is
// combine(weight there, weight back), 0 standing for an edge that is not there. `combine` must be symmetric.
[[nodiscard]] SymmetricGraph join_with_reverse(std::span<const std::int32_t> indices,
                                               std::span<const double> weights, std::int64_t k,
                                               const std::function<double(double, double)>& combine);

}  // namespace regimetry::projection

// From the points that may be nearest to those that are: distances anew in double, in order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "neighbors/candidate_list.hpp"
#include "neighbors/nearest_neighbors.hpp"

namespace regimetry::neighbors {

class ExactLists {
 public:
  ExactLists(const Eigen::Ref<const MatrixF>& queries, const Eigen::Ref<const MatrixF>& points,
             std::int64_t k);

  // `candidates` hold the k nearest of the query. Different queries may be written at the same time.
  void write(std::int64_t query, std::span<const Candidate> candidates);
  [[nodiscard]] NeighborLists take() { return std::move(lists_); }

 private:
  Eigen::Ref<const MatrixF> queries_, points_;
  NeighborLists lists_;
};

}  // namespace regimetry::neighbors

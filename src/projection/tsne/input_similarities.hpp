// The similarities that t-SNE wants to see again on the plane.
//
// Each point spreads a weight of 1 over its neighbours by a Gaussian whose width gives it as many effective
// neighbours as the perplexity says (van der Maaten and Hinton 2008); the two directions of a pair are added.
#pragma once

#include <cstdint>

#include "core/parallel.hpp"
#include "neighbors/nearest_neighbors.hpp"
#include "projection/symmetric_graph.hpp"

namespace regimetry::projection {

// All weights of the answer add up to 1. 1 <= perplexity; with k neighbours no more than k effective ones can
// be reached, and a point with only duplicates around it weighs them evenly.
[[nodiscard]] SymmetricGraph input_similarities(const neighbors::NeighborLists& lists, double perplexity,
                                                ThreadPool& pool);

}  // namespace regimetry::projection

// UMAP's descent: edges pull their ends together, drawn points push each other apart.
//
// An edge moves both its ends at once, as in umap-learn; moving one end at a time gives visibly worse maps.
// So that threads cannot meet, an epoch goes through rounds of edges that share no point (edge_rounds.hpp).
// Drawn points are seen where they were when the epoch began. Draws are made by (epoch, chunk of a round). So
// the answer is bit-identical for any thread count.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "projection/map_points.hpp"
#include "projection/umap/distance_curve.hpp"

namespace regimetry::projection {

// Which points pull point i, and how often.
struct EdgeSchedule {
  std::vector<std::int64_t> row_begins;  // [N + 1]
  std::vector<std::int32_t> targets;
  std::vector<float> rates;  // pulls per epoch, each in (0, 1]
};

// Rates in proportion to the weights, the largest 1; edges that would not pull once in `epochs` are left out.
[[nodiscard]] EdgeSchedule schedule_edges(std::span<const std::int64_t> row_begins,
                                          std::span<const std::int32_t> targets,
                                          std::span<const double> weights, std::int64_t epochs);

struct LayoutOptions {
  DistanceCurve curve;
  std::int64_t epochs = 500;
  double learning_rate = 1;  // of the first epoch; falls to 0 in even steps
  int negatives = 5;         // points that push, for each pull
};

// A map laid out anew: every edge is in the schedule in both directions, and pulls both its ends each time.
[[nodiscard]] MapPoints lay_out(const EdgeSchedule& edges, MapPoints start, const LayoutOptions& options,
                                RngStream stream, ThreadPool& pool);

// New points placed among `fixed` ones, to which the targets of `edges` belong.
[[nodiscard]] MapPoints lay_out_among(const MapPoints& fixed, const EdgeSchedule& edges, MapPoints start,
                                      const LayoutOptions& options, RngStream stream, ThreadPool& pool);

}  // namespace regimetry::projection

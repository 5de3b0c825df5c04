#include "projection/umap/edge_rounds.hpp"

#include <algorithm>

namespace regimetry::projection {
namespace {

// Which rounds a point is already part of.
using Rounds = std::vector<bool>;

std::size_t earliest_free(const Rounds& a, const Rounds& b) {
  std::size_t round = 0;
  while ((round < a.size() && a[round]) || (round < b.size() && b[round])) ++round;
  return round;
}

void take(Rounds& rounds, std::size_t round) {
  if (round >= rounds.size()) rounds.resize(round + 1, false);
  rounds[round] = true;
}

}  // namespace

EdgeRounds edge_rounds(const EdgeSchedule& schedule) {
  struct Edge {
    std::size_t round = 0;
    std::int32_t first = 0, second = 0;
    float rate = 0;
  };
  const std::size_t point_count = schedule.row_begins.size() - 1;
  std::vector<Rounds> taken(point_count);
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < point_count; ++i) {
    for (auto e = static_cast<std::size_t>(schedule.row_begins[i]);
         e < static_cast<std::size_t>(schedule.row_begins[i + 1]); ++e) {
      const auto j = static_cast<std::size_t>(schedule.targets[e]);
      if (j <= i) continue;
      const std::size_t round = earliest_free(taken[i], taken[j]);
      take(taken[i], round);
      take(taken[j], round);
      edges.push_back({round, static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), schedule.rates[e]});
    }
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& a, const Edge& b) { return a.round < b.round; });
  EdgeRounds rounds;
  rounds.begins.push_back(0);
  for (const Edge& edge : edges) {
    while (edge.round >= rounds.size()) rounds.begins.push_back(rounds.begins.back());
    ++rounds.begins.back();
    rounds.first.push_back(edge.first);
    rounds.second.push_back(edge.second);
    rounds.rates.push_back(edge.rate);
  }
  return rounds;
}

}  // namespace regimetry::projection

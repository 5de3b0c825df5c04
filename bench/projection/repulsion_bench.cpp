// The push of all points of a t-SNE map on each other, most of a step: every pair, and by the tree. A
// slowdown of the tree multiplies by the thousand steps of each map.
#include <benchmark/benchmark.h>

#include "core/rng.hpp"
#include "projection/tsne/repulsion.hpp"

namespace {

using namespace regimetry;

// As wide as maps of so many points become.
projection::MapPoints spread_points(std::int64_t count) {
  RngStream stream(7);
  projection::MapPoints map(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < map.size(); ++i) {
    map.x[i] = static_cast<float>(stream.uniform(-80, 80));
    map.y[i] = static_cast<float>(stream.uniform(-80, 80));
  }
  return map;
}

void BM_RepulsionOfEveryPair(benchmark::State& state) {
  const projection::MapPoints map = spread_points(state.range(0));
  ThreadPool pool(1);
  projection::Pushes pushes;
  for (auto _ : state) projection::push_exactly(map, pool, pushes);
}
BENCHMARK(BM_RepulsionOfEveryPair)->Arg(1'000)->Arg(4'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void BM_RepulsionByTree(benchmark::State& state) {
  const projection::MapPoints map = spread_points(state.range(0));
  ThreadPool pool(1);
  projection::Pushes pushes;
  projection::TreeRepulsion repulsion(0.5);
  for (auto _ : state) repulsion.push(map, pool, pushes);
}
BENCHMARK(BM_RepulsionByTree)->Arg(1'000)->Arg(4'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

}  // namespace

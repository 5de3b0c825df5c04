// Gathering batches of windows in random order: what feeds every encoder. If it slows down, training and
// embedding wait for data.
//
// `plain` is the loop a person would write first: value by value, from a list that holds instrument and first
// row of every window. The ratio of the two is what copying a window as one block earns; looking a window up
// must cost next to nothing, although no such list is kept. `copy_only` copies as many bytes from known
// places and is the limit.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "windows/walk_forward.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {
namespace {

constexpr std::int64_t kBatch = 256;

features::FeatureData random_features(std::int64_t instruments, std::int64_t rows,
                                      std::int64_t feature_count) {
  RngStream random = Rng(7).stream("bench.windows");
  features::FeatureData data;
  for (std::int64_t k = 0; k < instruments; ++k) {
    features::FeatureTable table;
    table.symbol = "S" + std::to_string(k);
    table.timeframe = {kNsPerDay, 0};
    for (std::int64_t i = 0; i < feature_count; ++i) table.names.push_back("f" + std::to_string(i));
    table.values.resize(rows, feature_count);
    for (std::int64_t row = 0; row < rows; ++row) {
      table.timestamps.push_back(row * kNsPerDay);
      for (std::int64_t i = 0; i < feature_count; ++i)
        table.values(row, i) = static_cast<float>(random.uniform());
    }
    data.instruments.push_back(std::move(table));
  }
  return data;
}

std::vector<std::int64_t> random_indices(std::int64_t count, std::int64_t window_count) {
  RngStream random = Rng(7).stream("bench.indices");
  std::vector<std::int64_t> indices;
  for (std::int64_t i = 0; i < count; ++i) {
    indices.push_back(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(window_count))));
  }
  return indices;
}

// 100 instruments of 2,000 rows; arguments: window size, features.
struct Task {
  features::FeatureData data;
  Windows windows;
  std::vector<std::int64_t> indices;  // many batches
  std::vector<float> out;             // one batch

  explicit Task(const benchmark::State& state)
      : data(random_features(100, 2'000, state.range(1))),
        windows(data, {.window_size = state.range(0)}),
        indices(random_indices(64 * kBatch, windows.size())),
        out(static_cast<std::size_t>(kBatch * state.range(0) * state.range(1))) {}

  [[nodiscard]] std::span<const std::int64_t> batch(std::int64_t number) const {
    return std::span(indices).subspan(static_cast<std::size_t>(number % 64 * kBatch), kBatch);
  }
  void count(benchmark::State& state) const {
    state.SetItemsProcessed(state.iterations() * kBatch);
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size() * sizeof(float)));
  }
};

void BM_Gather(benchmark::State& state) {
  Task task(state);
  std::int64_t number = 0;
  for (auto _ : state) {
    task.windows.gather(task.batch(number++), task.out);
    benchmark::DoNotOptimize(task.out.data());
    benchmark::ClobberMemory();
  }
  task.count(state);
}

void BM_GatherPlainly(benchmark::State& state) {
  Task task(state);
  std::vector<std::pair<std::size_t, std::int64_t>> places;  // of every window
  for (std::size_t k = 0; k < task.data.instruments.size(); ++k) {
    for (std::int64_t row = 0; row + state.range(0) <= 2'000; ++row) places.emplace_back(k, row);
  }
  std::int64_t number = 0;
  for (auto _ : state) {
    std::size_t to = 0;
    for (const std::int64_t n : task.batch(number++)) {
      const auto& [k, first] = places[static_cast<std::size_t>(n)];
      for (std::int64_t l = 0; l < state.range(0); ++l) {
        for (std::int64_t f = 0; f < state.range(1); ++f) {
          task.out[to++] = task.data.instruments[k].values(first + l, f);
        }
      }
    }
    benchmark::DoNotOptimize(task.out.data());
    benchmark::ClobberMemory();
  }
  task.count(state);
}

void BM_CopyOnly(benchmark::State& state) {
  Task task(state);
  std::vector<const float*> places;
  for (const std::int64_t n : task.indices) places.push_back(task.windows.values(n).data());
  const auto values = static_cast<std::size_t>(state.range(0) * state.range(1));
  std::int64_t number = 0;
  for (auto _ : state) {
    const std::size_t first = static_cast<std::size_t>(number++ % 64 * kBatch);
    for (std::size_t b = 0; b < kBatch; ++b) {
      std::memcpy(task.out.data() + b * values, places[first + b], values * sizeof(float));
    }
    benchmark::DoNotOptimize(task.out.data());
    benchmark::ClobberMemory();
  }
  task.count(state);
}

// Looking up windows in random order, nothing copied.
void BM_LookUp(benchmark::State& state) {
  const Task task(state);
  std::int64_t sum = 0;
  for (auto _ : state) {
    for (const std::int64_t n : task.indices) sum += task.windows.window(n).rows.begin;
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(task.indices.size()));
}

void BM_WalkForward(benchmark::State& state) {
  const Task task(state);
  for (auto _ : state) benchmark::DoNotOptimize(walk_forward(task.windows));
  state.SetItemsProcessed(state.iterations() * task.windows.size());
}

BENCHMARK(BM_Gather)->Args({30, 95})->Args({30, 8})->Args({120, 16});
BENCHMARK(BM_GatherPlainly)->Args({30, 95})->Args({30, 8})->Args({120, 16});
BENCHMARK(BM_CopyOnly)->Args({30, 95})->Args({30, 8})->Args({120, 16});
BENCHMARK(BM_LookUp)->Args({30, 8});
BENCHMARK(BM_WalkForward)->Args({30, 8})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace regimetry::windows

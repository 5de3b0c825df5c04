// What parallel_for costs beside the same loop in one thread: first with nothing to do, so that only the
// overhead per call is left, then with work worth sharing, cut into 1 to 1024 chunks.
#include <benchmark/benchmark.h>

#include <thread>
#include <vector>

#include "core/parallel.hpp"
#include "core/portable_math.hpp"

namespace regimetry {
namespace {

void empty_parallel_for(benchmark::State& state) {
  ThreadPool pool;
  while (state.KeepRunning()) {
    pool.parallel_for(pool.thread_count(), 1, [](IndexRange range) { benchmark::DoNotOptimize(range); });
  }
}
void empty_threads_started_and_joined(benchmark::State& state) {
  const int thread_count = available_processor_count();
  while (state.KeepRunning()) {
    std::vector<std::thread> threads;
    for (int i = 1; i < thread_count; ++i) threads.emplace_back([i] { benchmark::DoNotOptimize(i); });
    for (std::thread& thread : threads) thread.join();
  }
}
BENCHMARK(empty_parallel_for)->UseRealTime();
BENCHMARK(empty_threads_started_and_joined)->UseRealTime();

constexpr std::int64_t kValues = 1 << 20;

void exp_of_a_million(benchmark::State& state, int thread_count, std::int64_t chunk_count) {
  ThreadPool pool(thread_count);
  const std::vector<double> in(kValues, 1.5);
  std::vector<double> out(kValues);
  while (state.KeepRunning()) {
    pool.parallel_for(kValues, kValues / chunk_count, [&](IndexRange range) {
      const auto begin = static_cast<std::size_t>(range.begin), size = static_cast<std::size_t>(range.size());
      portable_exp(std::span(in).subspan(begin, size), std::span(out).subspan(begin, size));
    });
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * kValues);
}

void exp_one_thread(benchmark::State& state) {
  exp_of_a_million(state, 1, state.range(0));
}
void exp_all_threads(benchmark::State& state) {
  exp_of_a_million(state, 0, state.range(0));
}
BENCHMARK(exp_one_thread)->ArgName("chunks")->Arg(1)->Arg(1024)->UseRealTime();
BENCHMARK(exp_all_threads)->ArgName("chunks")->Arg(16)->Arg(1024)->UseRealTime();

}  // namespace
}  // namespace regimetry

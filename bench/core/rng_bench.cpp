// Filling a buffer with draws: our array forms beside our own scalar forms and beside the standard library.
#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "core/rng.hpp"

namespace regimetry {
namespace {

constexpr std::size_t kCount = 4096;  // fits the first-level cache, so the arithmetic is what is timed

template <typename Fill>
void time_fill(benchmark::State& state, Fill fill) {
  std::vector<double> out(kCount);
  for (auto _ : state) {
    fill(out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kCount));
}

template <typename Draw>
void time_draws(benchmark::State& state, Draw draw) {
  time_fill(state, [&](std::vector<double>& out) {
    for (double& value : out) value = draw();
  });
}

void uniform_filled(benchmark::State& state) {
  RngStream stream(1);
  time_fill(state, [&](std::vector<double>& out) { stream.fill_uniform(out); });
}
void uniform_one_by_one(benchmark::State& state) {
  RngStream stream(1);
  time_draws(state, [&] { return stream.uniform(); });
}
void uniform_std(benchmark::State& state) {
  std::mt19937_64 engine(1);
  std::uniform_real_distribution<double> distribution;
  time_draws(state, [&] { return distribution(engine); });
}
BENCHMARK(uniform_filled);
BENCHMARK(uniform_one_by_one);
BENCHMARK(uniform_std);

void normal_filled(benchmark::State& state) {
  RngStream stream(1);
  time_fill(state, [&](std::vector<double>& out) { stream.fill_normal(out); });
}
void normal_one_by_one(benchmark::State& state) {
  RngStream stream(1);
  time_draws(state, [&] { return stream.normal(); });
}
void normal_std(benchmark::State& state) {
  std::mt19937_64 engine(1);
  std::normal_distribution<double> distribution;
  time_draws(state, [&] { return distribution(engine); });
}
BENCHMARK(normal_filled);
BENCHMARK(normal_one_by_one);
BENCHMARK(normal_std);

void exponential_filled(benchmark::State& state) {
  RngStream stream(1);
  time_fill(state, [&](std::vector<double>& out) { stream.fill_exponential(out); });
}
void exponential_one_by_one(benchmark::State& state) {
  RngStream stream(1);
  time_draws(state, [&] { return stream.exponential(); });
}
void exponential_std(benchmark::State& state) {
  std::mt19937_64 engine(1);
  std::exponential_distribution<double> distribution;
  time_draws(state, [&] { return distribution(engine); });
}
BENCHMARK(exponential_filled);
BENCHMARK(exponential_one_by_one);
BENCHMARK(exponential_std);

void student_t_one_by_one(benchmark::State& state) {
  RngStream stream(1);
  time_draws(state, [&] { return stream.student_t(5.0); });
}
void student_t_std(benchmark::State& state) {
  std::mt19937_64 engine(1);
  std::student_t_distribution<double> distribution(5.0);
  time_draws(state, [&] { return distribution(engine); });
}
BENCHMARK(student_t_one_by_one);
BENCHMARK(student_t_std);

}  // namespace
}  // namespace regimetry

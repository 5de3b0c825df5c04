// exp, log and the normal quantile: our array forms, our scalar forms, and the C library one element at a
// time.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "core/portable_math.hpp"

namespace regimetry {
namespace {

constexpr std::size_t kCount = 4096;

std::vector<double> spread(double low, double high) {
  std::vector<double> values(kCount);
  // Multiples of the golden ratio modulo 1: evenly spread, in no order a branch predictor could learn.
  for (std::size_t i = 0; i < kCount; ++i) {
    const double turns = 0.6180339887498949 * static_cast<double>(i + 1);
    values[i] = low + (high - low) * (turns - std::floor(turns));
  }
  return values;
}

template <typename Array>
void time_array(benchmark::State& state, double low, double high, Array array) {
  const std::vector<double> in = spread(low, high);
  std::vector<double> out(kCount);
  for (auto _ : state) {
    array(in, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kCount));
}

template <typename Scalar>
void time_scalar(benchmark::State& state, double low, double high, Scalar scalar) {
  time_array(state, low, high, [&](const std::vector<double>& in, std::vector<double>& out) {
    for (std::size_t i = 0; i < kCount; ++i) out[i] = scalar(in[i]);
  });
}

void exp_array(benchmark::State& state) {
  time_array(state, -20, 20, [](const auto& in, auto& out) { portable_exp(in, out); });
}
void exp_scalar(benchmark::State& state) {
  time_scalar(state, -20, 20, [](double x) { return portable_exp(x); });
}
void exp_std(benchmark::State& state) {
  time_scalar(state, -20, 20, [](double x) { return std::exp(x); });
}
BENCHMARK(exp_array);
BENCHMARK(exp_scalar);
BENCHMARK(exp_std);

void log_array(benchmark::State& state) {
  time_array(state, 0.001, 1000, [](const auto& in, auto& out) { portable_log(in, out); });
}
void log_scalar(benchmark::State& state) {
  time_scalar(state, 0.001, 1000, [](double x) { return portable_log(x); });
}
void log_std(benchmark::State& state) {
  time_scalar(state, 0.001, 1000, [](double x) { return std::log(x); });
}
BENCHMARK(log_array);
BENCHMARK(log_scalar);
BENCHMARK(log_std);

void normal_quantile_array(benchmark::State& state) {
  time_array(state, 0, 1, [](const auto& in, auto& out) { normal_quantile(in, out); });
}
void normal_quantile_scalar(benchmark::State& state) {
  time_scalar(state, 0, 1, [](double p) { return normal_quantile(p); });
}
BENCHMARK(normal_quantile_array);
BENCHMARK(normal_quantile_scalar);

}  // namespace
}  // namespace regimetry

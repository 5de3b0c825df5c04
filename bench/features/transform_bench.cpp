// Fitting and applying `standard`, beside plain loops over the same matrix in the same run, one thread.
//
// The plain loop learns mean and deviation in two passes per column and scales in a third, without
// compensation of rounding, imputation or counts. Ours sorts out missing and infinite values, finds the
// median that stands in for them and sums without losing digits; if the ratio of fitting falls, look at the
// median (nth_element) first. items_per_second counts values.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "features/transform/column_transform.hpp"

namespace regimetry::features {
namespace {

constexpr std::int64_t kRows = 200'000, kColumns = 32;

const FeatureData& data() {
  static const FeatureData made = [] {
    FeatureData data;
    FeatureTable table;
    RngStream stream = Rng(7).stream("bench.transform");
    table.values.resize(kRows, kColumns);
    for (Eigen::Index i = 0; i < table.values.size(); ++i) {
      table.values.data()[i] = static_cast<float>(stream.normal());
    }
    for (std::int64_t row = 0; row < kRows; ++row) table.timestamps.push_back(row * kNsPerMinute);
    for (std::int64_t c = 0; c < kColumns; ++c) table.names.push_back("f" + std::to_string(c));
    data.instruments.push_back(std::move(table));
    return data;
  }();
  return made;
}

void count_values(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * kRows * kColumns);
}

struct PlainScale {
  double mean = 0, deviation = 0;
};

std::vector<PlainScale> plain_fit(const MatrixF& values) {
  std::vector<PlainScale> scales;
  for (Eigen::Index column = 0; column < values.cols(); ++column) {
    PlainScale scale;
    for (Eigen::Index row = 0; row < values.rows(); ++row) scale.mean += values(row, column);
    scale.mean /= static_cast<double>(values.rows());
    double squares = 0;
    for (Eigen::Index row = 0; row < values.rows(); ++row) {
      const double distance = values(row, column) - scale.mean;
      squares += distance * distance;
    }
    scale.deviation = std::sqrt(squares / static_cast<double>(values.rows()));
    scales.push_back(scale);
  }
  return scales;
}

void BM_PlainFit(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(plain_fit(data().instruments[0].values));
  count_values(state);
}

void fit_standard(benchmark::State& state, MissingPolicy missing) {
  ThreadPool pool(1);
  const InputTable table = input_table(data(), "bench");
  for (auto _ : state) {
    ColumnTransform transform({.missing = missing});
    transform.fit(table, data().instruments[0].names, pool);
    benchmark::DoNotOptimize(transform.fitted().groups.data());
  }
  count_values(state);
}

void BM_Fit(benchmark::State& state) {
  fit_standard(state, MissingPolicy::kImpute);
}

void BM_FitWithoutMedian(benchmark::State& state) {
  fit_standard(state, MissingPolicy::kKeep);
}

void BM_PlainApply(benchmark::State& state) {
  const MatrixF& values = data().instruments[0].values;
  const std::vector<PlainScale> scales = plain_fit(values);
  for (auto _ : state) {
    MatrixF scaled(values.rows(), values.cols());
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      const PlainScale scale = scales[static_cast<std::size_t>(column)];
      for (Eigen::Index row = 0; row < values.rows(); ++row) {
        scaled(row, column) = static_cast<float>((values(row, column) - scale.mean) / scale.deviation);
      }
    }
    benchmark::DoNotOptimize(scaled.data());
    benchmark::ClobberMemory();
  }
  count_values(state);
}

void BM_Apply(benchmark::State& state) {
  ThreadPool pool(1);
  const InputTable table = input_table(data(), "bench");
  ColumnTransform transform;
  transform.fit(table, data().instruments[0].names, pool);
  for (auto _ : state) {
    const ApplyResult result = transform.apply(table, {.purpose = Purpose::kDescription}, pool);
    benchmark::DoNotOptimize(result.data.instruments[0].values.data());
    benchmark::ClobberMemory();
  }
  count_values(state);
}

BENCHMARK(BM_PlainFit);
BENCHMARK(BM_Fit);
BENCHMARK(BM_FitWithoutMedian);
BENCHMARK(BM_PlainApply);
BENCHMARK(BM_Apply);

}  // namespace
}  // namespace regimetry::features

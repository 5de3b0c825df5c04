// Fitting a jump model: 10 starts on 3,777 rows of 9 features, three regimes, as one would a decade and a
// half of daily bars; by the room's code on one and two threads, and by a plain loop beside it.
//
// If the first slows down, every choice of a penalty does, ten times over. The plain version does the same
// arithmetic as one would write it first, with tables of vectors and the minimum over all pairs of regimes;
// it starts from rows drawn evenly, so it may need other numbers of rounds. Objectives are shown as counters.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include "regimes/jump/jump_model.hpp"
#include "regimes/jump/jump_path.hpp"

namespace {

using namespace regimetry;
using namespace regimetry::regimes;

constexpr Eigen::Index kRows = 3777, kWidth = 9;
constexpr int kRegimes = 3, kStarts = 10;
constexpr double kPenalty = 50;

// Stays of some 80 rows around centres one sd apart.
MatrixF make_rows(Eigen::Index count = kRows) {
  RngStream draws(1);
  MatrixF rows(count, kWidth);
  double center = 0;
  for (Eigen::Index t = 0; t < count; ++t) {
    if (draws.uniform() < 1.0 / 80) center = static_cast<double>(draws.below(kRegimes)) - 1;
    for (Eigen::Index d = 0; d < kWidth; ++d) rows(t, d) = static_cast<float>(center + draws.normal());
  }
  return rows;
}

JumpOptions bench_options() {
  JumpOptions options;
  options.regime_count = kRegimes;
  options.penalty = kPenalty;
  options.starts = kStarts;
  return options;
}

using Table = std::vector<std::vector<double>>;

double plain_path(const Table& loss, std::vector<int>& labels) {
  const std::size_t rows = loss.size();
  Table value = loss;
  std::vector<std::vector<int>> from(rows, std::vector<int>(kRegimes));
  for (std::size_t t = 1; t < rows; ++t)
    for (int k = 0; k < kRegimes; ++k) {
      double best = std::numeric_limits<double>::infinity();
      for (int j = 0; j < kRegimes; ++j) {
        const double candidate = value[t - 1][static_cast<std::size_t>(j)] + (j == k ? 0 : kPenalty);
        if (candidate >= best) continue;
        best = candidate;
        from[t][static_cast<std::size_t>(k)] = j;
      }
      value[t][static_cast<std::size_t>(k)] += best;
    }
  const auto last = std::min_element(value.back().begin(), value.back().end());
  labels[rows - 1] = static_cast<int>(last - value.back().begin());
  for (std::size_t t = rows - 1; t > 0; --t) labels[t - 1] = from[t][static_cast<std::size_t>(labels[t])];
  return *last;
}

Table plain_losses(const Table& x, const Table& centers) {
  Table loss(x.size(), std::vector<double>(kRegimes, 0.0));
  for (std::size_t t = 0; t < x.size(); ++t)
    for (std::size_t k = 0; k < kRegimes; ++k)
      for (std::size_t d = 0; d < kWidth; ++d)
        loss[t][k] += 0.5 * (x[t][d] - centers[k][d]) * (x[t][d] - centers[k][d]);
  return loss;
}

void plain_centers(const Table& x, const std::vector<int>& labels, Table& centers) {
  Table sums(kRegimes, std::vector<double>(kWidth, 0.0));
  std::vector<double> counts(kRegimes, 0.0);
  for (std::size_t t = 0; t < x.size(); ++t) {
    counts[static_cast<std::size_t>(labels[t])] += 1;
    for (std::size_t d = 0; d < kWidth; ++d) sums[static_cast<std::size_t>(labels[t])][d] += x[t][d];
  }
  for (std::size_t k = 0; k < kRegimes; ++k)
    for (std::size_t d = 0; d < kWidth; ++d)
      if (counts[k] > 0) centers[k][d] = sums[k][d] / counts[k];
}

double plain_fit(const Table& x) {
  std::mt19937 engine(1);
  std::uniform_int_distribution<std::size_t> any(0, x.size() - 1);
  double best = std::numeric_limits<double>::infinity();
  for (int start = 0; start < kStarts; ++start) {
    Table centers;
    for (int k = 0; k < kRegimes; ++k) centers.push_back(x[any(engine)]);
    std::vector<int> labels(x.size(), -1), before;
    double objective = 0;
    while (labels != before) {
      before = labels;
      objective = plain_path(plain_losses(x, centers), labels);
      plain_centers(x, labels, centers);
    }
    best = std::min(best, objective);
  }
  return best;
}

void BM_FitJumpPlain(benchmark::State& state) {
  const MatrixF rows = make_rows();
  Table x(kRows, std::vector<double>(kWidth));
  for (Eigen::Index t = 0; t < kRows; ++t)
    for (Eigen::Index d = 0; d < kWidth; ++d)
      x[static_cast<std::size_t>(t)][static_cast<std::size_t>(d)] = static_cast<double>(rows(t, d));
  double objective = 0;
  for (auto _ : state) objective = plain_fit(x);
  state.counters["objective"] = objective;
}
BENCHMARK(BM_FitJumpPlain)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_FitJump(benchmark::State& state) {
  const MatrixF rows = make_rows();
  const IndexRange all{0, kRows};
  ThreadPool pool(static_cast<int>(state.range(0)));
  double objective = 0;
  for (auto _ : state)
    objective = fit_jump_model({rows, std::span(&all, 1)}, bench_options(), Rng(1), pool).fit.objective;
  state.counters["objective"] = objective;
}
BENCHMARK(BM_FitJump)->Arg(1)->Arg(2)->ArgName("threads")->Unit(benchmark::kMillisecond)->UseRealTime();

// 100,000 rows: starts tried on stretches of 6,000 of them, or on all. The objectives say whether that costs
// anything.
void BM_LongHistory(benchmark::State& state) {
  constexpr Eigen::Index kLong = 100'000;
  const MatrixF rows = make_rows(kLong);
  const IndexRange all{0, kLong};
  ThreadPool pool(2);
  JumpOptions options = bench_options();
  options.most_start_rows = state.range(0);
  double objective = 0;
  for (auto _ : state)
    objective = fit_jump_model({rows, std::span(&all, 1)}, options, Rng(1), pool).fit.objective;
  state.counters["objective"] = objective;
}
BENCHMARK(BM_LongHistory)
    ->Arg(kMostChoiceRows)
    ->Arg(100'000)
    ->ArgName("start_rows")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_OnlineRow(benchmark::State& state) {
  const MatrixF rows = make_rows();
  const IndexRange all{0, kRows};
  ThreadPool pool(1);
  const JumpFit fit = fit_jump_model({rows, std::span(&all, 1)}, bench_options(), Rng(1), pool);
  const auto online = fit.model.start();
  Eigen::Index t = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(online->push({rows.row(t).data(), kWidth}));
    t = (t + 1) % kRows;
  }
}
BENCHMARK(BM_OnlineRow);

}  // namespace

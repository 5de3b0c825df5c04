// Fits of hidden Markov models: the slow step of `regimetry cluster --method hmm`, repeated at every refit of
// labels known at the time.
//
// Beside it a textbook Baum-Welch in logs, one iteration of one start: 10 starts of 25 trial iterations and
// four finished are some 400 iterations of ours.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/rng.hpp"
#include "regimes/hidden_markov/hidden_markov.hpp"
#include "regimes/mixture/start_labels.hpp"

namespace {

using namespace regimetry;
using namespace regimetry::regimes;

// Three regimes of different spread, each lasting a hundred rows on average.
MatrixF simulated_rows(std::int64_t row_count, std::int64_t width) {
  RngStream stream(7);
  MatrixF values(row_count, width);
  int regime = 0;
  for (Eigen::Index row = 0; row < row_count; ++row) {
    if (stream.uniform() < 0.01) regime = static_cast<int>(stream.below(3));
    for (Eigen::Index column = 0; column < width; ++column)
      values(row, column) = static_cast<float>(0.1 * regime + (0.5 + 0.5 * regime) * stream.normal());
  }
  return values;
}

double log_sum(const std::vector<double>& logs) {
  const double greatest = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double value : logs) sum += std::exp(value - greatest);
  return greatest + std::log(sum);
}

// Log densities, forward and backward, chances and transitions of one column, as textbooks write them.
double textbook_iteration(const MatrixF& values, HiddenMarkovLaw& law) {
  const auto rows = static_cast<std::size_t>(values.rows());
  const auto count = static_cast<std::size_t>(law.regime_count());
  const auto at = [](std::size_t i) { return static_cast<Eigen::Index>(i); };
  std::vector<std::vector<double>> density(rows, std::vector<double>(count)), forward = density,
                                                                              backward = density;
  std::vector<double> terms(count);
  for (std::size_t t = 0; t < rows; ++t) {
    for (std::size_t k = 0; k < count; ++k) {
      const double off = static_cast<double>(values(at(t), 0)) - law.components.means(at(k), 0);
      const double variance = law.components.covariances(at(k), 0);
      density[t][k] = -0.5 * (std::log(2 * 3.14159265358979 * variance) + off * off / variance);
    }
  }
  for (std::size_t t = 0; t < rows; ++t) {
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t j = 0; j < count && t > 0; ++j)
        terms[j] = forward[t - 1][j] + std::log(law.transition(at(j), at(k)));
      forward[t][k] = density[t][k] + (t > 0 ? log_sum(terms) : std::log(law.initial(at(k))));
    }
  }
  for (std::size_t t = rows - 1; t-- > 0;) {
    for (std::size_t j = 0; j < count; ++j) {
      for (std::size_t k = 0; k < count; ++k)
        terms[k] = std::log(law.transition(at(j), at(k))) + density[t + 1][k] + backward[t + 1][k];
      backward[t][j] = log_sum(terms);
    }
  }
  const double likelihood = log_sum(forward[rows - 1]);
  MatrixD transitions = MatrixD::Constant(at(count), at(count), 1e-3);
  std::vector<double> owned(count, 1e-9), sums(count, 0.0), squares(count, 1e-9);
  for (std::size_t t = 0; t < rows; ++t) {
    for (std::size_t j = 0; j < count; ++j) {
      const double chance = std::exp(forward[t][j] + backward[t][j] - likelihood);
      const auto value = static_cast<double>(values(at(t), 0));
      owned[j] += chance, sums[j] += chance * value, squares[j] += chance * value * value;
      for (std::size_t k = 0; k < count && t + 1 < rows; ++k)
        transitions(at(j), at(k)) += std::exp(forward[t][j] + std::log(law.transition(at(j), at(k))) +
                                              density[t + 1][k] + backward[t + 1][k] - likelihood);
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    law.components.means(at(k), 0) = sums[k] / owned[k];
    law.components.covariances(at(k), 0) = squares[k] / owned[k] - std::pow(sums[k] / owned[k], 2);
    law.transition.row(at(k)) = transitions.row(at(k)) / transitions.row(at(k)).sum();
  }
  return likelihood;
}

struct Start {
  MatrixF values;
  RowColumns rows;
  std::vector<IndexRange> sequences;
  HiddenMarkovPrior prior;
  HiddenMarkovLaw law;

  explicit Start(std::int64_t row_count)
      : values(simulated_rows(row_count, 1)),
        rows(values),
        sequences{{0, row_count}},
        prior{make_spread_prior(rows, CovarianceShape::kFull, 3, {}), 1, 49, 0.5} {
    RngStream stream(1);
    const std::vector<std::int32_t> labels = labels_from_stretches({values, sequences}, 20, 3, stream);
    law = law_of_labels(rows, sequences, prior, CovarianceShape::kFull, StudentDof::kNone, 3, labels);
  }
};

constexpr int kIterations = 20;

void BM_TextbookIterations(benchmark::State& state) {
  const Start start(state.range(0));
  for (auto _ : state) {
    HiddenMarkovLaw law = start.law;
    for (int i = 0; i < kIterations; ++i) benchmark::DoNotOptimize(textbook_iteration(start.values, law));
  }
}
BENCHMARK(BM_TextbookIterations)->Arg(5000)->Unit(benchmark::kMillisecond);

void BM_Iterations(benchmark::State& state) {
  const Start start(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(run_baum_welch(start.rows, start.sequences, start.prior,
                                            {StudentDof::kNone, kIterations, 0}, start.law));
}
BENCHMARK(BM_Iterations)->Arg(5000)->Unit(benchmark::kMillisecond);

// Three regimes, ten starts, two threads; arguments are columns and whether laws are Student-t.
void BM_FitHiddenMarkov(benchmark::State& state) {
  const MatrixF values = simulated_rows(5000, state.range(0));
  const std::vector<IndexRange> sequences = {{0, 5000}};
  HiddenMarkovOptions options;
  options.student_dof = state.range(1) != 0 ? StudentDof::kShared : StudentDof::kNone;
  ThreadPool pool(2);
  for (auto _ : state)
    benchmark::DoNotOptimize(fit_hidden_markov({values, sequences}, options, Rng(1), pool));
}
BENCHMARK(BM_FitHiddenMarkov)
    ->ArgsProduct({{1, 9}, {0, 1}})
    ->ArgNames({"columns", "student"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

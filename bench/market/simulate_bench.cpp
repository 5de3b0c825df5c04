// Making the simulated market: one instrument on one core, by the room's code and by a plain loop beside it.
//
// Unit of work: 60,000 bars of the preset four-daily (regime path, Student-t returns, open/high/low/close,
// volume), counted as bars per second; the oracle apart, since --no-truth goes without. If the first slows
// down, every demo and every quality measurement does; if the second does, so does everything that compares
// itself with the truth.
//
// The plain versions do the same arithmetic bar by bar with the C library, as one would write it first: their
// draws differ, the market they make is the same in law.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "market/simulation/instrument_simulator.hpp"
#include "market/simulation/oracle.hpp"
#include "market/simulation/presets.hpp"
#include "market/simulation/simulate_market.hpp"

namespace {

using namespace regimetry;
using namespace regimetry::market;

constexpr std::int64_t kBars = 60'000;

SimulationOptions options_for(const char* preset) {
  SimulationOptions options;
  options.preset = preset;
  options.bars = kBars;
  return options;
}

void count_bars(benchmark::State& state) {
  state.counters["bars/s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kBars), benchmark::Counter::kIsRate);
}

struct PlainBars {
  std::vector<double> open, high, low, close, volume, returns;
};

PlainBars plain_market(const RegimeParameters& p, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(1e-300, 1.0);
  const double dof = p.student_t_dof.value_or(0);
  std::chi_squared_distribution<double> chi_squared(dof > 0 ? dof : 1);
  PlainBars bars;
  int regime = 0;
  double log_price = std::log(100.0);
  for (std::int64_t t = 0; t < kBars; ++t) {
    double u = uniform(engine);
    int next = 0;
    while (next + 1 < p.regime_count() && u > p.transition_at(regime, next))
      u -= p.transition_at(regime, next++);
    regime = next;
    const double scale = dof > 0 ? std::sqrt((dof - 2) / chi_squared(engine)) : 1;
    const double sd = p.sds[static_cast<std::size_t>(regime)] * scale;
    const double move = p.means[static_cast<std::size_t>(regime)] + sd * normal(engine);
    double at = 0, high = 0, low = 0;
    const double variance = sd * sd / 4;
    for (int step = 0; step < 4; ++step) {
      const int left = 4 - step;
      const double to =
          left > 1 ? at + (move - at) / left + std::sqrt(variance * (left - 1) / left) * normal(engine)
                   : move;
      const double span_squared = (to - at) * (to - at);
      high =
          std::max(high, (at + to + std::sqrt(span_squared - 2 * variance * std::log(uniform(engine)))) / 2);
      low = std::min(low, (at + to - std::sqrt(span_squared - 2 * variance * std::log(uniform(engine)))) / 2);
      at = to;
    }
    bars.open.push_back(std::exp(log_price));
    bars.high.push_back(std::exp(log_price + high));
    bars.low.push_back(std::exp(log_price + low));
    log_price += move;
    bars.close.push_back(std::exp(log_price));
    bars.volume.push_back(std::exp(std::log(1e6) + 0.5 * std::log(sd) + 0.3 * normal(engine)));
    bars.returns.push_back(move);
  }
  return bars;
}

void BM_SimulatePlain(benchmark::State& state) {
  const RegimeParameters& parameters = find_preset("four-daily").parameters;
  for (auto _ : state) benchmark::DoNotOptimize(plain_market(parameters, 1));
  count_bars(state);
}
BENCHMARK(BM_SimulatePlain)->Unit(benchmark::kMillisecond);

void BM_Simulate(benchmark::State& state, const char* preset) {
  const SimulationOptions options = options_for(preset);
  const RegimeParameters parameters = resolve_parameters(options);
  const BarCalendar calendar = make_calendar(options.calendar, parameters.timeframe, kBars);
  const Rng rng(1);
  ThreadPool pool(1);
  const CrossSection cross_section({}, kBars, rng, pool);
  const MarketPlan plan{options, parameters, calendar, cross_section, rng};
  for (auto _ : state) benchmark::DoNotOptimize(simulate_instrument(plan, 0));
  count_bars(state);
}
BENCHMARK_CAPTURE(BM_Simulate, four_daily, "four-daily")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Simulate, hardy3_daily, "hardy3-daily")->Unit(benchmark::kMillisecond);

// The textbook recursions with normalised probabilities, a table of logs for Viterbi, and forward-backward.
double plain_oracle(const RegimeParameters& p, const std::vector<double>& returns) {
  const int k = p.regime_count();
  const auto bars = returns.size();
  const double dof = p.student_t_dof.value_or(0);
  std::vector<std::vector<double>> density(bars, std::vector<double>(static_cast<std::size_t>(k))),
      forward = density, backward = density, score = density;
  std::vector<std::vector<int>> from(bars, std::vector<int>(static_cast<std::size_t>(k)));
  const std::vector<double> initial = p.stationary_shares();
  for (std::size_t t = 0; t < bars; ++t) {
    double sum = 0;
    for (int j = 0; j < k; ++j) {
      const auto at = static_cast<std::size_t>(j);
      const double u = (returns[t] - p.means[at]) / p.sds[at];
      const double log_density =
          -std::log(p.sds[at]) - (dof > 0 ? (dof + 1) / 2 * std::log(1 + u * u / (dof - 2)) : u * u / 2);
      density[t][at] = std::exp(log_density);
      double predicted = t == 0 ? initial[at] : 0, best = t == 0 ? std::log(initial[at]) : -1e300;
      for (int i = 0; t > 0 && i < k; ++i) {
        predicted += forward[t - 1][static_cast<std::size_t>(i)] * p.transition_at(i, j);
        const double candidate = score[t - 1][static_cast<std::size_t>(i)] + std::log(p.transition_at(i, j));
        if (candidate > best) {
          best = candidate;
          from[t][at] = i;
        }
      }
      score[t][at] = best + log_density;
      forward[t][at] = predicted * density[t][at];
      sum += forward[t][at];
    }
    for (double& value : forward[t]) value /= sum;
  }
  std::fill(backward[bars - 1].begin(), backward[bars - 1].end(), 1.0);
  for (std::size_t t = bars - 1; t-- > 0;) {
    double sum = 0;
    for (int i = 0; i < k; ++i) {
      double value = 0;
      for (int j = 0; j < k; ++j)
        value += p.transition_at(i, j) * density[t + 1][static_cast<std::size_t>(j)] *
                 backward[t + 1][static_cast<std::size_t>(j)];
      backward[t][static_cast<std::size_t>(i)] = value;
      sum += value;
    }
    for (double& value : backward[t]) value /= sum;
  }
  return forward[bars / 2][0] * backward[bars / 2][0] + from[bars / 2][0];
}

std::vector<double> four_daily_returns() {
  return plain_market(find_preset("four-daily").parameters, 1).returns;
}

void BM_OraclePlain(benchmark::State& state) {
  const std::vector<double> returns = four_daily_returns();
  for (auto _ : state) benchmark::DoNotOptimize(plain_oracle(find_preset("four-daily").parameters, returns));
  count_bars(state);
}
BENCHMARK(BM_OraclePlain)->Unit(benchmark::kMillisecond);

void BM_Oracle(benchmark::State& state) {
  const std::vector<double> returns = four_daily_returns();
  for (auto _ : state)
    benchmark::DoNotOptimize(ask_oracle(find_preset("four-daily").parameters, {returns, {}, {}}));
  count_bars(state);
}
BENCHMARK(BM_Oracle)->Unit(benchmark::kMillisecond);

}  // namespace

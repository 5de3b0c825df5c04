#include "market/simulation/oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/rng.hpp"
#include "market/simulation/brute_force.hpp"
#include "market/simulation/presets.hpp"
#include "market/simulation/regime_path.hpp"

namespace regimetry::market {
namespace {

RegimeParameters small_market(int regimes, int dwell_shape, std::optional<double> dof) {
  RegimeParameters p;
  p.means = {0.5, -0.4, 0.1};
  p.sds = {0.6, 1.4, 0.9};
  p.transition = regimes == 3 ? std::vector<double>{.80, .15, .05, .10, .75, .15, .20, .05, .75}
                              : std::vector<double>{.80, .20, .30, .70};
  p.means.resize(static_cast<std::size_t>(regimes));
  p.sds.resize(static_cast<std::size_t>(regimes));
  for (int k = 0; k < regimes; ++k) p.names.push_back("r" + std::to_string(k));
  p.timeframe = {.nanoseconds = kNsPerDay, .months = 0};
  p.dwell_shape = dwell_shape;
  p.student_t_dof = dof;
  return p;
}

struct Case {
  RegimeParameters parameters;
  std::vector<double> returns, shifts, multipliers;
  [[nodiscard]] OracleInput input() const { return {returns, shifts, multipliers}; }
};

// Densities by their formulas, multiplier included, in plain double arithmetic.
std::vector<std::vector<double>> densities_of(const Case& c) {
  std::vector<std::vector<double>> densities;
  for (std::size_t t = 0; t < c.returns.size(); ++t) {
    std::vector<double> row;
    for (std::size_t k = 0; k < c.parameters.means.size(); ++k) {
      const double sd = c.parameters.sds[k] * (c.multipliers.empty() ? 1 : c.multipliers[t]);
      const double mean = c.parameters.means[k] + sd * (c.shifts.empty() ? 0 : c.shifts[t]);
      const double u = (c.returns[t] - mean) / sd;
      const double dof = c.parameters.student_t_dof.value_or(0);
      row.push_back((dof > 0 ? std::pow(1 + u * u / (dof - 2), -(dof + 1) / 2) : std::exp(-u * u / 2)) / sd);
    }
    densities.push_back(row);
  }
  return densities;
}

Case random_case(int regimes, int dwell_shape, std::optional<double> dof, std::size_t bars, bool with_extras,
                 std::uint64_t seed) {
  Case c{small_market(regimes, dwell_shape, dof), std::vector<double>(bars), {}, {}};
  RngStream stream = Rng(seed).stream("oracle_test");
  for (double& value : c.returns) value = 1.5 * stream.normal();
  if (!with_extras) return c;
  for (std::size_t t = 0; t <= bars; ++t) {
    c.shifts.push_back(stream.normal());
    c.multipliers.push_back(0.5 + stream.uniform());
  }
  return c;
}

void expect_matches_brute_force(const Case& c) {
  const OracleAnswer answer = ask_oracle(c.parameters, c.input());
  const BruteForce truth(c.parameters, densities_of(c));
  const std::size_t bars = c.returns.size();
  for (std::size_t t = 0; t < bars; ++t) {
    const std::vector<double> filtered = truth.posterior(t, t), smoothed = truth.posterior(t, bars - 1);
    for (std::size_t k = 0; k < filtered.size(); ++k) {
      EXPECT_NEAR(answer.filter_p[k][t], filtered[k], 1e-10) << "filter, bar " << t << ", regime " << k;
      EXPECT_NEAR(answer.smoother_p[k][t], smoothed[k], 1e-10) << "smoother, bar " << t << ", regime " << k;
    }
    EXPECT_EQ(answer.filter[t], std::max_element(filtered.begin(), filtered.end()) - filtered.begin());
    EXPECT_EQ(answer.smoother[t], std::max_element(smoothed.begin(), smoothed.end()) - smoothed.begin());
  }
  EXPECT_EQ(answer.viterbi, truth.best_path());
}

TEST(Oracle, MatchesEveryPathEnumerated) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    expect_matches_brute_force(random_case(3, 1, std::nullopt, 7, false, seed));
    expect_matches_brute_force(random_case(2, 1, 5.0, 9, true, 100 + seed));
  }
}

TEST(Oracle, SemiMarkovMatchesEveryPathEnumerated) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    expect_matches_brute_force(random_case(2, 2, std::nullopt, 10, false, 200 + seed));
    expect_matches_brute_force(random_case(2, 3, 5.0, 10, true, 300 + seed));
    expect_matches_brute_force(random_case(3, 4, 4.5, 7, true, 400 + seed));
  }
}

TEST(Oracle, OddsOfTheNextSignMatchEnumeration) {
  // One bar more than is seen: P(regime of bar t + 1 | returns 0 .. t) from paths whose last bar has
  // density 1.
  const Case c = random_case(3, 1, std::nullopt, 6, true, 500);
  const OracleAnswer answer = ask_oracle(c.parameters, c.input());
  for (std::size_t t = 0; t < 6; ++t) {
    std::vector<std::vector<double>> densities = densities_of(c);
    densities.resize(t + 1);
    densities.push_back(std::vector<double>(3, 1.0));
    const std::vector<double> next = BruteForce(c.parameters, densities).posterior(t + 1, t + 1);
    double expected = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const double sd = c.parameters.sds[k] * c.multipliers[t + 1];
      const double mean = c.parameters.means[k] + sd * c.shifts[t + 1];
      expected += next[k] * 0.5 * std::erfc(-mean / sd / std::sqrt(2.0));
    }
    EXPECT_NEAR(answer.p_up[t], expected, 1e-10) << t;
  }
}

TEST(Oracle, FilterNeverReadsTheFuture) {
  const Case full = random_case(3, 2, 5.0, 700, true, 600);
  const OracleAnswer all = ask_oracle(full.parameters, full.input());
  for (const std::size_t bars : {1U, 2U, 511U, 512U, 513U, 699U}) {
    Case prefix = full;
    prefix.returns.resize(bars);
    prefix.shifts.resize(bars + 1);
    prefix.multipliers.resize(bars + 1);
    const OracleAnswer answer = ask_oracle(prefix.parameters, prefix.input());
    for (std::size_t t = 0; t < bars; ++t) {
      ASSERT_EQ(answer.filter_p[0][t], all.filter_p[0][t]) << bars << " bars, bar " << t;
      ASSERT_EQ(answer.p_up[t], all.p_up[t]) << bars << " bars, bar " << t;
    }
  }
}

TEST(Oracle, SmootherEndsWhereTheFilterDoes) {
  const Case c = random_case(3, 1, std::nullopt, 50, false, 700);
  const OracleAnswer answer = ask_oracle(c.parameters, c.input());
  for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(answer.smoother_p[k][49], answer.filter_p[k][49]);
}

TEST(Oracle, ProbabilitiesSumToOneOverLongSeries) {
  const RegimeParameters& p = find_preset("hardy3-daily").parameters;
  std::vector<double> returns(100'000);
  Rng(8).stream("oracle_test").fill_normal(returns);
  for (double& value : returns) value *= 0.01;
  const OracleAnswer answer = ask_oracle(p, {returns, {}, {}});
  for (std::size_t t = 0; t < returns.size(); ++t) {
    ASSERT_NEAR(answer.filter_p[0][t] + answer.filter_p[1][t] + answer.filter_p[2][t], 1, 1e-12);
    ASSERT_NEAR(answer.smoother_p[0][t] + answer.smoother_p[1][t] + answer.smoother_p[2][t], 1, 1e-12);
  }
}

TEST(Oracle, AbsurdReturnsDoNotBreakIt) {
  // 1000 sds away in every regime: all densities underflow, their ratios do not.
  RegimeParameters p = small_market(2, 1, std::nullopt);
  const std::vector<double> returns{0.1, 1400, -0.2, -1e6, 0.3};
  const OracleAnswer answer = ask_oracle(p, {returns, {}, {}});
  EXPECT_NEAR(answer.filter_p[1][1], 1, 1e-12);  // only the wide regime could have done it
  for (std::size_t t = 0; t < returns.size(); ++t) {
    EXPECT_NEAR(answer.filter_p[0][t] + answer.filter_p[1][t], 1, 1e-12);
    EXPECT_NEAR(answer.smoother_p[0][t] + answer.smoother_p[1][t], 1, 1e-12);
  }
  // A regime that cannot be reached would explain the return best, and must not: from 0 one never comes to 1.
  p.transition = {1, 0, 0.5, 0.5};
  const std::vector<double> far{0.1, 60};
  const OracleAnswer certain = ask_oracle(p, {far, {}, {}});
  EXPECT_NEAR(certain.filter_p[0][1], 1, 1e-12);
  EXPECT_EQ(certain.viterbi, (std::vector<std::int32_t>{0, 0}));
}

TEST(Oracle, ASingleRegimeIsCertain) {
  const RegimeParameters& p = find_preset("random-walk-daily").parameters;
  const std::vector<double> returns{0.01, -0.02};
  const OracleAnswer answer = ask_oracle(p, {returns, {}, {}});
  EXPECT_EQ(answer.smoother_p[0], (std::vector<double>{1, 1}));
  EXPECT_NEAR(answer.p_up[0], 0.5 * std::erfc(-0.03 / std::sqrt(2.0)), 1e-12);
}

// The small chains run through code made for their size, the others through the general one: both must say
// the same.
TEST(Oracle, SizesOfChainAgree) {
  const Case c = random_case(2, 1, 5.0, 300, false, 900);
  const OracleAnswer two = ask_oracle(c.parameters, c.input());
  // The same market with six further regimes that are never entered.
  RegimeParameters wide = c.parameters;
  for (int k = 2; k < 8; ++k) {
    wide.names.push_back("never" + std::to_string(k));
    wide.means.push_back(0);
    wide.sds.push_back(1);
  }
  wide.transition.assign(64, 0.0);
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j)
      wide.transition[static_cast<std::size_t>(8 * i + j)] = c.parameters.transition_at(i, j);
  }
  for (int i = 2; i < 8; ++i)
    wide.transition[static_cast<std::size_t>(8 * i)] = 1;  // left at once, never entered
  const OracleAnswer eight = ask_oracle(wide, c.input());
  EXPECT_EQ(eight.viterbi, two.viterbi);
  for (std::size_t t = 0; t < 300; ++t) {
    EXPECT_NEAR(eight.filter_p[0][t], two.filter_p[0][t], 1e-12);
    EXPECT_NEAR(eight.smoother_p[0][t], two.smoother_p[0][t], 1e-12);
  }
}

}  // namespace
}  // namespace regimetry::market

#include "market/simulation/semi_markov_viterbi.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/rng.hpp"
#include "market/simulation/oracle.hpp"
#include "market/simulation/presets.hpp"

namespace regimetry::market {
namespace {

RegimeParameters chain_of(int dwell_shape) {
  RegimeParameters p = find_preset("four-daily").parameters;
  p.transition = {.90, .05, .03, .02, .04, .90, .03, .03, .02, .06, .90, .02, .05, .05, .05, .85};
  p.dwell_shape = dwell_shape;
  return p;
}

std::vector<double> random_log_densities(std::size_t bars, std::uint64_t seed) {
  std::vector<double> densities(bars * 4);
  Rng(seed).stream("densities").fill_normal(densities);
  return densities;
}

// log P(path) + densities of a path, by the law of its stays; the score that semi_markov_viterbi maximises.
double score_of(const RegimeParameters& p, const std::vector<std::int32_t>& path,
                const std::vector<double>& densities) {
  const int r = p.dwell_shape;
  const auto stay = [&](int n, int regime, std::int64_t d, bool at_least) {
    const double q = r * (1 - p.transition_at(regime, regime));
    const auto exact = [&](std::int64_t length) {
      if (length < n) return 0.0;
      const auto x = static_cast<double>(length);
      return std::exp(std::lgamma(x) - std::lgamma(n) - std::lgamma(x - n + 1) + n * std::log(q) +
                      (x - n) * std::log(1 - q));
    };
    if (!at_least) return exact(d);
    double tail = 0;
    for (std::int64_t length = d; length < d + 4000; ++length) tail += exact(length);
    return tail;
  };
  double score = std::log(p.stationary_shares()[static_cast<std::size_t>(path[0])]);
  for (std::size_t begin = 0; begin < path.size();) {
    std::size_t end = begin;
    for (; end < path.size() && path[end] == path[begin]; ++end)
      score += densities[4 * end + static_cast<std::size_t>(path[end])];
    const auto length = static_cast<std::int64_t>(end - begin);
    const bool is_last = end == path.size();
    double law = 0;
    if (begin > 0) {
      law = stay(r, path[begin], length, is_last);
    } else {
      for (int left = 1; left <= r; ++left) law += stay(left, path[begin], length, is_last) / r;
    }
    score += std::log(law);
    if (!is_last)
      score +=
          std::log(p.transition_at(path[begin], path[end]) / (1 - p.transition_at(path[begin], path[begin])));
    begin = end;
  }
  return score;
}

// Plain maximisation over all lengths of stays, O(T^2 K^2): the queue of candidates must find the same score.
double best_score_by_scan(const RegimeParameters& p, const std::vector<double>& densities) {
  const int r = p.dwell_shape;
  const auto bars = static_cast<std::int64_t>(densities.size() / 4);
  const double never = -INFINITY;
  std::vector<std::vector<double>> cumulative(4,
                                              std::vector<double>(static_cast<std::size_t>(bars) + 1, 0.0));
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::int64_t t = 0; t < bars; ++t)
      cumulative[k][static_cast<std::size_t>(t) + 1] =
          cumulative[k][static_cast<std::size_t>(t)] + densities[4 * static_cast<std::size_t>(t) + k];
  }
  // P(stay = d) by convolving geometric laws, and tails by summing far enough.
  const std::size_t longest = static_cast<std::size_t>(bars) + 3000;
  std::vector<std::vector<double>> exact(4), tail(4), rest_exact(4), rest_tail(4);
  for (int k = 0; k < 4; ++k) {
    const double q = r * (1 - p.transition_at(k, k));
    std::vector<double> law(longest, 0.0), rest(longest, 0.0);
    law[0] = 1;
    for (int phase = 0; phase < r; ++phase) {
      std::vector<double> next(longest, 0.0);
      for (std::size_t d = 1; d < longest; ++d) next[d] = (1 - q) * next[d - 1] + q * law[d - 1];
      law = next;
      for (std::size_t d = 0; d < longest; ++d) rest[d] += law[d] / r;
    }
    const auto at = static_cast<std::size_t>(k);
    const auto tails = [&](const std::vector<double>& of) {
      std::vector<double> sums(longest + 1, 0.0);
      for (std::size_t d = longest; d-- > 0;) sums[d] = sums[d + 1] + of[d];
      return sums;
    };
    exact[at] = law;
    tail[at] = tails(law);
    rest_exact[at] = rest;
    rest_tail[at] = tails(rest);
  }
  const std::vector<double> shares = p.stationary_shares();
  std::vector<std::vector<double>> entering(static_cast<std::size_t>(bars) + 1,
                                            std::vector<double>(4, never));
  const auto stay_score = [&](std::size_t k, std::int64_t begin, std::int64_t end, bool is_last) {
    const auto d = static_cast<std::size_t>(end - begin);
    const double density =
        cumulative[k][static_cast<std::size_t>(end)] - cumulative[k][static_cast<std::size_t>(begin)];
    if (begin == 0)
      return std::log(shares[k]) + std::log(is_last ? rest_tail[k][d] : rest_exact[k][d]) + density;
    return entering[static_cast<std::size_t>(begin)][k] + std::log(is_last ? tail[k][d] : exact[k][d]) +
           density;
  };
  for (std::int64_t t = 1; t < bars; ++t) {
    for (std::size_t k = 0; k < 4; ++k) {
      double ending = never;
      for (std::int64_t begin = 0; begin < t; ++begin)
        ending = std::max(ending, stay_score(k, begin, t, false));
      for (std::size_t to = 0; to < 4; ++to) {
        if (to == k) continue;
        const double step = p.transition_at(static_cast<int>(k), static_cast<int>(to)) /
                            (1 - p.transition_at(static_cast<int>(k), static_cast<int>(k)));
        entering[static_cast<std::size_t>(t)][to] =
            std::max(entering[static_cast<std::size_t>(t)][to], ending + std::log(step));
      }
    }
  }
  double best = never;
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::int64_t begin = 0; begin < bars; ++begin)
      best = std::max(best, stay_score(k, begin, bars, true));
  }
  return best;
}

TEST(SemiMarkovViterbi, FindsTheBestScoreOfAFullScan) {
  for (const int shape : {2, 3, 6}) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      const RegimeParameters p = chain_of(shape);
      const std::vector<double> densities = random_log_densities(150, seed);
      const std::vector<std::int32_t> path = semi_markov_viterbi(make_hidden_chain(p), densities);
      EXPECT_NEAR(score_of(p, path, densities), best_score_by_scan(p, densities), 1e-7)
          << shape << ' ' << seed;
    }
  }
}

TEST(SemiMarkovViterbi, WithOnePhaseItIsViterbi) {
  const RegimeParameters p = chain_of(1);
  std::vector<double> returns(400), densities;
  Rng(5).stream("returns").fill_normal(returns);
  for (double& value : returns) value *= 0.01;
  for (const double value : returns) {
    for (std::size_t k = 0; k < 4; ++k) {
      const double u = (value - p.means[k]) / p.sds[k];
      densities.push_back(-std::log(p.sds[k]) - 3 * std::log1p(u * u / 3));
    }
  }
  EXPECT_EQ(semi_markov_viterbi(make_hidden_chain(p), densities), ask_oracle(p, {returns, {}, {}}).viterbi);
}

TEST(SemiMarkovViterbi, InnerStaysAreAsLongAsTheirPhases) {
  const RegimeParameters p = chain_of(5);
  const std::vector<std::int32_t> path =
      semi_markov_viterbi(make_hidden_chain(p), random_log_densities(2000, 9));
  std::size_t begin = 0;
  int inner_stays = 0;
  for (std::size_t t = 1; t < path.size(); ++t) {
    if (path[t] == path[begin]) continue;
    if (begin > 0) {
      EXPECT_GE(t - begin, 5U);
      ++inner_stays;
    }
    begin = t;
  }
  EXPECT_GT(inner_stays, 20);
}

}  // namespace
}  // namespace regimetry::market

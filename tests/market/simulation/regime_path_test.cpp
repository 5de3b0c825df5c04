#include "market/simulation/regime_path.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "market/simulation/presets.hpp"

namespace regimetry::market {
namespace {

RegimeParameters quick_chain(int dwell_shape = 1) {
  RegimeParameters p{.names = {"a", "b", "c"},
                     .means = {0, 0, 0},
                     .sds = {1, 1, 1},
                     .transition = {.90, .06, .04, .05, .90, .05, .01, .09, .90},
                     .timeframe = {.nanoseconds = kNsPerDay, .months = 0},
                     .student_t_dof = {}};
  p.dwell_shape = dwell_shape;
  return p;
}

// Whole stays only: the first and the last are cut by the ends of the path.
std::vector<std::int64_t> whole_stays(const std::vector<std::int32_t>& path, std::int32_t regime) {
  std::vector<std::int64_t> stays;
  std::size_t begin = 0;
  for (std::size_t t = 1; t < path.size(); ++t) {
    if (path[t] == path[begin]) continue;
    if (begin > 0 && path[begin] == regime) stays.push_back(static_cast<std::int64_t>(t - begin));
    begin = t;
  }
  return stays;
}

TEST(RegimePath, StepsFollowTheTransitionMatrix) {
  const RegimeParameters p = quick_chain();
  const std::vector<std::int32_t> path = draw_regime_path(p, 400'000, Rng(1).stream("test"));
  double counts[3][3] = {};
  for (std::size_t t = 1; t < path.size(); ++t) counts[path[t - 1]][path[t]] += 1;
  for (int i = 0; i < 3; ++i) {
    const double visits = counts[i][0] + counts[i][1] + counts[i][2];
    for (int j = 0; j < 3; ++j) {
      const double expected = p.transition_at(i, j);
      EXPECT_NEAR(counts[i][j] / visits, expected, 5 * std::sqrt(expected * (1 - expected) / visits))
          << i << j;
    }
  }
}

TEST(RegimePath, FirstBarFollowsTheStationaryLaw) {
  const RegimeParameters p = quick_chain();
  const std::vector<double> shares = p.stationary_shares();
  const Rng rng(2);
  std::vector<double> counts(3, 0.0);
  constexpr int kPaths = 20'000;
  for (std::uint64_t i = 0; i < kPaths; ++i)
    counts[static_cast<std::size_t>(draw_regime_path(p, 1, rng.stream("test", i))[0])] += 1;
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(counts[k] / kPaths, shares[k], 5 * std::sqrt(shares[k] * (1 - shares[k]) / kPaths));
  }
}

TEST(RegimePath, MarkovStaysAreGeometric) {
  const std::vector<std::int64_t> stays =
      whole_stays(draw_regime_path(quick_chain(), 600'000, Rng(3).stream("test")), 1);
  const auto n = static_cast<double>(stays.size());
  for (const std::int64_t d : {1, 2, 5, 10, 30}) {
    const double expected = std::pow(0.9, static_cast<double>(d - 1));  // P(stay >= d)
    const double share =
        static_cast<double>(std::count_if(stays.begin(), stays.end(), [&](auto s) { return s >= d; })) / n;
    EXPECT_NEAR(share, expected, 5 * std::sqrt(expected * (1 - expected) / n) + 1e-12) << d;
  }
}

TEST(RegimePath, SemiMarkovStaysAreNegativeBinomialWithTheSameMean) {
  constexpr int kShape = 4;
  const std::vector<std::int64_t> stays =
      whole_stays(draw_regime_path(quick_chain(kShape), 600'000, Rng(4).stream("test")), 1);
  const auto n = static_cast<double>(stays.size());
  // Four geometric times with q = .4 each: mean 10 as before, variance 4 * .6 / .16 = 15 instead of 90.
  double mean = 0, variance = 0;
  for (const std::int64_t stay : stays) mean += static_cast<double>(stay) / n;
  for (const std::int64_t stay : stays)
    variance += (static_cast<double>(stay) - mean) * (static_cast<double>(stay) - mean) / n;
  EXPECT_NEAR(mean, 10, 5 * std::sqrt(15 / n));
  EXPECT_NEAR(variance, 15, 0.4);
  EXPECT_EQ(*std::min_element(stays.begin(), stays.end()), kShape);
  const double shortest = static_cast<double>(std::count(stays.begin(), stays.end(), kShape)) / n;
  EXPECT_NEAR(shortest, std::pow(0.4, 4), 5 * std::sqrt(std::pow(0.4, 4) / n));
}

TEST(RegimePath, SemiMarkovKeepsLongRunShares) {
  const RegimeParameters p = quick_chain(5);
  const std::vector<std::int32_t> path = draw_regime_path(p, 600'000, Rng(5).stream("test"));
  const std::vector<double> shares = p.stationary_shares();
  for (std::int32_t k = 0; k < 3; ++k) {
    const double share =
        static_cast<double>(std::count(path.begin(), path.end(), k)) / static_cast<double>(path.size());
    EXPECT_NEAR(share, shares[static_cast<std::size_t>(k)], 0.01);
  }
}

TEST(RegimePath, SemiMarkovPathIsStationaryFromTheFirstBarOn) {
  // The chance that bar 1 leaves the regime of bar 0 must be that of any later bar: 1 / mean stay = .1.
  const RegimeParameters p = quick_chain(5);
  const Rng rng(6);
  constexpr int kPaths = 20'000;
  double leaves = 0;
  for (std::uint64_t i = 0; i < kPaths; ++i) {
    const std::vector<std::int32_t> path = draw_regime_path(p, 2, rng.stream("test", i));
    leaves += path[0] != path[1] ? 1 : 0;
  }
  EXPECT_NEAR(leaves / kPaths, 0.1, 5 * std::sqrt(0.09 / kPaths));
}

TEST(RegimePath, ALongerPathBeginsWithTheShorterOne) {
  const RegimeParameters p = quick_chain(2);
  const std::vector<std::int32_t> full = draw_regime_path(p, 1000, Rng(7).stream("test"));
  for (const std::int64_t n : {1, 2, 37, 999}) {
    const std::vector<std::int32_t> prefix = draw_regime_path(p, n, Rng(7).stream("test"));
    EXPECT_TRUE(std::equal(prefix.begin(), prefix.end(), full.begin())) << n;
  }
}

TEST(RegimePath, AnAbsorbingRegimeIsNeverLeft) {
  const RegimeParameters& p = find_preset("random-walk-daily").parameters;
  const std::vector<std::int32_t> path = draw_regime_path(p, 1000, Rng(8).stream("test"));
  EXPECT_EQ(std::count(path.begin(), path.end(), 0), 1000);
}

}  // namespace
}  // namespace regimetry::market

// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kTolerance = 1e-11;  // percentages of sums of a hundred changes: a few hundred roundings
constexpr long double kNaN = std::numeric_limits<long double>::quiet_NaN();

market::Bars with_closes(const std::vector<double>& closes) {
  market::Bars bars = made_bars(static_cast<std::int64_t>(closes.size()), 1);
  bars.open = bars.high = bars.low = bars.close = closes;
  return bars;
}

TEST(RelativeStrengthFeatures, RsiIsWilders) {
  const market::Bars bars = bars_with_still_stretches(21);
  for (const int n : {14, 3})
    expect_near(run_feature("rsi", {1.0 * n}, bars), rounded(plain_rsi(plain(bars.close), n)), 1e-11);
}

TEST(RelativeStrengthFeatures, RsiIsInTheMiddleWhenNothingMoves) {
  EXPECT_EQ(run_feature("rsi", {14}, made_bars(50, 22, {.flat_share = 1})).back(), 50.0);
}

TEST(RelativeStrengthFeatures, RsiIsExactlyAHundredWhenOnlyGainsAreLeft) {
  std::vector<double> closes;
  for (int i = 0; i < 40; ++i) closes.push_back(100 + 0.1 * i * i);
  EXPECT_EQ(run_feature("rsi", {7}, with_closes(closes)).back(), 100.0);
}

TEST(RelativeStrengthFeatures, StochasticRsiPlacesTheRsiInItsRange) {
  const market::Bars bars = bars_with_still_stretches(23);
  for (const auto& [n, window] : {std::pair{14, 14}, std::pair{5, 9}}) {
    const Plain rsi = plain_rsi(plain(bars.close), n);
    const Plain low = plain_lowest(rsi, window), high = plain_highest(rsi, window);
    const Plain expected = plain_each(rsi.size(), [&](std::size_t i) {
      return high[i] - low[i] < 1e-9L ? 50 : 100 * (rsi[i] - low[i]) / (high[i] - low[i]);
    });
    // A range of a thousandth of a point would lift the roundings of the rsi (1e-14) to 1e-9.
    expect_near(run_feature("stochastic_rsi", {1.0 * n, 1.0 * window}, bars), rounded(expected), 1e-9);
  }
}

TEST(RelativeStrengthFeatures, StochasticRsiIsInTheMiddleWhileTheRsiStandsStill) {
  market::Bars bars = made_bars(200, 24);
  for (std::size_t i = 100; i < 200; ++i)
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[99];
  EXPECT_EQ(run_feature("stochastic_rsi", {14, 14}, bars).back(), 50.0);
}

TEST(RelativeStrengthFeatures, CmoIsChandesWithPlainSums) {
  const market::Bars bars = bars_with_still_stretches(25);
  const Plain change = plain_change(plain(bars.close));
  const auto part = [&](long double sign) {
    return plain_each(change.size(), [&, sign](std::size_t i) {
      return std::isnan(change[i]) ? kNaN : std::max(sign * change[i], 0.0L);
    });
  };
  for (const int n : {14, 5}) {
    const Plain gain = plain_sum(part(1), n), loss = plain_sum(part(-1), n);
    expect_near(run_feature("cmo", {1.0 * n}, bars), rounded(100 * plain_ratio(gain - loss, gain + loss, 0)),
                kTolerance);
  }
}

TEST(RelativeStrengthFeatures, ConnorsRsiIsTheMeanOfItsThreeParts) {
  const market::Bars bars = bars_with_still_stretches(26, 500);
  const Plain close = plain(bars.close);
  Plain streak(close.size(), kNaN);
  for (std::size_t i = 1; i < close.size(); ++i) {
    std::size_t run = 0;  // bars in a row, counted back, whose close moved as this one's did
    const auto direction = [&](std::size_t j) {
      return (close[j] > close[j - 1]) - (close[j] < close[j - 1]);
    };
    while (i - run >= 1 && direction(i - run) == direction(i)) ++run;
    streak[i] = direction(i) * static_cast<long double>(run);
  }
  // plain_rsi needs its input from the first bar on; the streak starts on the second.
  Plain streak_rsi = plain_rsi(Plain(streak.begin() + 1, streak.end()), 2);
  streak_rsi.insert(streak_rsi.begin(), kNaN);

  for (const auto& [n, rank_bars] : {std::pair{3, 100U}, std::pair{5, 20U}}) {
    const Plain rsi = plain_rsi(close, n);
    const Plain expected = plain_each(close.size(), [&](std::size_t i) {
      if (i < rank_bars + 1) return kNaN;
      const auto percent = [&](std::size_t j) { return close[j] / close[j - 1]; };
      int below = 0;
      for (std::size_t j = i - rank_bars; j < i; ++j) below += percent(j) < percent(i) ? 1 : 0;
      return (rsi[i] + streak_rsi[i] + 100.0L * below / rank_bars) / 3;
    });
    expect_near(run_feature("connors_rsi", {1.0 * n, 2, 1.0 * rank_bars}, bars), rounded(expected),
                kTolerance);
  }
}

}  // namespace
}  // namespace regimetry::features

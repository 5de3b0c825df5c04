// Each average, distance, ratio and slope against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <string>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

// Averages of numbers near 100: a few hundred roundings of 1e-14 at most.
constexpr double kClose = 1e-13;

Plain plain_double(const Plain& x, int n) {
  const Plain once = plain_exponential(x, n);
  return combined(once, plain_exponential(once, n), [](auto a, auto b) { return 2 * a - b; });
}

Plain plain_triple(const Plain& x, int n) {
  const Plain once = plain_exponential(x, n), twice = plain_exponential(once, n);
  const Plain first_two = combined(once, twice, [](auto a, auto b) { return 3 * a - 3 * b; });
  return combined(first_two, plain_exponential(twice, n), [](auto a, auto b) { return a + b; });
}

Plain plain_hull(const Plain& x, int n, int root) {
  const Plain ahead = combined(plain_linear_weighted(x, n / 2), plain_linear_weighted(x, n),
                               [](auto a, auto b) { return 2 * a - b; });
  return plain_linear_weighted(ahead, root);
}

Plain plain_adaptive(const Plain& x, int n, int fast, int slow) {
  const Plain efficiency = plain_efficiency(x, n);
  Plain result(x.size(), kNothing);
  long double average = x[static_cast<std::size_t>(n - 1)];
  for (auto i = static_cast<std::size_t>(n); i < x.size(); ++i) {
    const long double fastest = 2.0L / (fast + 1), slowest = 2.0L / (slow + 1);
    const long double root = efficiency[i] * (fastest - slowest) + slowest;
    average += root * root * (x[i] - average);
    result[i] = average;
  }
  return result;
}

// The average itself, and the distance of the close from it.
void expect_average(const std::string& name, const std::vector<double>& parameters, const market::Bars& bars,
                    const Plain& expected) {
  SCOPED_TRACE(name);
  expect_near(run_feature(name, parameters, bars), rounded(expected), kClose);
  if (find_feature(name + "_distance") != nullptr) {
    expect_near(run_feature(name + "_distance", parameters, bars),
                rounded(plain_distance(plain(bars.close), expected)), kClose);
  }
}

using PlainAverage = std::function<Plain(const Plain&, int)>;

std::map<std::string, PlainAverage> averages_of_one_period() {
  return {{"sma", plain_mean},
          {"ema", plain_exponential},
          {"wma", plain_linear_weighted},
          {"dema", plain_double},
          {"tema", plain_triple},
          {"kama", [](const Plain& x, int n) { return plain_adaptive(x, n, 2, 30); }},
          {"hma", [](const Plain& x, int n) {
             return plain_hull(x, n, static_cast<int>(std::floor(std::sqrt(n))));
           }}};
}

TEST(MovingAverageFeatures, AreWhatTheirDefinitionsSay) {
  const market::Bars bars = bars_with_still_stretches(31);
  const Plain close = plain(bars.close);
  for (const int n : {20, 7}) {
    const auto period = static_cast<double>(n);
    expect_average("sma", {period}, bars, plain_mean(close, n));
    expect_average("ema", {period}, bars, plain_exponential(close, n));
    expect_average("wma", {period}, bars, plain_linear_weighted(close, n));
    expect_average("dema", {period}, bars, plain_double(close, n));
    expect_average("tema", {period}, bars, plain_triple(close, n));
    expect_average("wilder_average", {period}, bars, plain_smoothed(close, n, 1.0L / n));
  }
  expect_average("hma", {20}, bars, plain_hull(close, 20, 4));
  expect_average("hma", {7}, bars, plain_hull(close, 7, 2));
  expect_average("hma", {2}, bars, plain_hull(close, 2, 1));
  expect_average("kama", {10, 2, 30}, bars, plain_adaptive(close, 10, 2, 30));
  expect_average("kama", {3, 4, 9}, bars, plain_adaptive(close, 3, 4, 9));
}

TEST(MovingAverageFeatures, OfOneBarAreTheCloseItself) {
  const market::Bars bars = made_bars(50, 32);
  for (const char* name : {"sma", "ema", "wma", "dema", "tema", "wilder_average"}) {
    SCOPED_TRACE(name);
    expect_near(run_feature(name, {1}, bars), bars.close, 1e-15);
  }
}

TEST(MovingAverageFeatures, WeightedAverageCountsTheLatestMost) {
  market::Bars bars = made_bars(5, 33);
  bars.close = {1, 2, 4, 8, 16};
  const std::vector<double> values = run_feature("wma", {3}, bars);
  EXPECT_TRUE(std::isnan(values[1]));
  EXPECT_DOUBLE_EQ(values[2], (1 + 2 * 2 + 3 * 4) / 6.0);
  EXPECT_DOUBLE_EQ(values[3], (2 + 2 * 4 + 3 * 8) / 6.0);
  EXPECT_DOUBLE_EQ(values[4], (4 + 2 * 8 + 3 * 16) / 6.0);
}

TEST(MovingAverageFeatures, DistancesAreExactlyZeroWhereNothingMoves) {
  const market::Bars bars = made_bars(200, 34, {.flat_share = 1});
  for (const char* name : {"sma_distance", "wma_distance", "hma_distance", "kama_distance", "sma_ratio"})
    EXPECT_EQ(run_feature(name, default_parameters(name), bars).back(), 0.0) << name;
}

TEST(MovingAverageFeatures, DistancesAreZeroFromAnAverageOfZero) {
  market::Bars bars = made_bars(200, 35);
  for (double& close : bars.close) close = 0;
  for (const auto& [average, unused] : averages_of_one_period()) {
    for (const std::string& name : {average + "_distance", average + "_ratio"})
      EXPECT_EQ(run_feature(name, default_parameters(name), bars).back(), 0.0) << name;
    const std::string slope = average + "_slope";  // nothing has no logarithm
    EXPECT_TRUE(std::isnan(run_feature(slope, default_parameters(slope), bars).back())) << slope;
  }
}

TEST(MovingAverageFeatures, RatiosSetAFastAverageAgainstASlowOne) {
  const market::Bars bars = bars_with_still_stretches(36);
  const Plain close = plain(bars.close);
  for (const auto& [fast, slow] : {std::pair{10, 50}, std::pair{3, 8}}) {
    const std::vector<double> parameters{static_cast<double>(fast), static_cast<double>(slow)};
    for (const auto& [name, average] : averages_of_one_period()) {
      SCOPED_TRACE(name);
      expect_near(run_feature(name + "_ratio", parameters, bars),
                  rounded(plain_distance(average(close, fast), average(close, slow))), kClose);
    }
  }
}

TEST(MovingAverageFeatures, SlopesAreLogChangesPerBar) {
  const market::Bars bars = bars_with_still_stretches(37);
  const Plain close = plain(bars.close);
  for (const auto& [n, k] : {std::pair{50, 5}, std::pair{6, 1}}) {
    const std::vector<double> parameters{static_cast<double>(n), static_cast<double>(k)};
    const auto slope = [k = k](const Plain& average) {
      return rounded(
          combined(average, plain_lag(average, k), [k](auto a, auto b) { return std::log(a / b) / k; }));
    };
    for (const auto& [name, average] : averages_of_one_period()) {
      SCOPED_TRACE(name);
      expect_near(run_feature(name + "_slope", parameters, bars), slope(average(close, n)), kClose);
    }
  }
}

TEST(MovingAverageFeatures, RefuseAFastPeriodThatIsNotBelowTheSlowOne) {
  for (const auto& [average, unused] : averages_of_one_period()) {
    EXPECT_EQ(find_feature(average + "_ratio")->problem({{12, 26}, {}}), "");
    EXPECT_NE(find_feature(average + "_ratio")->problem({{26, 26}, {}}), "");
  }
  EXPECT_EQ(find_feature("kama")->problem({{10, 2, 30}, {}}), "");
  EXPECT_NE(find_feature("kama_distance")->problem({{10, 30, 2}, {}}), "");
}

}  // namespace
}  // namespace regimetry::features

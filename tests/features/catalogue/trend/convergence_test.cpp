// MACD and TRIX against plain references written from their definitions.
#include <gtest/gtest.h>

#include <string>

#include "features/catalogue/catalogue.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

constexpr double kClose = 1e-13;  // differences of averages near 100

long double difference(long double a, long double b) {
  return a - b;
}

TEST(ConvergenceFeatures, MacdIsTheDifferenceOfTwoAverages) {
  const market::Bars bars = bars_with_still_stretches(41);
  const Plain close = plain(bars.close);
  for (const auto& [fast, slow, smoothing] : {std::array{12, 26, 9}, std::array{3, 10, 16}}) {
    const Plain line = combined(plain_exponential(close, fast), plain_exponential(close, slow), difference);
    const Plain signal = plain_exponential(line, smoothing);
    const std::vector<double> two{static_cast<double>(fast), static_cast<double>(slow)};
    const std::vector<double> three{two[0], two[1], static_cast<double>(smoothing)};
    const auto expect_level_and_share = [&](const std::string& name, const std::vector<double>& parameters,
                                            const Plain& expected) {
      SCOPED_TRACE(name);
      expect_near(run_feature(name, parameters, bars), rounded(expected), kClose);
      expect_near(run_feature(name + "_ratio", parameters, bars),
                  rounded(combined(expected, close, [](auto a, auto b) { return a / b; })), kClose);
    };
    expect_level_and_share("macd_line", two, line);
    expect_level_and_share("macd_signal", three, signal);
    expect_level_and_share("macd_histogram", three, combined(line, signal, difference));
  }
}

TEST(ConvergenceFeatures, TrixIsThePercentChangeOfAThriceSmoothedPrice) {
  const market::Bars bars = bars_with_still_stretches(42);
  for (const int n : {15, 4}) {
    Plain smooth = plain(bars.close);
    for (int i = 0; i < 3; ++i) smooth = plain_exponential(smooth, n);
    const Plain expected = combined(smooth, plain_lag(smooth, 1),
                                    [](auto now, auto before) { return 100 * (now / before - 1); });
    // 100 times the rounding of a ratio of averages.
    expect_near(run_feature("trix", {static_cast<double>(n)}, bars), rounded(expected), 1e-12);
  }
}

TEST(ConvergenceFeatures, RefuseAFastPeriodThatIsNotBelowTheSlowOne) {
  for (const char* name : {"macd_line", "macd_signal", "macd_histogram", "macd_histogram_ratio"})
    EXPECT_NE(find_feature(name)->problem({{26, 12, 9}, {}}), "") << name;
}

}  // namespace
}  // namespace regimetry::features

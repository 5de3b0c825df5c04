#include "features/expression/bind_call.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/catalogue/catalogue.hpp"

namespace regimetry::features {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The call must outlive what is bound, which points into it.
struct Bound {
  explicit Bound(const std::string& text)
      : call(parse_expression(text)), bound(bind_call(*find_feature(call.name), call)) {}
  Expression call;
  BoundCall bound;
};

std::string problem_of(const std::string& text) {
  return Bound(text).bound.problem;
}

TEST(BindCall, FillsInDefaults) {
  EXPECT_THAT(Bound("ema_ratio()").bound.values, ElementsAre(12, 26));
  EXPECT_THAT(Bound("ema_ratio(9)").bound.values, ElementsAre(9, 26));
  EXPECT_EQ(problem_of("ema_ratio(9)"), "");
}

TEST(BindCall, TakesParametersInOrderAndByName) {
  EXPECT_THAT(Bound("ema_ratio(slow = 30, fast = 9)").bound.values, ElementsAre(9, 30));
  EXPECT_THAT(Bound("bollinger_width(10, deviations = 2.5)").bound.values, ElementsAre(10, 2.5));
  EXPECT_THAT(Bound("rsi(2 * 7)").bound.values, ElementsAre(14));
}

TEST(BindCall, KeepsTheSeriesApartFromTheParameters) {
  const Bound plain("rsi(volume, 7)");
  ASSERT_NE(plain.bound.series, nullptr);
  EXPECT_EQ(plain.bound.series->name, "volume");
  EXPECT_THAT(plain.bound.values, ElementsAre(7));
  const Bound named("rsi(series = sma(5), period = 7)");
  ASSERT_NE(named.bound.series, nullptr);
  EXPECT_EQ(named.bound.series->name, "sma");
  EXPECT_THAT(named.bound.values, ElementsAre(7));
  EXPECT_EQ(Bound("rsi(7)").bound.series, nullptr);
}

TEST(BindCall, SaysWhatDoesNotFit) {
  EXPECT_THAT(problem_of("rsi(0)"),
              HasSubstr("parameter 'period' of rsi is 0; it must be a whole number from"));
  EXPECT_THAT(problem_of("rsi(2.5)"), HasSubstr("whole number"));
  EXPECT_THAT(problem_of("rsi(14, 3)"), HasSubstr("rsi takes 1 parameter, not 2"));
  EXPECT_THAT(problem_of("rsi(bars = 14)"), HasSubstr("rsi has no parameter 'bars'"));
  EXPECT_THAT(problem_of("rsi(14, period = 7)"), HasSubstr("parameter 'period' of rsi is given twice"));
  EXPECT_THAT(problem_of("ema_ratio(26, 12)"), HasSubstr("the fast period must be below the slow one"));
}

TEST(BindCall, TakesASeriesOnlyInFrontAndOnlyWhereOneIsRead) {
  EXPECT_THAT(problem_of("rsi(14, volume)"), HasSubstr("an argument of rsi is not a number"));
  EXPECT_THAT(problem_of("atr(volume, 14)"), HasSubstr("an argument of atr is not a number"));
  EXPECT_THAT(problem_of("rsi(period = volume)"), HasSubstr("is not a number"));
}

}  // namespace
}  // namespace regimetry::features

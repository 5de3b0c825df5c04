#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "features/expression/compile_expression.hpp"
#include "features/expression/expression.hpp"

namespace regimetry::features {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

double value(std::string_view text) {
  return constant_value(parse_expression(text)).value();
}

std::string refusal(std::string_view text) {
  try {
    static_cast<void>(parse_expression(text));
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ParseExpression, BindsProductsBeforeSums) {
  EXPECT_EQ(value("1 + 2 * 3"), 7);
  EXPECT_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_EQ(value("8 - 2 - 1"), 5);
  EXPECT_EQ(value("16 / 4 / 2"), 2);
  EXPECT_EQ(value("-2 * -3"), 6);
  EXPECT_EQ(value("1e-3 + .5"), 0.501);
}

TEST(ParseExpression, KeepsCallsNamesAndQuotes) {
  const Expression call = parse_expression("ema_ratio(close, fast = 5, 20) ");
  EXPECT_EQ(call.kind, Expression::Kind::kCall);
  EXPECT_EQ(call.name, "ema_ratio");
  EXPECT_THAT(call.argument_names, ElementsAre("", "fast", ""));
  EXPECT_EQ(parse_expression("`Adj Close`").name, "Adj Close");
  EXPECT_TRUE(parse_expression("`open`").is_quoted);
  EXPECT_EQ(parse_expression("a <= b").name, "<=");
}

TEST(ParseExpression, SaysWhereTheTextStopsMakingSense) {
  EXPECT_THAT(refusal(""), HasSubstr("it is empty"));
  EXPECT_THAT(refusal("rsi(14"), HasSubstr("a ')' is missing after the arguments of rsi, at character 7"));
  EXPECT_THAT(refusal("(1 + 2"), HasSubstr("a ')' is missing"));
  EXPECT_THAT(refusal("1 + $"), HasSubstr("'$' is not expected here, at character 5"));
  EXPECT_THAT(refusal("rsi 14"), HasSubstr("'1' is not expected here"));
  EXPECT_THAT(refusal("`half"), HasSubstr("closing `"));
  EXPECT_THAT(refusal(std::string(5000, '(')), HasSubstr("too deep"));
  EXPECT_THAT(refusal(std::string(5000, '-') + "1"), HasSubstr("too deep"));
}

TEST(SplitExpressions, CutsAtTopLevelCommasOnly) {
  EXPECT_THAT(split_expressions("rsi(14), ema_ratio(12,26),\n a = max(open, close) ;; `x, y`"),
              ElementsAre("rsi(14)", "ema_ratio(12,26)", "a = max(open, close)", "`x, y`"));
  EXPECT_THAT(split_expressions("  "), ElementsAre());
}

}  // namespace
}  // namespace regimetry::features

// Every function and sign of the expression language on a few bars whose answers fit in the head.
#include "features/expression/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "features/graph/series_runner.hpp"
#include "features/sets/feature_set.hpp"

namespace regimetry::features {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// x = 4, -1, missing, 0, 2 and y = 2, 2, 2, 0, -2, as further columns.
std::vector<double> evaluate(const std::string& expression) {
  const std::vector<double> x{4, -1, kNaN, 0, 2}, y{2, 2, 2, 0, -2};
  const std::vector<std::string> columns{"x", "y"};
  FeatureSpecification specification;
  specification.features = {"result = " + expression};
  const FeatureSet set(specification, columns);
  SeriesRunner runner(set.pass(0), 5);
  std::vector<const double*> sources;
  for (const auto& source : set.graph().sources())
    sources.push_back(source.name == "x" ? x.data() : y.data());
  runner.run(sources.data(), 5);
  return {runner.result(0), runner.result(0) + 5};
}

struct Case {
  std::string expression;
  std::vector<double> expected;
};

std::vector<Case> cases() {
  return {
      {"x + y", {6, 1, kNaN, 0, 0}},
      {"x - y", {2, -3, kNaN, 0, 4}},
      {"x * y", {8, -2, kNaN, 0, -4}},
      {"x / y", {2, -0.5, kNaN, kNaN, -1}},
      {"-x", {-4, 1, kNaN, 0, -2}},
      {"x < y", {0, 1, kNaN, 0, 0}},
      {"x <= y", {0, 1, kNaN, 1, 0}},
      {"x > y", {1, 0, kNaN, 0, 1}},
      {"x >= y", {1, 0, kNaN, 1, 1}},
      {"y > x", {0, 1, kNaN, 0, 0}},
      {"2 * 3 + y * 0", {6, 6, 6, 6, 6}},
      {"abs(x)", {4, 1, kNaN, 0, 2}},
      {"sign(x)", {1, -1, kNaN, 0, 1}},
      {"sqrt(x)", {2, kNaN, kNaN, 0, std::sqrt(2.0)}},
      {"log(x)", {std::log(4.0), kNaN, kNaN, kNaN, std::log(2.0)}},
      {"exp(x)", {std::exp(4.0), std::exp(-1.0), kNaN, 1, std::exp(2.0)}},
      {"min(x, y)", {2, -1, kNaN, 0, -2}},
      {"max(y, x)", {4, 2, kNaN, 0, 2}},
      {"clip(x, -0.5, 3)", {3, -0.5, kNaN, 0, 2}},
      {"if(x > 0, y, -1)", {2, -1, kNaN, -1, -2}},
      {"fill(x, 9)", {4, -1, 9, 0, 2}},
      {"lag(y, 3)", {kNaN, kNaN, kNaN, 2, 2}},
      {"diff(y, 1)", {kNaN, 0, 0, -2, -2}},
      {"deviation(y, 2)", {kNaN, 0, 0, 1, 1}},
      {"zscore(y, 2)", {kNaN, 0, 0, -1, -1}},
      {"highest(x, 2)", {kNaN, 4, kNaN, kNaN, 2}},
      {"lowest(y, 3)", {kNaN, kNaN, 2, 0, -2}},
  };
}

TEST(ExpressionFunctions, GiveWhatTheirNamesSay) {
  for (const Case& one : cases()) {
    const std::vector<double> actual = evaluate(one.expression);
    for (std::size_t i = 0; i < 5; ++i) {
      ASSERT_EQ(std::isnan(actual[i]), std::isnan(one.expected[i])) << one.expression << " bar " << i;
      if (!std::isnan(actual[i])) {
        EXPECT_NEAR(actual[i], one.expected[i], 1e-12) << one.expression << " bar " << i;
      }
    }
  }
}

TEST(ExpressionFunctions, AreAllTried) {
  std::set<std::string> tried{"across_rank", "across_mean", "across_deviation",
                              "sector_mean"};  // panel_stream_test
  for (const Case& one : cases()) tried.insert(one.expression.substr(0, one.expression.find('(')));
  for (const ExpressionFunction& function : expression_functions())
    EXPECT_TRUE(tried.contains(function.name)) << function.name;
}

}  // namespace
}  // namespace regimetry::features

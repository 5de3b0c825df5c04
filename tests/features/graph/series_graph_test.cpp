#include "features/graph/series_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/expression/functions.hpp"

namespace regimetry::features {
namespace {

Series twice(SeriesGraph& graph, Series series) {
  return graph.map("2 a", series, [](double x) { return 2 * x; });
}

Series plus(SeriesGraph& graph, Series series, double number) {
  return graph.map(
      "a plus", series, [](double x, double y) { return x + y; }, number);
}

TEST(SeriesGraph, ComputesEqualFormulasOnce) {
  SeriesGraph graph;
  const Series close = graph.close();
  EXPECT_EQ(twice(graph, close), twice(graph, close));
  EXPECT_NE(twice(graph, close), twice(graph, graph.open()));
  EXPECT_EQ(graph.steps().size(), 2U);
}

TEST(SeriesGraph, TellsFormulasApartByTheirNumbers) {
  SeriesGraph graph;
  const Series one = plus(graph, graph.close(), 1);
  EXPECT_EQ(one, plus(graph, graph.close(), 1.0));
  EXPECT_NE(one, plus(graph, graph.close(), 1.0000000000000002));
  const auto step = graph.steps()[0].make();
  const std::vector<double> in{1, 2};
  std::vector<double> out(2);
  const double* inputs[] = {in.data()};
  double* outputs[] = {out.data()};
  step->run(inputs, outputs, 2);
  EXPECT_EQ(out, (std::vector<double>{2, 3}));
}

TEST(SeriesGraph, RefusesASecondFormulaUnderAName) {
  SeriesGraph graph;
  static_cast<void>(twice(graph, graph.close()));
  try {
    static_cast<void>(graph.map("2 a", graph.open(), [](double x) { return x + x + 1; }));
    FAIL() << "the second formula went unnoticed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
    EXPECT_NE(std::string(error.what()).find("'2 a'"), std::string::npos) << error.what();
  }
}

// One graph that holds everything there is: a name used for two formulas anywhere throws.
TEST(SeriesGraph, HoldsTheWholeCatalogueAndAllFunctionsAtOnce) {
  SeriesGraph graph;
  for (const FeatureEntry& entry : feature_catalogue()) {
    FeatureArguments arguments;
    for (const FeatureParameter& parameter : entry.parameters)
      arguments.values.push_back(parameter.default_value);
    EXPECT_NO_THROW(static_cast<void>(entry.build(graph, arguments))) << entry.name;
  }
  for (const ExpressionFunction& function : expression_functions()) {
    std::vector<Series> series;
    std::vector<double> numbers;
    for (const FunctionArgument& argument : function.arguments) {
      if (argument.is_number)
        numbers.push_back(std::max(argument.minimum, 3.0));
      else
        series.push_back(series.empty() ? graph.close() : graph.open());
    }
    EXPECT_NO_THROW(static_cast<void>(function.build(graph, series, numbers))) << function.name;
  }
}

}  // namespace
}  // namespace regimetry::features

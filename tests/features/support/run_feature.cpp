#include "features/support/run_feature.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "features/across/combine_across.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/graph/series_runner.hpp"
#include "features/sets/feature_set.hpp"
#include "features/source_columns.hpp"

namespace regimetry::features::testing {
namespace {

const FeatureEntry& entry_of(std::string_view name) {
  const FeatureEntry* entry = find_feature(name);
  if (entry == nullptr) throw std::invalid_argument("the catalogue has no " + std::string(name));
  return *entry;
}

std::string call_of(std::string_view name, const std::vector<double>& parameters) {
  return fmt::format("{}({})", entry_of(name).name, fmt::join(parameters, ","));
}

// One pass over the bars: a column per wanted series.
std::vector<std::vector<double>> run_pass(const StepProgram& program, const SourceColumns& columns,
                                          std::int64_t bar_count, std::int64_t block_size) {
  SeriesRunner runner(program, block_size);
  std::vector<std::vector<double>> results(program.results().size());
  std::vector<const double*> sources;
  for (std::int64_t begin = 0; begin < bar_count; begin += block_size) {
    const std::int64_t count = std::min(block_size, bar_count - begin);
    columns.fill(begin, sources);
    runner.run(sources.data(), count);
    for (std::size_t k = 0; k < results.size(); ++k)
      results[k].insert(results[k].end(), runner.result(k), runner.result(k) + count);
  }
  return results;
}

}  // namespace

std::vector<double> run_feature(std::string_view name, const std::vector<double>& parameters,
                                const market::Bars& bars, std::int64_t block_size) {
  return run_expression(call_of(name, parameters), bars, block_size);
}

std::vector<double> run_expression(const std::string& text, const market::Bars& bars,
                                   std::int64_t block_size) {
  FeatureSpecification specification;
  specification.features = {text};
  const FeatureSet set(specification);
  SourceColumns columns(set.graph(), bars);
  AcrossCombiner alone;
  std::vector<std::vector<std::vector<double>>> across;  // what `columns` points to
  for (int pass = 0; pass + 1 < set.pass_count(); ++pass) {
    across.push_back(run_pass(set.pass(pass), columns, bars.size(), block_size));
    for (std::size_t k = 0; k < across.back().size(); ++k) {
      const std::size_t source = set.across_inputs(pass)[k];
      for (double& value : across.back()[k])
        alone.combine(set.graph().sources()[source].across, std::span(&value, 1),
                      std::vector<std::int32_t>{0});
      columns.set(source, across.back()[k].data());
    }
  }
  return run_pass(set.pass(set.pass_count() - 1), columns, bars.size(), block_size).front();
}

std::int64_t declared_warmup(std::string_view name, const std::vector<double>& parameters) {
  SeriesGraph graph;
  return graph.warmup(entry_of(name).build(graph, {parameters, {}}));
}

std::vector<double> default_parameters(std::string_view name) {
  std::vector<double> values;
  for (const FeatureParameter& parameter : entry_of(name).parameters)
    values.push_back(parameter.default_value);
  return values;
}

void expect_near(const std::vector<double>& actual, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(std::isnan(actual[i]), std::isnan(expected[i]))
        << "bar " << i << ": " << actual[i] << " " << expected[i];
    if (std::isnan(expected[i])) continue;
    ASSERT_NEAR(actual[i], expected[i], tolerance * (1 + std::abs(expected[i]))) << "bar " << i;
  }
}

}  // namespace regimetry::features::testing

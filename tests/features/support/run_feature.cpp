#include "features/support/run_feature.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "features/catalogue/catalogue.hpp"
#include "features/graph/series_runner.hpp"

namespace regimetry::features::testing {
namespace {

const FeatureEntry& entry_of(std::string_view name) {
  const FeatureEntry* entry = find_feature(name);
  if (entry == nullptr) throw std::invalid_argument("the catalogue has no " + std::string(name));
  return *entry;
}

std::vector<double> column_of(const market::Bars& bars, BarField field) {
  switch (field) {
    case BarField::kOpen:
      return bars.open;
    case BarField::kHigh:
      return bars.high;
    case BarField::kLow:
      return bars.low;
    case BarField::kClose:
      return bars.close;
    case BarField::kVolume:
      return bars.volume;
    case BarField::kTime:
      break;
  }
  std::vector<double> seconds;
  for (const TimestampNs stamp : bars.timestamps)
    seconds.push_back(static_cast<double>(stamp / kNsPerSecond));
  return seconds;
}

}  // namespace

std::vector<double> run_feature(std::string_view name, const std::vector<double>& parameters,
                                const market::Bars& bars, std::int64_t block_size) {
  SeriesGraph graph;
  const Series wanted = entry_of(name).build(graph, {parameters, {}});
  const StepProgram program(graph, std::vector{wanted});
  SeriesRunner runner(program, block_size);
  std::vector<std::vector<double>> columns;
  for (const auto& source : graph.sources()) columns.push_back(column_of(bars, source.field));

  std::vector<double> values;
  for (std::int64_t begin = 0; begin < bars.size(); begin += block_size) {
    const std::int64_t count = std::min(block_size, bars.size() - begin);
    std::vector<const double*> sources;
    for (const auto& column : columns) sources.push_back(column.data() + begin);
    runner.run(sources.data(), count);
    values.insert(values.end(), runner.result(0), runner.result(0) + count);
  }
  return values;
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

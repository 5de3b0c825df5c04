// One step fitted on one column and applied to another, for tests of steps.
#pragma once

#include <string>
#include <vector>

#include "features/support/feature_samples.hpp"
#include "features/transform/column_step.hpp"

namespace regimetry::features {

inline ColumnFacts fit_step(ColumnStep& step, const market::Column& train) {
  const market::ColumnView view = market::view_of(train);
  const ColumnRows rows{&view, train.row_count()};
  return step.fit(std::span(&rows, 1));
}

// One vector per output.
inline std::vector<std::vector<float>> apply_step(const ColumnStep& step, const market::Column& column,
                                                  StepCounts* counts = nullptr) {
  const auto width = static_cast<std::int64_t>(step.output_names(column.name).size());
  const market::ColumnView view = market::view_of(column);
  std::vector<float> out(static_cast<std::size_t>(width * column.row_count()), -7.0F);
  const StepCounts found = step.transform(view, {0, column.row_count()}, out.data(), width);
  if (counts != nullptr) *counts = found;
  std::vector<std::vector<float>> outputs(static_cast<std::size_t>(width));
  for (std::size_t i = 0; i < out.size(); ++i) outputs[i % outputs.size()].push_back(out[i]);
  return outputs;
}

inline std::vector<float> scaled(const ColumnStep& step, const std::vector<double>& values,
                                 StepCounts* counts = nullptr) {
  return apply_step(step, number_column("x", values), counts).front();
}

// The step again, from its JSON as text.
inline std::unique_ptr<ColumnStep> through_json(const ColumnStep& step) {
  const nlohmann::json json = nlohmann::json::parse(step.to_json().dump());
  std::unique_ptr<ColumnStep> back = step_from_json(JsonPlace(json, "test"));
  EXPECT_EQ(back->to_json(), step.to_json());
  return back;
}

}  // namespace regimetry::features

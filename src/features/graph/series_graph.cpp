#include "features/graph/series_graph.hpp"

#include <algorithm>
#include <set>

namespace regimetry::features {

std::string_view bar_field_name(BarField field) noexcept {
  switch (field) {
    case BarField::kOpen:
      return "open";
    case BarField::kHigh:
      return "high";
    case BarField::kLow:
      return "low";
    case BarField::kClose:
      return "close";
    case BarField::kVolume:
      return "volume";
    case BarField::kTime:
      break;
  }
  return "time";
}

Series SeriesGraph::field(BarField field) {
  return add_source(std::string(bar_field_name(field)), true, field);
}

Series SeriesGraph::extra(const std::string& column) {
  return add_source(column, false, BarField::kClose);
}

Series SeriesGraph::constant(double value) {
  return insert(fmt::format("= {}", value), {}, 1, 0, [value] {
    const auto formula = [value] { return value; };
    return std::make_unique<FormulaStep<decltype(formula), 0>>(formula);
  })[0];
}

Series SeriesGraph::add_source(std::string name, bool is_bar_field, BarField field) {
  for (const SourceSeries& source : sources_) {
    if (source.is_bar_field == is_bar_field && source.name == name) return source.series;
  }
  const Series series{static_cast<std::int32_t>(series_.size())};
  series_.push_back({is_bar_field ? name : fmt::format("column '{}'", name), 0, -1});
  sources_.push_back({std::move(name), is_bar_field, field, series});
  return series;
}

std::vector<Series> SeriesGraph::insert(std::string operation, std::vector<Series> inputs,
                                        std::size_t output_count, std::int64_t own_warmup,
                                        std::function<std::unique_ptr<Step>()> make) {
  std::string description = std::move(operation);
  std::int64_t warmup = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    description += fmt::format("{}#{}", i == 0 ? " of " : ",", inputs[i].id);
    warmup = std::max(warmup, facts(inputs[i]).warmup);
  }
  const auto [known, is_new] =
      step_of_description_.try_emplace(description, static_cast<std::int32_t>(steps_.size()));
  if (!is_new) return steps_[static_cast<std::size_t>(known->second)].outputs;

  StepRecipe recipe{std::move(inputs), {}, description, std::move(make)};
  for (std::size_t i = 0; i < output_count; ++i) {
    recipe.outputs.push_back({static_cast<std::int32_t>(series_.size())});
    series_.push_back({output_count == 1 ? description : fmt::format("{} [{}]", description, i),
                       warmup + own_warmup, known->second});
  }
  steps_.push_back(std::move(recipe));
  return steps_.back().outputs;
}

std::int64_t SeriesGraph::warmup(Series series) const {
  return facts(series).warmup;
}

const std::string& SeriesGraph::description(Series series) const {
  return facts(series).description;
}

std::vector<std::string> SeriesGraph::sources_of(Series series) const {
  std::set<std::int32_t> seen{series.id};
  std::vector<std::int32_t> open{series.id};
  while (!open.empty()) {
    const SeriesFacts& one = series_[static_cast<std::size_t>(open.back())];
    open.pop_back();
    if (one.step < 0) continue;
    for (const Series input : steps_[static_cast<std::size_t>(one.step)].inputs) {
      if (seen.insert(input.id).second) open.push_back(input.id);
    }
  }
  std::vector<std::string> names;
  for (const SourceSeries& source : sources_) {
    if (seen.contains(source.series.id)) names.push_back(source.name);
  }
  return names;
}

}  // namespace regimetry::features

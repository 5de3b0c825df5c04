#include "features/graph/series_graph.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"

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

std::optional<BarField> find_bar_field(std::string_view name) noexcept {
  for (const BarField field : kNamedFields) {
    if (bar_field_name(field) == name) return field;
  }
  return std::nullopt;
}

Series SeriesGraph::field(BarField field) {
  return add_source({SourceKind::kField, std::string(bar_field_name(field)), field, {}, {}, {}}, 0, 0);
}

Series SeriesGraph::extra(const std::string& column) {
  return add_source({SourceKind::kExtra, column, {}, {}, {}, {}}, 0, 0);
}

Series SeriesGraph::across(AcrossKind kind, Series of) {
  std::string name = fmt::format("{} of #{}", across_kind_name(kind), of.id);
  return add_source({SourceKind::kAcross, std::move(name), {}, kind, of, {}}, warmup(of), stage(of) + 1);
}

Series SeriesGraph::constant(double value) {
  return insert(fmt::format("= {}", value), {}, 1, 0, [value] {
    const auto formula = [value] { return value; };
    return std::make_unique<FormulaStep<decltype(formula), 0>>(formula);
  })[0];
}

void SeriesGraph::claim_formula(std::string_view name, std::type_index formula) {
  const auto known = formula_of_name_.find(name);
  if (known == formula_of_name_.end()) {
    formula_of_name_.emplace(name, formula);
  } else if (known->second != formula) {
    throw Error(
        ErrorKind::kInternal,
        fmt::format("the graph of features: two formulas are called '{}', so one would be computed in "
                    "place of the other; give one of them a name of its own, or write both as one "
                    "function",
                    name));
  }
}

Series SeriesGraph::add_source(SourceSeries source, std::int64_t warmup, int stage) {
  for (const SourceSeries& known : sources_) {
    if (known.kind == source.kind && known.name == source.name) return known.series;
  }
  source.series = {static_cast<std::int32_t>(series_.size())};
  series_.push_back(
      {source.kind == SourceKind::kExtra ? fmt::format("column '{}'", source.name) : source.name, warmup,
       stage, -1, static_cast<std::int32_t>(sources_.size())});
  sources_.push_back(std::move(source));
  return sources_.back().series;
}

std::vector<Series> SeriesGraph::insert(std::string operation, std::vector<Series> inputs,
                                        std::size_t output_count, std::int64_t own_warmup,
                                        std::function<std::unique_ptr<Step>()> make) {
  std::string description = std::move(operation);
  std::int64_t warmup = 0;
  int stage = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    description += fmt::format("{}#{}", i == 0 ? " of " : ",", inputs[i].id);
    warmup = std::max(warmup, facts(inputs[i]).warmup);
    stage = std::max(stage, facts(inputs[i]).stage);
  }
  const auto [known, is_new] =
      step_of_description_.try_emplace(description, static_cast<std::int32_t>(steps_.size()));
  if (!is_new) return steps_[static_cast<std::size_t>(known->second)].outputs;

  StepRecipe recipe{std::move(inputs), {}, description, std::move(make)};
  for (std::size_t i = 0; i < output_count; ++i) {
    recipe.outputs.push_back({static_cast<std::int32_t>(series_.size())});
    series_.push_back({output_count == 1 ? description : fmt::format("{} [{}]", description, i),
                       warmup + own_warmup, stage, known->second, -1});
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

int SeriesGraph::stage(Series series) const {
  return facts(series).stage;
}

std::vector<std::string> SeriesGraph::columns_of(Series series) const {
  std::set<std::int32_t> seen{series.id};
  std::vector<Series> open{series};
  const auto visit = [&](Series next) {
    if (seen.insert(next.id).second) open.push_back(next);
  };
  std::set<std::string> names;
  while (!open.empty()) {
    const SeriesFacts& one = facts(open.back());
    open.pop_back();
    if (one.step >= 0) {
      for (const Series input : steps_[static_cast<std::size_t>(one.step)].inputs) visit(input);
      continue;
    }
    const SourceSeries& source = sources_[static_cast<std::size_t>(one.source)];
    if (source.kind == SourceKind::kAcross) {
      visit(source.of);
    } else {
      names.insert(source.name);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace regimetry::features

// The recipe of a feature set: which series is made from which, by which operator. No data, no memory of
// bars.
//
// Why: many features share their parts (a true range, an average of 20 closes). Asking for a series that is
// already there gives back the same one, so each is computed once per bar however many features use it.
// Order:  a step stands after the steps whose series it reads; running them in order is enough.
// Warm-up: known for every series from the operators' own: the number of bars without a value at the start of
// a history.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <utility>
#include <vector>

#include "features/across/across_kind.hpp"
#include "features/graph/step.hpp"

namespace regimetry::features {

// A column of one value per bar. Valid in the graph that handed it out.
struct Series {
  std::int32_t id = -1;
  friend bool operator==(const Series&, const Series&) = default;
};

// What a graph reads from the bars.
enum class BarField { kOpen, kHigh, kLow, kClose, kVolume, kTime };      // kTime: UTC seconds since 1970
[[nodiscard]] std::string_view bar_field_name(BarField field) noexcept;  // "open", ..., "time"
// Those that users call by name.
inline constexpr std::array kNamedFields = {BarField::kOpen, BarField::kHigh, BarField::kLow,
                                            BarField::kClose, BarField::kVolume};
// One of kNamedFields, or nothing.
[[nodiscard]] std::optional<BarField> find_bar_field(std::string_view name) noexcept;

class SeriesGraph {
 public:
  enum class SourceKind { kField, kExtra, kAcross };
  // A series that no step makes.
  struct SourceSeries {
    SourceKind kind = SourceKind::kField;
    std::string name;                       // "close"; the name of a further column; "across_rank of #12"
    BarField field = BarField::kClose;      // kField
    AcrossKind across = AcrossKind::kMean;  // kAcross: how instruments are brought together ...
    Series of;                              // ... and on which of their series
    Series series;
  };
  struct StepRecipe {
    std::vector<Series> inputs, outputs;
    std::string description;  // name, parameters and inputs: equal descriptions compute the same
    std::function<std::unique_ptr<Step>()> make;  // a fresh one, without memory
  };

  [[nodiscard]] Series field(BarField field);
  [[nodiscard]] Series open() { return field(BarField::kOpen); }
  [[nodiscard]] Series high() { return field(BarField::kHigh); }
  [[nodiscard]] Series low() { return field(BarField::kLow); }
  [[nodiscard]] Series close() { return field(BarField::kClose); }
  [[nodiscard]] Series volume() { return field(BarField::kVolume); }
  [[nodiscard]] Series time() { return field(BarField::kTime); }
  [[nodiscard]] Series extra(const std::string& column);
  // `of` seen across all instruments at the same stamp; missing where the instrument's own value is.
  [[nodiscard]] Series across(AcrossKind kind, Series of);
  // The same number on every bar.
  [[nodiscard]] Series constant(double value);

  // Operator(arguments...) over `inputs`; its kName and the arguments tell equal ones apart from others.
  template <typename Operator, typename... Arguments>
  std::array<Series, kOutputsOf<Operator>> add_all(const std::array<Series, kInputsOf<Operator>>& inputs,
                                                   Arguments... arguments) {
    std::string description = Operator::kName;
    ((description += fmt::format(" {}", arguments)), ...);
    const Operator prototype(arguments...);
    const std::vector<Series> outputs = insert(
        std::move(description), {inputs.begin(), inputs.end()}, kOutputsOf<Operator>, prototype.warmup(),
        [prototype] { return std::make_unique<OperatorStep<Operator>>(prototype); });
    std::array<Series, kOutputsOf<Operator>> result;
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = outputs[i];
    return result;
  }
  // The same for operators with one output.
  template <typename Operator, typename... Arguments>
  Series add(const std::array<Series, kInputsOf<Operator>>& inputs, Arguments... arguments) {
    static_assert(kOutputsOf<Operator> == 1);
    return add_all<Operator>(inputs, arguments...)[0];
  }

  // formula(inputs..., numbers...) bar by bar, such as [](double a, double b, double bars) { return (a - b) /
  // bars; }. Equal names with equal numbers over equal inputs are computed once, so a name must belong to one
  // formula alone: a formula captures nothing, its numbers are part of the name, and a second formula under a
  // name that is taken throws Error (kInternal). Write a formula that several places need once, as a
  // function.
  template <std::size_t N, typename Formula, typename... Numbers>
  Series map(std::string_view name, const std::array<Series, N>& inputs, Formula formula,
             Numbers... numbers) {
    static_assert(std::is_empty_v<Formula>, "hand numbers to map(), which then tells them apart");
    claim_formula(name, typeid(Formula));
    std::string description = fmt::format("= {}", name);
    ((description += fmt::format(" {}", static_cast<double>(numbers))), ...);
    const std::array<double, sizeof...(Numbers)> constants{static_cast<double>(numbers)...};
    return insert(std::move(description), {inputs.begin(), inputs.end()}, 1, 0, [formula, constants] {
      return std::make_unique<FormulaStep<Formula, N, sizeof...(Numbers)>>(formula, constants);
    })[0];
  }
  template <typename Formula, typename... Numbers>
  requires(std::is_empty_v<Formula>) Series
      map(std::string_view name, Series input, Formula formula, Numbers... numbers) {
    return map(name, std::array{input}, formula, numbers...);
  }
  template <typename Formula, typename... Numbers>
  requires(std::is_empty_v<Formula>) Series
      map(std::string_view name, Series a, Series b, Formula formula, Numbers... numbers) {
    return map(name, std::array{a, b}, formula, numbers...);
  }

  // Bars without a value at the start of a history.
  [[nodiscard]] std::int64_t warmup(Series series) const;
  // How many times instruments must be brought together before `series` can be computed.
  [[nodiscard]] int stage(Series series) const;
  // The fields and further columns that `series` is made from, by name, and by way of other instruments too.
  [[nodiscard]] std::vector<std::string> columns_of(Series series) const;
  // In words: "exponential_average 12 0.1538(close)". Equal text, equal values.
  [[nodiscard]] const std::string& description(Series series) const;

  [[nodiscard]] const std::vector<SourceSeries>& sources() const noexcept { return sources_; }
  [[nodiscard]] const std::vector<StepRecipe>& steps() const noexcept { return steps_; }
  [[nodiscard]] std::int64_t series_count() const noexcept {
    return static_cast<std::int64_t>(series_.size());
  }

 private:
  struct SeriesFacts {
    std::string description;
    std::int64_t warmup = 0;
    int stage = 0;
    std::int32_t step = -1;    // that makes it; -1: a source
    std::int32_t source = -1;  // which one; -1: a step makes it
  };

  // Throws Error (kInternal) when `name` already stands for a formula of another type.
  void claim_formula(std::string_view name, std::type_index formula);
  Series add_source(SourceSeries source, std::int64_t warmup, int stage);
  std::vector<Series> insert(std::string operation, std::vector<Series> inputs, std::size_t output_count,
                             std::int64_t own_warmup, std::function<std::unique_ptr<Step>()> make);
  [[nodiscard]] const SeriesFacts& facts(Series series) const {
    return series_[static_cast<std::size_t>(series.id)];
  }

  std::vector<SourceSeries> sources_;
  std::vector<StepRecipe> steps_;
  std::vector<SeriesFacts> series_;
  std::map<std::string, std::int32_t> step_of_description_;
  std::map<std::string, std::type_index, std::less<>> formula_of_name_;
};

}  // namespace regimetry::features

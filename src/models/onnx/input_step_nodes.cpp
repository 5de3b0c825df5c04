#include "models/onnx/input_step_nodes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

namespace regimetry::models::onnx {
namespace {

constexpr std::int64_t kColumnAxis = 2;  // of [B, L, columns]
constexpr float kNoNumberF = std::numeric_limits<float>::quiet_NaN();

// The steps of one kind, and where they stand among all.
template <class Step>
struct Chosen {
  std::vector<const Step*> steps;
  std::vector<std::int64_t> columns;  // raw column of each
  std::vector<std::int64_t> places;   // feature of each

  // One number of every step.
  template <class Get>
  [[nodiscard]] auto collect(Get get) const {
    std::vector<decltype(get(*steps.front()))> numbers;
    for (const Step* step : steps) numbers.push_back(get(*step));
    return numbers;
  }
};

template <class Step>
Chosen<Step> choose(const InputSteps& all) {
  Chosen<Step> chosen;
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    const auto* step = std::get_if<Step>(&all.steps[i].step);
    if (step == nullptr) continue;
    chosen.steps.push_back(step);
    chosen.columns.push_back(all.steps[i].column);
    chosen.places.push_back(static_cast<std::int64_t>(i));
  }
  return chosen;
}

class InputStepNodes {
 public:
  InputStepNodes(GraphBuilder& graph, std::string windows, const InputSteps& steps)
      : graph_(graph), windows_(std::move(windows)), steps_(steps) {}

  std::string add() {
    add_kind<LineStep>("lines");
    add_kind<CurveStep>("curves");
    add_kind<MatchStep>("matches");
    return in_order();
  }

 private:
  template <class Step>
  void add_kind(const std::string& kind) {
    const Chosen<Step> chosen = choose<Step>(steps_);
    if (chosen.steps.empty()) return;
    parts_.push_back(add_chosen("transform." + kind, chosen));
    places_.insert(places_.end(), chosen.places.begin(), chosen.places.end());
  }

  // The raw columns of the steps, float32.
  template <class Step>
  std::string take(const std::string& name, const Chosen<Step>& chosen) {
    return graph_.add_node("Gather", name + ".raw",
                           {windows_, graph_.add_vector(name + ".columns", chosen.columns)},
                           {{"axis", kColumnAxis}});
  }

  // The same as double, with something in place of what is missing or infinite.
  template <class Step>
  std::string take_filled(const std::string& name, const Chosen<Step>& chosen) {
    const std::string raw = take(name, chosen);
    const std::string is_missing = graph_.add_node("IsNaN", name + ".is_missing", {raw});
    const std::string is_infinite = graph_.add_node("IsInf", name + ".is_infinite", {raw});
    const std::string is_unusable = graph_.add_node("Or", name + ".is_unusable", {is_missing, is_infinite});
    const std::string fill =
        graph_.add_vector(name + ".fill", chosen.collect([](const Step& s) { return s.fill; }));
    return graph_.add_node("Where", name + ".filled", {is_unusable, fill, cast(name + ".double", raw, true)});
  }

  std::string cast(const std::string& name, const std::string& x, bool to_double) {
    const ElementType type = to_double ? ElementType::kFloat64 : ElementType::kFloat32;
    return graph_.add_node("Cast", name, {x}, {{"to", static_cast<std::int64_t>(type)}});
  }

  // `replacement` where `comparison`(x, bound) holds. A NaN compares as false and stays.
  std::string replace(const std::string& name, const std::string& x, const std::string& comparison,
                      const std::vector<double>& bounds, const std::vector<double>& replacements) {
    if (std::none_of(bounds.begin(), bounds.end(), [](double bound) { return std::isfinite(bound); }))
      return x;
    const std::string is_beyond =
        graph_.add_node(comparison, name + ".is_beyond", {x, graph_.add_vector(name + ".bound", bounds)});
    return graph_.add_node("Where", name,
                           {is_beyond, graph_.add_vector(name + ".replacement", replacements), x});
  }

  // To float32; what is beyond it counts as missing.
  std::string round(const std::string& name, const std::string& x) {
    const std::string rounded = cast(name + ".rounded", x, false);
    const std::string is_beyond = graph_.add_node("IsInf", name + ".is_beyond_float", {rounded});
    return graph_.add_node("Where", name,
                           {is_beyond, graph_.add_scalar(name + ".no_number", kNoNumberF), rounded});
  }

  std::string add_chosen(const std::string& name, const Chosen<LineStep>& lines) {
    const auto numbers = [&](double LineStep::*member) {
      return lines.collect([&](const LineStep& line) { return line.*member; });
    };
    std::string x = take_filled(name, lines);
    x = replace(name + ".low", x, "Less", numbers(&LineStep::low), numbers(&LineStep::below));
    x = replace(name + ".high", x, "Greater", numbers(&LineStep::high), numbers(&LineStep::above));
    const auto apply = [&](const char* op_type, const char* what, const std::vector<double>& values) {
      const std::string part = name + "." + what;
      x = graph_.add_node(op_type, part + ".applied", {x, graph_.add_vector(part, values)});
    };
    apply("Sub", "center", numbers(&LineStep::center));
    apply("Div", "divisor", numbers(&LineStep::divisor));
    apply("Mul", "factor", numbers(&LineStep::factor));
    return round(name, x);
  }

  // All curves in two tables, one after another, each `row` long and a power of two to search in: behind the
  // last value stand infinities, behind the last score repetitions of it.
  struct CurveTables {
    std::int64_t capacity = 1;  // of values, for the search
    std::vector<double> values, scores;
    std::vector<std::int64_t> starts;  // of each curve

    explicit CurveTables(const std::vector<const CurveStep*>& curves) {
      for (const CurveStep* curve : curves)
        capacity = std::max(capacity, static_cast<std::int64_t>(std::bit_ceil(curve->values.size())));
      const auto row = static_cast<std::size_t>(capacity) + 1;  // one more: the end of the last stretch
      for (const CurveStep* curve : curves) {
        starts.push_back(static_cast<std::int64_t>(values.size()));
        append(values, curve->values, row, kInfinity);
        append(scores, curve->scores, row, curve->scores.back());
      }
    }
    static void append(std::vector<double>& table, const std::vector<double>& one, std::size_t row,
                       double padding) {
      table.insert(table.end(), one.begin(), one.end());
      table.resize(table.size() + row - one.size(), padding);
    }
  };

  // Binary search in all columns at once: `at` is raised by half the capacity, a quarter, ... wherever the
  // value there is not above x. A NaN walks to the last value, an infinity, and comes out as NaN.
  std::string search(const std::string& name, const std::string& x, const CurveTables& tables,
                     const std::string& values) {
    const std::string starts = graph_.add_vector(name + ".starts", tables.starts);
    std::string at = start_at(name, x, starts);
    for (std::int64_t step = tables.capacity / 2; step > 0; step /= 2) {
      const std::string round_name = name + ".by_" + std::to_string(step);
      const std::string next =
          graph_.add_node("Add", round_name + ".next", {at, graph_.add_scalar(round_name + ".step", step)});
      const std::string there = graph_.add_node("Gather", round_name + ".value", {values, next});
      const std::string is_above = graph_.add_node("Less", round_name + ".is_above", {x, there});
      at = graph_.add_node("Where", round_name, {is_above, at, next});
    }
    return at;
  }

  // The first value of each curve, in the shape of x [B, L, curves].
  std::string start_at(const std::string& name, const std::string& x, const std::string& starts) {
    const std::string shape = graph_.add_node("Shape", name + ".shape", {x});
    return graph_.add_node("Expand", name + ".start", {starts, shape});
  }

  std::string add_chosen(const std::string& name, const Chosen<CurveStep>& curves) {
    const CurveTables tables(curves.steps);
    const std::string values = graph_.add_vector(name + ".values", tables.values);
    const std::string scores = graph_.add_vector(name + ".scores", tables.scores);
    std::string x = take_filled(name, curves);
    const auto firsts = curves.collect([](const CurveStep& curve) { return curve.values.front(); });
    const auto lasts = curves.collect([](const CurveStep& curve) { return curve.values.back(); });
    x = replace(name + ".low", x, "Less", firsts, firsts);
    x = replace(name + ".high", x, "Greater", lasts, lasts);
    const std::string at = search(name + ".search", x, tables, values);
    const std::string next =
        graph_.add_node("Add", name + ".next", {at, graph_.add_scalar(name + ".one", std::int64_t{1})});
    return round(name, interpolate(name, x, at, next, values, scores));
  }

  // scores[at] + (scores[next] - scores[at]) * ((x - values[at]) / (values[next] - values[at]))
  std::string interpolate(const std::string& name, const std::string& x, const std::string& at,
                          const std::string& next, const std::string& values, const std::string& scores) {
    const auto node = [&](const char* op_type, const char* what, const std::string& a, const std::string& b) {
      return graph_.add_node(op_type, name + "." + what, {a, b});
    };
    const std::string value_at = node("Gather", "value_at", values, at);
    const std::string width = node("Sub", "width", node("Gather", "value_next", values, next), value_at);
    const std::string share = node("Div", "share", node("Sub", "way", x, value_at), width);
    const std::string score_at = node("Gather", "score_at", scores, at);
    const std::string rise = node("Sub", "rise", node("Gather", "score_next", scores, next), score_at);
    return node("Add", "score", score_at, node("Mul", "risen", rise, share));
  }

  std::string add_chosen(const std::string& name, const Chosen<MatchStep>& matches) {
    const auto floats = [&](const char* what, float MatchStep::*member) {
      return graph_.add_vector(name + "." + what,
                               matches.collect([&](const MatchStep& match) { return match.*member; }));
    };
    const std::string raw = take(name, matches);
    const std::string values = graph_.add_vector(
        name + ".values", matches.collect([](const MatchStep& match) { return match.value; }));
    const std::string is_equal =
        graph_.add_node("Equal", name + ".is_equal", {cast(name + ".double", raw, true), values});
    const std::string found =
        graph_.add_node("Where", name + ".found",
                        {is_equal, floats("equal", &MatchStep::equal), floats("other", &MatchStep::other)});
    const std::string is_missing = graph_.add_node("IsNaN", name + ".is_missing", {raw});
    return graph_.add_node("Where", name, {is_missing, floats("missing", &MatchStep::missing), found});
  }

  // The parts side by side, each feature at its place.
  std::string in_order() {
    if (parts_.size() == 1) return parts_.front();  // its features kept their order
    const std::string joined = graph_.add_node("Concat", "transform.joined", parts_, {{"axis", kColumnAxis}});
    std::vector<std::int64_t> from(places_.size());
    for (std::size_t i = 0; i < places_.size(); ++i)
      from[static_cast<std::size_t>(places_[i])] = static_cast<std::int64_t>(i);
    return graph_.add_node("Gather", "transform", {joined, graph_.add_vector("transform.order", from)},
                           {{"axis", kColumnAxis}});
  }

  GraphBuilder& graph_;
  std::string windows_;
  const InputSteps& steps_;
  std::vector<std::string> parts_;    // one value per kind
  std::vector<std::int64_t> places_;  // of their features, in the order of the parts
};

}  // namespace

std::string add_input_steps(GraphBuilder& graph, const std::string& windows, const InputSteps& steps) {
  return steps.steps.empty() ? windows : InputStepNodes(graph, windows, steps).add();
}

}  // namespace regimetry::models::onnx

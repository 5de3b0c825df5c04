#include "features/sets/feature_set.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/sha256.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/expression/bind_call.hpp"
#include "features/expression/compile_expression.hpp"
#include "features/matches_pattern.hpp"
#include "features/sets/built_in_sets.hpp"

namespace regimetry::features {
namespace {

struct Request {
  std::string name;  // empty: made from the expression
  std::string expression;
};

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return text;
}

// "rsi(14)" -> "rsi_14", "rsi" -> "rsi_14", "volume" -> "volume", "ema(12) - ema(26)" -> itself without
// blanks.
std::string column_name(const Expression& expression, const std::string& text, const FeatureEntry** entry) {
  const bool is_word = expression.kind == Expression::Kind::kName;
  if (is_word && expression.is_quoted) return expression.name;
  if (!is_word && expression.kind != Expression::Kind::kCall) return without_blanks(text);
  const FeatureEntry* const found = find_feature(expression.name);
  if (found == nullptr) return without_blanks(text);
  const BoundCall call = bind_call(*found, expression);
  const bool has_plain_series = call.series == nullptr || call.series->kind == Expression::Kind::kName;
  if (!call.problem.empty() || !has_plain_series) return without_blanks(text);
  std::string name = found->name;
  if (call.series != nullptr) name += "_" + call.series->name;
  for (const double value : call.values) name += fmt::format("_{}", value);
  if (call.series == nullptr) *entry = found;
  return name;
}

// "spread = ema(12) - ema(26)" -> {"spread", "ema(12) - ema(26)"}.
Request split_name(const std::string& text) {
  const std::size_t sign = text.find('=');
  const std::size_t other = text.find_first_of("(<>`");
  if (sign == std::string::npos || text.substr(sign).starts_with("==") ||
      (other != std::string::npos && other < sign))
    return {"", text};
  std::string name = without_blanks(text.substr(0, sign));
  if (name.empty()) return {"", text};
  return {std::move(name), text.substr(text.find_first_not_of(" \t\n\r", sign + 1) == std::string::npos
                                           ? text.size()
                                           : text.find_first_not_of(" \t\n\r", sign + 1))};
}

std::vector<Request> requests_of(const FeatureSpecification& specification) {
  std::vector<Request> requests;
  for (const std::string& name : specification.sets) {
    const BuiltInSet* const set = find_built_in_set(name);
    if (set == nullptr) {
      std::vector<std::string> known;
      std::string list;
      for (const BuiltInSet& one : built_in_sets()) {
        known.push_back(one.name);
        list += (list.empty() ? "" : ", ") + one.name;
      }
      const auto near = nearest_word(name, known);
      throw Error(ErrorKind::kUsage,
                  fmt::format("there is no feature set '{}'{}; the sets are {}", name,
                              near ? fmt::format(" (did you mean '{}'?)", *near) : "", list));
    }
    for (const std::string& text : set->features) requests.push_back({"", text});
  }
  for (const std::string& list : specification.features) {
    for (const std::string& text : split_expressions(list)) requests.push_back(split_name(text));
  }
  for (const auto& [name, text] : specification.define) requests.push_back({name, name});
  return requests;
}

bool is_excluded(const std::string& name, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& one) { return matches_pattern(name, one); });
}

void require_useful_patterns(const std::vector<std::string>& patterns,
                             const std::vector<std::string>& names) {
  for (const std::string& pattern : patterns) {
    const bool is_used = std::any_of(names.begin(), names.end(),
                                     [&](const std::string& name) { return matches_pattern(name, pattern); });
    if (is_used) continue;
    const auto near = nearest_word(pattern, names);
    throw Error(ErrorKind::kUsage, fmt::format("nothing to leave out is called '{}'{}", pattern,
                                               near ? fmt::format("; did you mean '{}'?", *near) : ""));
  }
}

[[noreturn]] void refuse_second(const std::string& name, const std::string& expression) {
  throw Error(ErrorKind::kUsage,
              fmt::format("two different features are called '{}'; name one of them: 'other = {}'", name,
                          expression));
}

// What has a name of the user's own, by --define or as `name = expression`, may be used in other expressions.
std::map<std::string, std::string> definitions_of(const FeatureSpecification& specification,
                                                  const std::vector<Request>& requests) {
  std::map<std::string, std::string> definitions = specification.define;
  for (const Request& request : requests) {
    if (request.name.empty() || request.name == request.expression) continue;
    require_free_name(request.name);
    const auto [known, is_new] = definitions.try_emplace(request.name, request.expression);
    if (!is_new && known->second != request.expression) refuse_second(request.name, request.expression);
  }
  return definitions;
}

}  // namespace

FeatureSet::FeatureSet(const FeatureSpecification& specification,
                       std::span<const std::string> extra_columns) {
  const std::vector<Request> requests = requests_of(specification);
  const std::map<std::string, std::string> definitions = definitions_of(specification, requests);
  ExpressionCompiler compiler(graph_, definitions, extra_columns);
  std::map<std::string, Series> by_name;
  std::vector<std::string> names;
  for (const Request& request : requests) {
    const Expression expression = parse_expression(request.expression);
    Feature feature;
    const std::string made_name = column_name(expression, request.expression, &feature.entry);
    feature.name = request.name.empty() ? made_name : request.name;
    names.push_back(feature.name);
    if (is_excluded(feature.name, specification.exclude)) continue;
    const auto own = definitions.find(request.expression);
    feature.expression = own == definitions.end() ? request.expression : own->second;
    feature.series = compiler.compile(feature.name, expression);
    const auto [known, is_new] = by_name.try_emplace(feature.name, feature.series);
    if (!is_new && known->second == feature.series) continue;
    if (!is_new) refuse_second(feature.name, request.expression);
    feature.warmup = graph_.warmup(feature.series);
    feature.columns = graph_.columns_of(feature.series);
    features_.push_back(std::move(feature));
  }
  require_useful_patterns(specification.exclude, names);
  if (features_.empty()) {
    throw Error(ErrorKind::kUsage,
                names.empty() ? "no feature is asked for; name a set (--set core95) or features (--features "
                                "'rsi(14)')"
                              : fmt::format("no feature is left: all {} were left out", names.size()));
  }
  plan_passes();
}

void FeatureSet::plan_passes() {
  std::vector<Series> wanted;
  int last_stage = 0;
  for (const Feature& feature : features_) {
    wanted.push_back(feature.series);
    last_stage = std::max(last_stage, graph_.stage(feature.series));
  }
  across_inputs_.resize(static_cast<std::size_t>(last_stage) + 1);
  for (std::size_t i = 0; i < graph_.sources().size(); ++i) {
    const SeriesGraph::SourceSeries& source = graph_.sources()[i];
    if (source.kind != SeriesGraph::SourceKind::kAcross) continue;
    const int stage = graph_.stage(source.of);
    if (stage < last_stage) across_inputs_[static_cast<std::size_t>(stage)].push_back(i);
  }
  for (int stage = 0; stage < last_stage; ++stage) {
    std::vector<Series> inputs;
    for (const std::size_t source : across_inputs_[static_cast<std::size_t>(stage)])
      inputs.push_back(graph_.sources()[source].of);
    passes_.emplace_back(graph_, inputs);
  }
  passes_.emplace_back(graph_, wanted);
}

std::int64_t FeatureSet::warmup() const noexcept {
  std::int64_t longest = 0;
  for (const Feature& feature : features_) longest = std::max(longest, feature.warmup);
  return longest;
}

std::string FeatureSet::digest() const {
  std::string text;
  for (const Feature& feature : features_) text += feature.name + "=" + feature.expression + "\n";
  for (const StepProgram& pass : passes_) text += pass.text() + "\n";
  return sha256_hex(text);
}

}  // namespace regimetry::features

#include "features/transform/transform_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/json_error_words.hpp"
#include "core/json_place.hpp"
#include "core/printable.hpp"
#include "core/sha256.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;

constexpr const char* kFormat = "regimetry column transform";
constexpr std::int64_t kFormatVersion = 1;
constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;  // of a file

nlohmann::json to_json(const FittedRange& range) {
  return {{"first", format_timestamp(range.first)},
          {"last", format_timestamp(range.last)},
          {"known", format_timestamp(range.known)},
          {"rows", range.row_count}};
}

nlohmann::json to_json(const TransformOptions& options) {
  return {{"method", std::string(method_name(options.method))},
          {"outside", std::string(outside_name(options.outside))},
          {"missing", std::string(missing_name(options.missing))},
          {"per_symbol", options.per_symbol},
          {"max_knots", options.max_knots}};
}

nlohmann::json content_of(const FittedTransform& fitted) {
  nlohmann::json columns = nlohmann::json::array(), groups = nlohmann::json::array();
  for (const InputColumn& column : fitted.columns) {
    columns.push_back({{"name", column.name}, {"kind", std::string(market::kind_name(column.kind))}});
  }
  for (const TransformGroup& group : fitted.groups) {
    nlohmann::json steps = nlohmann::json::array();
    for (const auto& step : group.steps) steps.push_back(step->to_json());
    groups.push_back(
        {{"symbol", group.symbol}, {"fitted", to_json(group.range)}, {"steps", std::move(steps)}});
  }
  return {{"format", kFormat},
          {"format_version", kFormatVersion},
          {"version", fitted.version},
          {"options", to_json(fitted.options)},
          {"fitted", to_json(fitted.range)},
          {"symbols", fitted.symbols},
          {"columns", std::move(columns)},
          {"outputs", fitted.outputs},
          {"groups", std::move(groups)}};
}

std::string digest_of_content(nlohmann::json content) {
  content.erase("sha256");
  return sha256_hex(content.dump());  // keys sorted, no blanks: one text per content
}

FittedRange read_range(const JsonPlace& json) {
  json.require_keys({"first", "last", "known", "rows"});
  const FittedRange range{json.at("first").stamp(), json.at("last").stamp(), json.at("known").stamp(),
                          json.at("rows").whole_number()};
  if (range.first > range.last || range.last > range.known || range.row_count < 1)
    json.fail("is no range of rows");
  return range;
}

// The enumerator whose name the text is.
template <typename E>
E read_word(const JsonPlace& json, std::initializer_list<E> all, std::string_view (*name_of)(E) noexcept) {
  const std::string text = json.text();
  for (const E one : all) {
    if (name_of(one) == text) return one;
  }
  json.fail(fmt::format("is '{}', which is not known", printable(text)));
}

TransformOptions read_options(const JsonPlace& json) {
  json.require_keys({"method", "outside", "missing", "per_symbol", "max_knots"});
  TransformOptions options;
  options.method = read_word(json.at("method"),
                             {TransformMethod::kStandard, TransformMethod::kMinMax100,
                              TransformMethod::kRobust, TransformMethod::kRankGauss},
                             method_name);
  options.outside =
      read_word(json.at("outside"), {OutsidePolicy::kClip, OutsidePolicy::kExtend, OutsidePolicy::kMissing},
                outside_name);
  options.missing =
      read_word(json.at("missing"), {MissingPolicy::kImpute, MissingPolicy::kKeep}, missing_name);
  options.per_symbol = json.at("per_symbol").boolean();
  options.max_knots = json.at("max_knots").whole_number();
  return options;
}

InputColumn read_column(const JsonPlace& json) {
  json.require_keys({"name", "kind"});
  return {json.at("name").text(),
          read_word(json.at("kind"), {ColumnKind::kNumber, ColumnKind::kBoolean, ColumnKind::kCategory},
                    market::kind_name)};
}

bool can_treat(const std::string& step, ColumnKind kind) {
  if (kind == ColumnKind::kCategory || step == "category")
    return kind == ColumnKind::kCategory && step == "category";
  if (step == "missing") return true;
  return (kind == ColumnKind::kBoolean) == (step == "boolean");
}

TransformGroup read_group(const JsonPlace& json, const std::vector<InputColumn>& columns,
                          const std::vector<std::string>& outputs) {
  json.require_keys({"symbol", "fitted", "steps"});
  TransformGroup group{json.at("symbol").text(), read_range(json.at("fitted")), {}};
  const std::vector<JsonPlace> steps = json.at("steps").elements();
  if (steps.size() != columns.size()) {
    json.at("steps").fail(fmt::format("has {} steps for {} columns", steps.size(), columns.size()));
  }
  std::vector<std::string> names;
  for (std::size_t c = 0; c < steps.size(); ++c) {
    group.steps.push_back(step_from_json(steps[c]));
    if (!can_treat(steps[c].at("step").text(), columns[c].kind)) {
      steps[c].at("step").fail(fmt::format("does not treat a {}", market::kind_name(columns[c].kind)));
    }
    for (std::string& name : group.steps.back()->output_names(columns[c].name))
      names.push_back(std::move(name));
  }
  if (names != outputs) json.at("steps").fail("do not make the listed outputs");
  return group;
}

void require_format(const JsonPlace& json) {
  if (!json.has("format") || json.at("format").text() != kFormat) {
    json.fail(fmt::format("lacks the key 'format' with the value '{}'", kFormat));
  }
  const std::int64_t version = json.at("format_version").whole_number();
  if (version != kFormatVersion) {
    json.at("format_version")
        .fail(fmt::format("is {}, and this program reads version {}", version, kFormatVersion));
  }
  json.require_keys({"format", "format_version", "version", "options", "fitted", "symbols", "columns",
                     "outputs", "groups", "sha256"});
}

}  // namespace

std::string digest_of(const FittedTransform& fitted) {
  return digest_of_content(content_of(fitted));
}

nlohmann::json to_json(const FittedTransform& fitted) {
  nlohmann::json json = content_of(fitted);
  json["sha256"] = digest_of_content(json);
  return json;
}

FittedTransform transform_from_json(const nlohmann::json& json, const std::string& source) {
  const JsonPlace root(json, source, "fit the transform again");
  require_format(root);
  const std::string stored = root.at("sha256").text(), computed = digest_of_content(json);
  if (stored != computed) {
    root.at("sha256").fail(fmt::format("is {:.8}..., but the content has the digest {:.8}...: it was changed",
                                       stored, computed));
  }
  FittedTransform fitted;
  fitted.version = root.at("version").text();
  fitted.options = read_options(root.at("options"));
  fitted.range = read_range(root.at("fitted"));
  fitted.symbols = root.at("symbols").texts();
  fitted.outputs = root.at("outputs").texts();
  for (const JsonPlace& column : root.at("columns").elements()) fitted.columns.push_back(read_column(column));
  for (const JsonPlace& group : root.at("groups").elements()) {
    fitted.groups.push_back(read_group(group, fitted.columns, fitted.outputs));
  }
  const bool has_one = fitted.groups.size() == 1;
  if (fitted.columns.empty() || fitted.groups.empty() || (!has_one && !fitted.options.per_symbol)) {
    root.fail("has no columns, or not as many groups as its options say");
  }
  return fitted;
}

void write_transform(const std::filesystem::path& path, const FittedTransform& fitted) {
  // A thousand knots on a line each help nobody.
  const int indent = fitted.options.method == TransformMethod::kRankGauss ? -1 : 2;
  const std::string text = to_json(fitted).dump(indent) + "\n";
  if (text.size() > kMostBytes) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("{}: the transform would have {} bytes, more than are read again ({}). Keep fewer values "
                    "per column with --max-knots, or fit the symbols together.",
                    printable_path(path), text.size(), kMostBytes));
  }
  write_file_atomically(path, text);
}

FittedTransform read_transform(const std::filesystem::path& path) {
  const std::string source = printable_path(path);
  nlohmann::json json;
  // Deeper nesting than a transform has would only serve to exhaust the stack.
  constexpr int kMostDepth = 16;
  const auto stop_at_depth = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth <= kMostDepth) return true;
    throw Error(ErrorKind::kData, fmt::format("{}: is nested too deeply to be a transform", source));
  };
  try {
    json = nlohmann::json::parse(read_file(path, kMostBytes), stop_at_depth);
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: is not JSON ({}). Give the file that 'regimetry transform fit' wrote.",
                            source, json_error_words(error)));
  }
  return transform_from_json(json, source);
}

}  // namespace regimetry::features

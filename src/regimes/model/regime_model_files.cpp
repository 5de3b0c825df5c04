#include "regimes/model/regime_model_files.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/json_error_words.hpp"
#include "core/json_place.hpp"
#include "core/printable.hpp"
#include "core/safetensors.hpp"
#include "core/sha256.hpp"
#include "regimes/fitted_tensors.hpp"
#include "regimes/model/fitted_method.hpp"
#include "regimes/model/palette.hpp"
#include "regimes/model/tensor_prefix.hpp"

namespace regimetry::regimes {
namespace {

constexpr const char* kFormat = "regimetry regime model";
constexpr std::int64_t kFormatVersion = 1;
constexpr const char* kFolderName = "regime_model";
constexpr const char* kJsonName = "regime_model.json";
constexpr const char* kTensorsName = "regime_model.safetensors";
constexpr std::uintmax_t kMostJsonBytes = std::uintmax_t{64} << 20;
// Before the names of the method's own tensors and metadata.
constexpr std::string_view kMethodPrefix = "method.";
constexpr const char* kScalerName = "scaler";  // [2, D]: means, deviations
constexpr const char* kRemedy = "write it again with 'regimetry cluster'";

TensorFile tensors_of(const RegimeModel& model) {
  TensorFile file;
  add_part(file, kMethodPrefix, model.method().to_tensors());
  MatrixD scaler(2, model.width());
  scaler.row(0) = Eigen::Map<const Eigen::RowVectorXd>(model.scaler().means().data(), model.width());
  scaler.row(1) = Eigen::Map<const Eigen::RowVectorXd>(model.scaler().deviations().data(), model.width());
  file.tensors[kScalerName] = tensor_of(scaler);
  model.novelty().add_to(file);
  file.metadata["format"] = kFormat;
  return file;
}

nlohmann::json json_of(const RegimeModel& model) {
  const RegimeModelFacts& facts = model.facts();
  nlohmann::json palette = nlohmann::json::object();
  for (const std::int32_t id : model.ids()) palette[std::to_string(id)] = regime_color(id);
  return {{"format", kFormat},
          {"format_version", kFormatVersion},
          {"version", facts.version},
          {"method", model.method().method()},
          {"ids", std::vector<std::int32_t>(model.ids().begin(), model.ids().end())},
          {"palette", std::move(palette)},
          {"width", model.width()},
          {"columns", facts.columns},
          {"encoder_digest", facts.encoder_digest},
          {"transform_digest", facts.transform_digest},
          {"window_size", facts.window_size},
          {"trained",
           {{"rows", facts.trained_rows},
            {"first", format_timestamp(facts.trained_first)},
            {"last", format_timestamp(facts.trained_last)}}},
          {"settings", facts.settings}};
}

RegimeModelFacts read_facts(const JsonPlace& root) {
  RegimeModelFacts facts;
  facts.version = root.at("version").text();
  facts.columns = root.at("columns").texts();
  facts.encoder_digest = root.at("encoder_digest").text();
  facts.transform_digest = root.at("transform_digest").text();
  facts.window_size = root.at("window_size").whole_number();
  const JsonPlace trained = root.at("trained");
  facts.trained_rows = trained.at("rows").whole_number();
  facts.trained_first = trained.at("first").stamp();
  facts.trained_last = trained.at("last").stamp();
  facts.settings = root.at("settings").json();
  return facts;
}

std::vector<std::int32_t> read_ids(const JsonPlace& place, int regime_count) {
  std::vector<std::int32_t> ids;
  for (const JsonPlace& element : place.elements()) {
    const std::int64_t id = element.whole_number();
    if (id < 0 || id > 1'000'000) element.fail("is no number of a regime");
    ids.push_back(static_cast<std::int32_t>(id));
  }
  if (static_cast<int>(ids.size()) != regime_count)
    place.fail(fmt::format("names {} regimes, and the method has {}", ids.size(), regime_count));
  if (std::set<std::int32_t>(ids.begin(), ids.end()).size() != ids.size()) place.fail("names a regime twice");
  return ids;
}

RowScaler read_scaler(const TensorFile& file, std::int64_t width) {
  const MatrixD scaler = require_matrix_d(file, kScalerName, width);
  if (scaler.rows() != 2)
    throw Error(ErrorKind::kData, fmt::format("The tensor '{}' has {} rows; means and deviations are two.",
                                              kScalerName, scaler.rows()));
  return {std::vector<double>(scaler.row(0).begin(), scaler.row(0).end()),
          std::vector<double>(scaler.row(1).begin(), scaler.row(1).end())};
}

// What a model keeps as tensors.
struct TensorHalf {
  std::shared_ptr<const FittedRegimes> method;
  RowScaler scaler;
  NoveltyGauge novelty;
};

TensorHalf read_tensor_half(const std::filesystem::path& path, const std::string& method_name) {
  const TensorFile file = read_safetensors(path, {.require_finite = true});
  try {
    std::shared_ptr<const FittedRegimes> method =
        read_fitted_method(method_name, part_of(file, kMethodPrefix));
    const std::int64_t width = method->width();
    return {std::move(method), read_scaler(file, width), NoveltyGauge(file, width)};
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", printable_path(path), error.what()));
  }
}

nlohmann::json parse_json(const std::filesystem::path& path) {
  try {
    return nlohmann::json::parse(read_file(path, kMostJsonBytes));
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::kData, fmt::format("{} is no JSON: {}. It was damaged, or something else wrote "
                                              "it: {}.",
                                              printable_path(path), json_error_words(error), kRemedy));
  }
}

bool holds_model(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(folder / kJsonName, ignored);
}

}  // namespace

void write_regime_model(const std::filesystem::path& folder, const RegimeModel& model) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);  // what went wrong is told by the writing below
  const std::filesystem::path tensors_path = folder / kTensorsName;
  write_safetensors(tensors_path, tensors_of(model));
  nlohmann::json json = json_of(model);
  json["tensors_sha256"] = sha256_file_hex(tensors_path);
  write_file_atomically(folder / kJsonName, json.dump(2) + "\n");
}

std::filesystem::path find_regime_model(const std::filesystem::path& path) {
  const std::filesystem::path inner = path / kFolderName;
  return !holds_model(path) && holds_model(inner) ? inner : path;
}

bool has_regime_model(const std::filesystem::path& path) {
  return holds_model(find_regime_model(path));
}

RegimeModel read_regime_model(const std::filesystem::path& folder) {
  const std::filesystem::path json_path = folder / kJsonName, tensors_path = folder / kTensorsName;
  if (!std::filesystem::is_directory(folder))
    throw Error(ErrorKind::kData, fmt::format("{} is no folder of a regime model; 'regimetry cluster' writes "
                                              "one, named regime_model",
                                              printable_path(folder)));
  const nlohmann::json json = parse_json(json_path);
  const JsonPlace root(json, printable_path(json_path), kRemedy);
  if (root.at("format").text() != kFormat) root.at("format").fail("is not that of a regime model");
  if (root.at("format_version").whole_number() != kFormatVersion)
    root.at("format_version").fail(fmt::format("is not {}, the one that this version reads", kFormatVersion));
  if (root.at("tensors_sha256").text() != sha256_file_hex(tensors_path))
    root.at("tensors_sha256").fail(fmt::format("is not that of {}", kTensorsName));
  TensorHalf half = read_tensor_half(tensors_path, root.at("method").text());
  if (root.at("width").whole_number() != half.method->width())
    root.at("width").fail(fmt::format("is not {}, that of the method's tensors", half.method->width()));
  std::vector<std::int32_t> ids = read_ids(root.at("ids"), half.method->regime_count());
  return {std::move(half.scaler), std::move(half.method), std::move(ids), std::move(half.novelty),
          read_facts(root)};
}

}  // namespace regimetry::regimes

#include "report/read_regime_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "features/files/read_raw_features.hpp"
#include "market/column_roles.hpp"
#include "regimes/alignment/match_labels.hpp"
#include "regimes/no_regime.hpp"
#include "report/run_files.hpp"

namespace regimetry::report {
namespace {

using features::RawInstrument;
using market::Column;
using market::ColumnKind;
using market::ColumnRole;
using nlohmann::ordered_json;

ordered_json read_json(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return nullptr;
  try {
    return ordered_json::parse(read_file(path));
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: is damaged and cannot be read ({}). Make it again with 'regimetry analyze "
                            "--force'.",
                            printable_path(path), printable(error.what(), 120)));
  }
}

const Column* find_column(const RawInstrument& instrument, std::string_view name) {
  for (const Column& column : instrument.columns)
    if (column.name == name) return &column;
  return nullptr;
}

class RunReader {
 public:
  RunReader(const std::filesystem::path& folder, ordered_json run, ThreadPool& pool)
      : folder_(folder), pool_(pool) {
    run_.run = std::move(run);
  }

  RegimeRun read() {
    take_table();
    read_structures();
    run_.regimes = read_json(folder_ / kRegimesFile);
    run_.health = read_json(folder_ / kHealthFile);
    run_.levels = read_json(folder_ / kLevelsFile);
    run_.match = read_json(folder_ / kMatchFile);
    read_maps();
    take_source();
    return std::move(run_);
  }

 private:
  void take_table() {
    const std::filesystem::path path = folder_ / kAssignmentsFile;
    if (!std::filesystem::exists(path))
      throw Error(
          ErrorKind::kUsage,
          fmt::format("{} holds no {}. Give a folder that 'regimetry analyze' or 'regimetry cluster' wrote.",
                      printable_path(folder_), kAssignmentsFile));
    const features::RawFeatures table = features::read_raw_features(path, {}, pool_, silent_observer());
    if (table.instruments.size() != 1)
      throw Error(
          ErrorKind::kUsage,
          fmt::format(
              "{} holds {} instruments, and a report is of one. 'regimetry analyze' makes one of each.",
              printable_path(path), table.instruments.size()));
    const RawInstrument& instrument = table.instruments.front();
    run_.symbol = instrument.symbol;
    run_.timeframe = instrument.timeframe.name();
    run_.bars_per_year = instrument.bars_per_year;
    run_.timestamps = instrument.timestamps;
    take_prices(instrument);
    run_.final_labels = labels_of(instrument, "Cluster_ID", "Cluster_probability");
    run_.asof_labels = labels_of(instrument, "Cluster_ID_asof", "Cluster_probability_asof");
    const auto has_label = [](std::int32_t id) { return id >= 0; };
    if (std::none_of(run_.asof_labels.ids.begin(), run_.asof_labels.ids.end(), has_label))
      run_.asof_labels = {};
    if (std::none_of(run_.final_labels.ids.begin(), run_.final_labels.ids.end(), has_label))
      throw Error(ErrorKind::kData,
                  fmt::format("{}: no row has a regime in the column Cluster_ID", printable_path(path)));
    take_truth(instrument);
  }

  void take_source() {
    if (!run_.run.is_object() || !run_.run.contains("inputs") || run_.run.at("inputs").empty()) return;
    run_.source = run_.run.at("inputs").front().at("path").get<std::string>();
  }

  void take_prices(const RawInstrument& instrument) {
    std::vector<std::string_view> headers;
    std::vector<const Column*> numbers;
    for (const Column& column : instrument.columns) {
      if (column.kind != ColumnKind::kNumber || column.name.starts_with("Cluster_")) continue;
      headers.emplace_back(column.name);
      numbers.push_back(&column);
    }
    const auto take = [&](ColumnRole role, std::vector<double>& values) {
      if (const auto at = market::surest_column(headers, role)) values = numbers[*at]->numbers;
    };
    take(ColumnRole::kOpen, run_.open);
    take(ColumnRole::kHigh, run_.high);
    take(ColumnRole::kLow, run_.low);
    take(ColumnRole::kClose, run_.close);
    take(ColumnRole::kVolume, run_.volume);
    const auto is_missing = [](double value) { return std::isnan(value); };
    for (std::vector<double>* values : {&run_.open, &run_.high, &run_.low, &run_.close, &run_.volume})
      if (std::all_of(values->begin(), values->end(), is_missing)) values->clear();
  }

  [[nodiscard]] Labelling labels_of(const RawInstrument& instrument, std::string_view ids,
                                    std::string_view probabilities) const {
    Labelling labelling;
    const Column* column = find_column(instrument, ids);
    if (column == nullptr || column->kind != ColumnKind::kNumber) return labelling;
    for (const double id : column->numbers)
      labelling.ids.push_back(id >= 0 && id < 1e6 ? static_cast<std::int32_t>(id) : regimes::kNoRegime);
    if (const Column* chances = find_column(instrument, probabilities);
        chances != nullptr && chances->kind == ColumnKind::kNumber)
      labelling.probabilities = chances->numbers;
    return labelling;
  }

  void take_truth(const RawInstrument& instrument) {
    const Column* column = find_column(instrument, "true_regime");
    if (column == nullptr || column->kind != ColumnKind::kCategory || column->categories.empty()) return;
    const std::vector<std::int32_t> numbers = numbers_of_truth(column->codes, std::ssize(column->categories));
    run_.truth.ids.reserve(column->codes.size());
    for (const std::int32_t code : column->codes)
      run_.truth.ids.push_back(code < 0 ? regimes::kNoRegime : numbers[static_cast<std::size_t>(code)]);
    const std::int32_t highest = *std::max_element(numbers.begin(), numbers.end());
    run_.truth_names.assign(static_cast<std::size_t>(highest) + 1, {});
    for (std::size_t code = 0; code < numbers.size(); ++code)
      run_.truth_names[static_cast<std::size_t>(numbers[code])] = column->categories[code];
  }

  // That of the found regime with the most rows in common, one to one; the rest follow the highest number.
  [[nodiscard]] std::vector<std::int32_t> numbers_of_truth(const std::vector<std::int32_t>& codes,
                                                           std::int64_t count) const {
    std::map<std::int32_t, std::int32_t> matched;
    for (const regimes::LabelMatch::Pair& pair : regimes::match_labels(codes, run_.final_labels.ids).pairs)
      matched.emplace(pair.label, pair.reference);
    std::int32_t next = 0;
    for (const Labelling* labels : {&run_.final_labels, &run_.asof_labels})
      for (const std::int32_t id : labels->ids) next = std::max(next, id + 1);
    std::vector<std::int32_t> numbers;
    for (std::int32_t code = 0; code < count; ++code) {
      const auto found = matched.find(code);
      numbers.push_back(found == matched.end() ? next++ : found->second);
    }
    return numbers;
  }

  void read_structures() {
    run_.final_labels.structure = read_json(folder_ / kStructureFile);
    if (!run_.asof_labels.empty())
      run_.asof_labels.structure = read_json(folder_ / kAsofFolder / kStructureFile);
  }

  void read_maps() {
    ordered_json quality = read_json(folder_ / kMapsFile);
    if (quality.is_null() && run_.regimes.is_object() && run_.regimes.contains("maps"))
      quality = run_.regimes.at("maps");
    for (const char* method : {"tsne", "umap", "pca"}) {
      const std::filesystem::path path = folder_ / fmt::format("{}_coords.csv", method);
      if (std::filesystem::exists(path)) run_.maps.push_back(read_map(path, method, quality));
    }
  }

  [[nodiscard]] PlacedMap read_map(const std::filesystem::path& path, const char* method,
                                   const ordered_json& quality) const {
    const features::RawFeatures table = features::read_raw_features(path, {}, pool_, silent_observer());
    const RawInstrument& points = table.instruments.front();
    const Column *x = find_column(points, "x"), *y = find_column(points, "y");
    if (x == nullptr || y == nullptr || x->kind != ColumnKind::kNumber || y->kind != ColumnKind::kNumber)
      throw Error(ErrorKind::kData,
                  fmt::format("{}: has no columns x and y of numbers", printable_path(path)));
    PlacedMap map;
    map.method = method;
    std::size_t bar = 0;
    for (std::size_t i = 0; i < points.timestamps.size(); ++i) {
      while (bar < run_.timestamps.size() && run_.timestamps[bar] < points.timestamps[i]) ++bar;
      if (bar == run_.timestamps.size() || run_.timestamps[bar] != points.timestamps[i]) continue;
      map.bars.push_back(static_cast<std::int64_t>(bar));
      map.x.push_back(static_cast<float>(x->numbers[i]));
      map.y.push_back(static_cast<float>(y->numbers[i]));
    }
    if (!quality.is_array()) return map;
    for (const ordered_json& one : quality) {
      if (!one.is_object() || one.value("method", "") != method) continue;
      if (one.contains("trustworthiness")) map.trustworthiness = one.at("trustworthiness").get<double>();
      if (one.contains("neighborhood_preservation"))
        map.neighborhood_preservation = one.at("neighborhood_preservation").get<double>();
    }
    return map;
  }

  const std::filesystem::path& folder_;
  ThreadPool& pool_;
  RegimeRun run_;
};

}  // namespace

RegimeRun read_regime_run(const std::filesystem::path& folder, ordered_json run, ThreadPool& pool) {
  return RunReader(folder, std::move(run), pool).read();
}

ordered_json read_run_record(const std::filesystem::path& folder) {
  ordered_json run = read_json(folder / kRunFile);
  if (!run.is_object() || !run.contains("stages")) return run;
  ordered_json& stages = run.at("stages");
  stages.erase(std::remove_if(stages.begin(), stages.end(),
                              [](const ordered_json& stage) { return stage.value("name", "") == "report"; }),
               stages.end());
  return run;
}

}  // namespace regimetry::report

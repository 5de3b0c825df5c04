#include "labelling/regime_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "embeddings/embedding_files.hpp"
#include "embeddings/encoder_input.hpp"

namespace regimetry::labelling {
namespace {

using embeddings::EmbeddedInstrument;
using embeddings::Embeddings;
using embeddings::EncoderInput;
using features::FeatureTable;

[[noreturn]] void fail_on_metadata(const std::filesystem::path& path, const char* key) {
  throw Error(ErrorKind::kData,
              fmt::format("{}: its metadata are damaged: '{}' is of another kind than it was "
                          "written with. Make the file again.",
                          printable_path(path), key));
}

// Absent is not known; something else than what was written must not pass for that.
template <class Value>
Value value_or(const std::filesystem::path& path, const nlohmann::json& json, const char* key,
               Value otherwise) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return otherwise;
  try {
    return found->get<Value>();
  } catch (const nlohmann::json::exception&) {
    fail_on_metadata(path, key);
  }
}

void take_scale_facts(const std::filesystem::path& path, const nlohmann::json& metadata,
                      RegimeSource& source) {
  const auto found = metadata.find("transform");
  if (found == metadata.end() || !found->is_object()) return;
  source.transform_digest = value_or(path, *found, "sha256", std::string());
  const std::string known = value_or(path, *found, "fitted_known", std::string());
  if (known.empty()) return;
  source.scale_known_from = parse_iso_timestamp(known);
  if (!source.scale_known_from) fail_on_metadata(path, "fitted_known");
}

RegimeSource read_embedding_rows(const std::filesystem::path& path, Observer& observer) {
  Embeddings embeddings = embeddings::read_embeddings(path, observer);
  RegimeSource source;
  source.is_embedding = true;
  source.values = std::move(embeddings.values);
  source.timestamps = std::move(embeddings.timestamps);
  for (const EmbeddedInstrument& one : embeddings.instruments) {
    if (one.windows.size() == 0) continue;
    source.instruments.push_back({one.symbol, one.timeframe, one.bars_per_year, one.windows});
  }
  const nlohmann::json& metadata = embeddings.metadata;
  source.has_row_numbers = !std::filesystem::exists(embeddings::timestamps_path_of(path));
  if (!metadata.is_object()) return source;
  source.window_size = value_or(path, metadata, "window_size", std::int64_t{0});
  source.stride = value_or(path, metadata, "stride", std::int64_t{0});
  source.encoder_digest = value_or(path, metadata, "encoder_digest", std::string());
  take_scale_facts(path, metadata, source);
  return source;
}

// Rows without a missing value, laid one after another.
class FeatureRows {
 public:
  explicit FeatureRows(const features::FeatureData& data) {
    std::int64_t most = 0;
    for (const FeatureTable& table : data.instruments) most += table.row_count();
    const std::int64_t width = data.instruments.empty() ? 0 : data.instruments.front().feature_count();
    source_.values.resize(most, width);
    for (const FeatureTable& table : data.instruments) take(table);
    source_.values.conservativeResize(row_count_, width);
  }

  RegimeSource source() && { return std::move(source_); }
  [[nodiscard]] std::int64_t dropped_inside() const noexcept { return dropped_inside_; }
  [[nodiscard]] std::int64_t dropped_at_start() const noexcept { return dropped_at_start_; }

 private:
  void take(const FeatureTable& table) {
    const std::int64_t begin = row_count_;
    for (std::int64_t row = 0; row < table.row_count(); ++row) {
      if (!table.values.row(row).allFinite()) {
        ++(row_count_ == begin ? dropped_at_start_ : dropped_inside_);
        continue;
      }
      source_.values.row(row_count_++) = table.values.row(row);
      source_.timestamps.push_back(table.timestamps[static_cast<std::size_t>(row)]);
    }
    if (row_count_ > begin)
      source_.instruments.push_back(
          {table.symbol, table.timeframe, table.bars_per_year, {begin, row_count_}});
  }

  RegimeSource source_;
  std::int64_t row_count_ = 0, dropped_at_start_ = 0, dropped_inside_ = 0;
};

RegimeSource read_feature_rows(const std::filesystem::path& path,
                               const features::FeatureColumnOptions& columns,
                               const market::ReadOptions& reading, ThreadPool& pool, Observer& observer) {
  const EncoderInput input = embeddings::read_encoder_input(
      path, {.transform = embeddings::kNoTransform, .columns = columns}, reading, pool, observer);
  FeatureRows rows(input.data);
  if (rows.dropped_at_start() > 0)
    observer.on_note(fmt::format("{} warm-up rows, in which a feature has no value yet, are in no regime",
                                 rows.dropped_at_start()));
  if (rows.dropped_inside() > 0)
    observer.on_warning(
        fmt::format("{} later rows lack a value and are in no regime; the rows around them "
                    "count as neighbours in time",
                    rows.dropped_inside()));
  RegimeSource source = std::move(rows).source();
  if (!input.data.instruments.empty()) source.columns = input.data.instruments.front().names;
  source.has_row_numbers = path.extension() == ".npy";
  source.window_size = 1;
  source.stride = 1;
  if (input.data.metadata.is_object()) take_scale_facts(path, input.data.metadata, source);
  return source;
}

}  // namespace

std::vector<IndexRange> RegimeSource::sequences() const {
  std::vector<IndexRange> ranges;
  ranges.reserve(instruments.size());
  for (const SourceInstrument& one : instruments) ranges.push_back(one.rows);
  return ranges;
}

std::vector<std::string> RegimeSource::symbols() const {
  std::vector<std::string> names;
  names.reserve(instruments.size());
  for (const SourceInstrument& one : instruments) names.push_back(one.symbol);
  return names;
}

RegimeSource read_regime_source(const std::filesystem::path& path,
                                const features::FeatureColumnOptions& columns,
                                const market::ReadOptions& reading, ThreadPool& pool, Observer& observer) {
  RegimeSource source = path.extension() == ".npy"
                            ? read_embedding_rows(path, observer)
                            : read_feature_rows(path, columns, reading, pool, observer);
  source.path = path.string();
  if (source.size() == 0 || source.values.cols() == 0)
    throw Error(ErrorKind::kData,
                fmt::format("{}: there is no row with a value in every column, so there is nothing to find "
                            "regimes in. Leave out columns that are never filled with --exclude-columns.",
                            printable_path(path)));
  return source;
}

}  // namespace regimetry::labelling

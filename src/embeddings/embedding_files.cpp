#include "embeddings/embedding_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numeric>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/json_error_words.hpp"
#include "core/npy.hpp"
#include "core/printable.hpp"
#include "core/tensor_shape.hpp"

namespace regimetry::embeddings {
namespace {

constexpr const char* kEmbeddingsFile = "embeddings_file";
constexpr const char* kTimestampsFile = "timestamps_file";
constexpr const char* kInstrumentsFile = "instruments_file";
constexpr const char* kInstruments = "instruments";
constexpr std::uintmax_t kMostMetadataBytes = std::uintmax_t{256} << 20;

template <class Value>
std::string_view bytes_of(const Value* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(Value)};
}

std::string_view bytes_of(const features::MatrixF& values) {
  return bytes_of(values.data(), static_cast<std::size_t>(values.size()));
}

std::filesystem::path beside(const std::filesystem::path& path, const char* ending) {
  return path.parent_path() / (path.stem().string() + ending);
}

// {"name", "bytes", "sha256"}
nlohmann::json file_facts(const std::filesystem::path& path, std::string_view data) {
  const std::array<std::string_view, 1> pieces{data};
  const Fingerprint fingerprint = fingerprint_of(pieces);
  return {{"name", path.filename().string()}, {"bytes", fingerprint.bytes}, {"sha256", fingerprint.sha256}};
}

bool is_of(const nlohmann::json& facts, std::string_view data) {
  const std::array<std::string_view, 1> pieces{data};
  return fingerprint_of(pieces) ==
         Fingerprint{facts.at("bytes").get<std::size_t>(), facts.at("sha256").get<std::string>()};
}

nlohmann::json instruments_json(const std::vector<EmbeddedInstrument>& instruments) {
  nlohmann::json list = nlohmann::json::array();
  for (const EmbeddedInstrument& one : instruments) {
    list.push_back({{"symbol", one.symbol},
                    {"timeframe", one.timeframe.name()},
                    {"bars_per_year", std::isfinite(one.bars_per_year) ? one.bars_per_year : 0.0},
                    {"begin", one.windows.begin},
                    {"end", one.windows.end}});
  }
  return list;
}

std::vector<std::int32_t> instrument_of_each(const Embeddings& embeddings) {
  std::vector<std::int32_t> indices(static_cast<std::size_t>(embeddings.size()));
  for (std::size_t i = 0; i < embeddings.instruments.size(); ++i) {
    const IndexRange& range = embeddings.instruments[i].windows;
    std::fill(indices.begin() + range.begin, indices.begin() + range.end, static_cast<std::int32_t>(i));
  }
  return indices;
}

// The name of the matrix that the metadata at this path belongs to; empty when there is none.
std::string owner_of_metadata(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  const nlohmann::json json = nlohmann::json::parse(read_file(path, kMostMetadataBytes), nullptr, false);
  if (!json.is_object() || !json.contains(kEmbeddingsFile) || !json[kEmbeddingsFile].is_object()) return {};
  const nlohmann::json name = json[kEmbeddingsFile].value("name", nlohmann::json());
  return name.is_string() ? name.get<std::string>() : std::string();
}

void warn_of_replacement(const std::filesystem::path& path, Observer& observer) {
  const std::string owner = owner_of_metadata(metadata_path_of(path));
  std::error_code ignored;
  if (owner.empty() || owner == path.filename().string() ||
      !std::filesystem::exists(path.parent_path() / owner, ignored))
    return;
  observer.on_warning(
      fmt::format("{}: describes {} and is replaced; use another folder (--output-dir) to keep "
                  "both",
                  printable_path(metadata_path_of(path)), printable(owner)));
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& problem) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", printable_path(path), problem));
}

[[noreturn]] void fail_companion(const std::filesystem::path& companion, const std::filesystem::path& path,
                                 const std::string& problem) {
  fail(companion, fmt::format("{}, so it does not belong to {}. Run 'regimetry embed' again, or move it away "
                              "to read the bare matrix.",
                              problem, printable_path(path.filename())));
}

// The name of the matrix that the metadata beside `path` belongs to; empty when there is none. Metadata that
// do not say it were damaged: taken for none, they would lose the stamps without a word.
std::string require_owner(const std::filesystem::path& path) {
  const std::filesystem::path metadata_path = metadata_path_of(path);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(metadata_path, ignored)) return {};
  try {
    const nlohmann::json json = nlohmann::json::parse(read_file(metadata_path, kMostMetadataBytes));
    return json.at(kEmbeddingsFile).at("name").get<std::string>();
  } catch (const nlohmann::json::exception& error) {
    fail(metadata_path,
         fmt::format("is damaged, or something else wrote it: {}. Run 'regimetry embed' again, "
                     "or move it away to read {} as a bare matrix.",
                     json_error_words(error), printable_path(path.filename())));
  }
}

// Takes what the metadata says; the matrix is in place.
class EmbeddingMetadataReader {
 public:
  EmbeddingMetadataReader(const std::filesystem::path& path, Embeddings& embeddings)
      : path_(path), metadata_path_(metadata_path_of(path)), embeddings_(embeddings) {}

  void read() {
    try {
      const nlohmann::json json = nlohmann::json::parse(read_file(metadata_path_, kMostMetadataBytes));
      if (json.at("n_samples").get<std::int64_t>() != embeddings_.size() ||
          json.at("embedding_dim").get<std::int64_t>() != embeddings_.width()) {
        fail_companion(metadata_path_, path_,
                       fmt::format("speaks of {} embeddings of {} numbers, where the matrix has {} of {}",
                                   json.at("n_samples").dump(), json.at("embedding_dim").dump(),
                                   embeddings_.size(), embeddings_.width()));
      }
      if (!is_of(json.at(kEmbeddingsFile), bytes_of(embeddings_.values)))
        fail_companion(metadata_path_, path_, "was written with another matrix");
      read_stamps(json.at(kTimestampsFile));
      read_instruments(json.at(kInstruments));
      embeddings_.metadata = json;
    } catch (const nlohmann::json::exception& error) {
      fail_companion(metadata_path_, path_,
                     fmt::format("is not what was written ({})", json_error_words(error)));
    }
  }

 private:
  void read_stamps(const nlohmann::json& facts) {
    const std::filesystem::path stamps_path = timestamps_path_of(path_);
    embeddings_.timestamps = read_npy(stamps_path).as_int64();
    const auto& stamps = embeddings_.timestamps;
    if (static_cast<std::int64_t>(stamps.size()) != embeddings_.size()) {
      fail_companion(stamps_path, path_,
                     fmt::format("has {} stamps for {} embeddings", stamps.size(), embeddings_.size()));
    }
    if (!is_of(facts, bytes_of(stamps.data(), stamps.size()))) {
      fail_companion(
          stamps_path, path_,
          fmt::format("is not the one that {} was written with", printable_path(metadata_path_.filename())));
    }
  }

  void read_instruments(const nlohmann::json& list) {
    std::int64_t next = 0;
    for (const nlohmann::json& entry : list) {
      EmbeddedInstrument one;
      one.symbol = entry.at("symbol").get<std::string>();
      one.timeframe =
          market::Timeframe::parse(entry.at("timeframe").get<std::string>()).value_or(market::Timeframe{});
      one.bars_per_year = entry.at("bars_per_year").get<double>();
      one.windows = {entry.at("begin").get<std::int64_t>(), entry.at("end").get<std::int64_t>()};
      if (one.windows.begin != next || one.windows.end < next || one.windows.end > embeddings_.size()) {
        fail_companion(metadata_path_, path_,
                       fmt::format("its windows {} to {} of {} do not fit", one.windows.begin,
                                   one.windows.end, printable(one.symbol)));
      }
      next = one.windows.end;
      embeddings_.instruments.push_back(std::move(one));
    }
    if (next != embeddings_.size()) {
      fail_companion(metadata_path_, path_,
                     fmt::format("its instruments have {} of {} embeddings", next, embeddings_.size()));
    }
  }

  const std::filesystem::path& path_;
  std::filesystem::path metadata_path_;
  Embeddings& embeddings_;
};

features::MatrixF read_matrix(const std::filesystem::path& path) {
  const NpyArray array = read_npy(path);
  if (array.shape.size() != 2 || array.shape[0] == 0 || array.shape[1] == 0) {
    fail(path, fmt::format("holds an array of shape {}, where embeddings are a matrix [windows, numbers]",
                           shape_text(array.shape)));
  }
  features::MatrixF values(array.shape[0], array.shape[1]);
  const std::span<float> out(values.data(), static_cast<std::size_t>(values.size()));
  if (array.type == NpyType::kFloat32) {
    std::memcpy(out.data(), array.data.data(), out.size_bytes());
  } else {
    const std::vector<float> converted = array.as_float32();
    std::copy(converted.begin(), converted.end(), out.begin());
  }
  const auto odd = std::find_if(out.begin(), out.end(), [](float x) { return !std::isfinite(x); });
  if (odd == out.end()) return values;
  fail(path, fmt::format("holds {} at {}; embeddings must be finite", *odd,
                         index_text(odd - out.begin(), array.shape)));
}

void count_rows_as_time(Embeddings& embeddings) {
  embeddings.timestamps.resize(static_cast<std::size_t>(embeddings.size()));
  std::iota(embeddings.timestamps.begin(), embeddings.timestamps.end(), TimestampNs{0});
  embeddings.instruments.push_back({{}, {}, 0, {0, embeddings.size()}});
}

}  // namespace

std::filesystem::path timestamps_path_of(const std::filesystem::path& path) {
  return beside(path, "_timestamps.npy");
}

std::filesystem::path instruments_path_of(const std::filesystem::path& path) {
  return beside(path, "_instruments.npy");
}

std::filesystem::path metadata_path_of(const std::filesystem::path& path) {
  return path.parent_path() / "embedding_metadata.json";
}

void require_embedding_extension(const std::filesystem::path& path) {
  if (path.extension() == ".npy") return;
  throw Error(ErrorKind::kUsage,
              fmt::format("{}: embeddings are written as a NumPy matrix; end the name with .npy",
                          printable_path(path)));
}

void write_embeddings(const std::filesystem::path& path, const Embeddings& embeddings, Observer& observer) {
  warn_of_replacement(path, observer);
  const std::array<std::int64_t, 2> shape{embeddings.size(), embeddings.width()};
  const auto rows = std::span(shape).first(1);
  const auto& stamps = embeddings.timestamps;
  const bool has_many = embeddings.instruments.size() > 1;

  nlohmann::json metadata = embeddings.metadata.is_object() ? embeddings.metadata : nlohmann::json::object();
  metadata["n_samples"] = embeddings.size();
  metadata["embedding_dim"] = embeddings.width();
  metadata[kEmbeddingsFile] = file_facts(path, bytes_of(embeddings.values));
  metadata[kTimestampsFile] = file_facts(timestamps_path_of(path), bytes_of(stamps.data(), stamps.size()));
  metadata[kInstrumentsFile] = nullptr;
  if (has_many) metadata[kInstrumentsFile] = instruments_path_of(path).filename().string();
  metadata[kInstruments] = instruments_json(embeddings.instruments);

  // The matrix comes last: cut off before it, companions and an older matrix do not fit together.
  write_npy(timestamps_path_of(path), std::span<const std::int64_t>(stamps), rows);
  if (has_many) write_npy(instruments_path_of(path), instrument_of_each(embeddings), rows);
  write_file_atomically(metadata_path_of(path),
                        metadata.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  write_npy(path, std::span(embeddings.values.data(), static_cast<std::size_t>(embeddings.values.size())),
            shape);
}

Embeddings read_embeddings(const std::filesystem::path& path, Observer& observer) {
  Embeddings embeddings;
  embeddings.values = read_matrix(path);
  if (require_owner(path) == path.filename().string()) {
    EmbeddingMetadataReader(path, embeddings).read();
    return embeddings;
  }
  observer.on_note(fmt::format("{}: has no {} of its own beside it: its rows count as time",
                               printable_path(path), printable_path(metadata_path_of(path).filename())));
  count_rows_as_time(embeddings);
  return embeddings;
}

}  // namespace regimetry::embeddings

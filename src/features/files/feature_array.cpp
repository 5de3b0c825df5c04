#include "features/files/feature_array.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>
#include <span>
#include <string_view>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/input_file.hpp"
#include "core/json_error_words.hpp"
#include "core/npy.hpp"
#include "core/npy_header.hpp"
#include "core/printable.hpp"
#include "core/tensor_shape.hpp"

namespace regimetry::features {
namespace {

std::string_view bytes_of(const auto* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(*values)};
}

std::int64_t count_rows(const std::vector<const FeatureTable*>& instruments) {
  return std::accumulate(
      instruments.begin(), instruments.end(), std::int64_t{0},
      [](std::int64_t sum, const FeatureTable* table) { return sum + table->row_count(); });
}

void warn_of_extras(const std::filesystem::path& path, const std::vector<const FeatureTable*>& instruments,
                    Observer& observer) {
  std::set<std::string> names;
  for (const FeatureTable* table : instruments) {
    for (const market::Column& extra : table->extras) names.insert(printable(extra.name));
  }
  if (names.empty()) return;
  observer.on_warning(
      fmt::format("{}: a matrix has no room for further columns, so {} left out: {}. Write .parquet to keep "
                  "them.",
                  printable_path(path), names.size() == 1 ? "one was" : fmt::format("{} were", names.size()),
                  fmt::join(names, ", ")));
}

// The content of a file, piece by piece.
using Pieces = std::vector<std::string_view>;

// {"bytes", "sha256"} of a file's data without its header.
nlohmann::json fingerprint(const Pieces& pieces) {
  Fingerprint found = fingerprint_of(pieces);
  return {{"bytes", found.bytes}, {"sha256", std::move(found.sha256)}};
}

Pieces values_of(const std::vector<const FeatureTable*>& instruments) {
  Pieces pieces;
  for (const FeatureTable* table : instruments) {
    pieces.push_back(bytes_of(table->values.data(), static_cast<std::size_t>(table->values.size())));
  }
  return pieces;
}

Pieces stamps_of(const std::vector<const FeatureTable*>& instruments) {
  Pieces pieces;
  for (const FeatureTable* table : instruments) {
    pieces.push_back(bytes_of(table->timestamps.data(), table->timestamps.size()));
  }
  return pieces;
}

Pieces with_header(const std::string& header, const Pieces& data) {
  Pieces pieces{header};
  pieces.insert(pieces.end(), data.begin(), data.end());
  return pieces;
}

nlohmann::json describe(const std::vector<const FeatureTable*>& instruments, const nlohmann::json& metadata) {
  nlohmann::json symbols = nlohmann::json::array();
  std::int64_t begin = 0;
  for (const FeatureTable* table : instruments) {
    symbols.push_back({{"symbol", table->symbol},
                       {"timeframe", table->timeframe.name()},
                       {"bars_per_year", std::isfinite(table->bars_per_year) ? table->bars_per_year : 0.0},
                       {"begin", begin},
                       {"end", begin + table->row_count()}});
    begin += table->row_count();
  }
  return {{"names", instruments.front()->names},
          {"symbols", std::move(symbols)},
          {"metadata", metadata},
          {"matrix", fingerprint(values_of(instruments))},
          {"timestamps", fingerprint(stamps_of(instruments))}};
}

// A .npy file read from its start to its end, into as many places as one likes.
class NpyStream {
 public:
  explicit NpyStream(const std::filesystem::path& path) : file_(path) {
    start_.resize(std::min<std::uintmax_t>(file_.size(), kNpyMaxHeaderBytes));
    file_.read_exactly(std::as_writable_bytes(std::span(start_)));
    header_ = parse_npy_header(start_, file_.size(), printable_path(path));
    position_ = header_.data_offset;
  }
  [[nodiscard]] const NpyHeader& header() const noexcept { return header_; }
  void read(std::span<std::byte> out) {
    const std::size_t held = std::min(out.size(), start_.size() - position_);
    std::memcpy(out.data(), start_.data() + position_, held);
    position_ += held;
    file_.read_exactly(out.subspan(held));
  }

 private:
  InputFile file_;
  std::string start_;  // the header and the data that was read with it
  NpyHeader header_;
  std::size_t position_ = 0;  // in start_
};

struct MatrixShape {
  std::int64_t rows = 0, columns = 0;
};

MatrixShape matrix_shape(const std::filesystem::path& path, const std::vector<std::int64_t>& shape) {
  if (shape.size() == 2) return {shape[0], shape[1]};
  if (shape.size() == 1) return {shape[0], 1};
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: holds an array of shape {}, where features are a matrix [rows, features]. Save "
                  "it with two axes.",
                  printable_path(path), shape_text(shape)));
}

[[noreturn]] void fail_companion(const std::filesystem::path& companion, const std::filesystem::path& path,
                                 const std::string& problem) {
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: {}, so it does not belong to {}. Write both again, or move it away to read the "
                  "bare matrix.",
                  printable_path(companion), problem, printable_path(path.filename())));
}

// What the files beside the matrix say: names, instruments without values, metadata; and the fingerprint of
// the matrix that they were written with.
struct Companions {
  FeatureData data;
  nlohmann::json matrix;  // null where whoever wrote them gave none
};

Companions read_companions(const std::filesystem::path& path, const MatrixShape& shape) {
  const std::filesystem::path companion = names_path_of(path);
  constexpr std::uintmax_t kMostBytes = std::uintmax_t{256} << 20;
  Companions companions;
  FeatureData& data = companions.data;
  const NpyArray stamp_array = read_npy(timestamps_path_of(path));
  const std::vector<std::int64_t> stamps = stamp_array.as_int64();
  if (static_cast<std::int64_t>(stamps.size()) != shape.rows) {
    fail_companion(timestamps_path_of(path), path,
                   fmt::format("has {} stamps for a matrix of {} rows", stamps.size(), shape.rows));
  }
  try {
    const nlohmann::json json = nlohmann::json::parse(read_file(companion, kMostBytes));
    const auto names = json.at("names").get<std::vector<std::string>>();
    if (static_cast<std::int64_t>(names.size()) != shape.columns) {
      fail_companion(companion, path,
                     fmt::format("has {} names for a matrix of {} columns", names.size(), shape.columns));
    }
    std::int64_t next = 0;
    for (const nlohmann::json& entry : json.at("symbols")) {
      const auto begin = entry.at("begin").get<std::int64_t>();
      const auto end = entry.at("end").get<std::int64_t>();
      if (begin != next || end < begin || end > shape.rows) {
        fail_companion(companion, path, fmt::format("its rows {} to {} do not fit the matrix", begin, end));
      }
      next = end;
      FeatureTable table;
      table.symbol = entry.at("symbol").get<std::string>();
      table.timeframe =
          market::Timeframe::parse(entry.at("timeframe").get<std::string>()).value_or(market::Timeframe{});
      table.bars_per_year = entry.at("bars_per_year").get<double>();
      table.timestamps.assign(stamps.begin() + begin, stamps.begin() + end);
      table.names = names;
      data.instruments.push_back(std::move(table));
    }
    if (next != shape.rows) {
      fail_companion(companion, path, fmt::format("it speaks of {} rows of {}", next, shape.rows));
    }
    data.metadata = json.at("metadata");
    companions.matrix = json.value("matrix", nlohmann::json());
    const nlohmann::json expected = json.value("timestamps", nlohmann::json());
    if (!expected.is_null() && expected != fingerprint({bytes_of(stamps.data(), stamps.size())})) {
      fail_companion(
          timestamps_path_of(path), path,
          fmt::format("is not the one that {} was written with", printable_path(companion.filename())));
    }
  } catch (const nlohmann::json::exception& error) {
    fail_companion(companion, path, fmt::format("is not what was written ({})", json_error_words(error)));
  }
  return companions;
}

FeatureData bare_matrix(const MatrixShape& shape) {
  FeatureData data;
  data.metadata[kTimeKey] = kRowNumbers;
  FeatureTable table;
  table.timestamps.resize(static_cast<std::size_t>(shape.rows));
  std::iota(table.timestamps.begin(), table.timestamps.end(), TimestampNs{0});
  for (std::int64_t c = 0; c < shape.columns; ++c) table.names.push_back(fmt::format("f{}", c));
  data.instruments.push_back(std::move(table));
  return data;
}

// What stands beside the matrix, or what stands in for it.
Companions companions_of(const std::filesystem::path& path, const MatrixShape& shape, Observer& observer) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(names_path_of(path), ignored)) return read_companions(path, shape);
  observer.on_note(fmt::format("{}: has no {} beside it: its rows count as time, its columns are f0, f1, ...",
                               printable_path(path), printable_path(names_path_of(path).filename())));
  return {bare_matrix(shape), nlohmann::json()};
}

// The elements as another type; what does not fit is said with the name of the file.
template <class Convert>
auto converted(const std::filesystem::path& path, Convert convert) {
  const NpyArray array = read_npy(path);
  try {
    return convert(array);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", printable_path(path), error.what()));
  }
}

}  // namespace

std::filesystem::path names_path_of(const std::filesystem::path& path) {
  return std::filesystem::path(path).replace_extension(".names.json");
}

std::filesystem::path timestamps_path_of(const std::filesystem::path& path) {
  return std::filesystem::path(path).replace_extension(".timestamps.npy");
}

void write_feature_array(const std::filesystem::path& path,
                         const std::vector<const FeatureTable*>& instruments, const nlohmann::json& metadata,
                         Observer& observer) {
  warn_of_extras(path, instruments, observer);
  const std::int64_t rows = count_rows(instruments);
  const std::array<std::int64_t, 2> shape{rows, instruments.front()->feature_count()};
  const std::string header = format_npy_header(NpyType::kFloat32, shape);
  const std::string stamp_header = format_npy_header(NpyType::kInt64, std::span(shape).first(1));
  // The matrix comes last: cut off before it, companions and an older matrix do not fit together.
  write_file_atomically(timestamps_path_of(path), with_header(stamp_header, stamps_of(instruments)));
  write_file_atomically(
      names_path_of(path),
      describe(instruments, metadata).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  write_file_atomically(path, with_header(header, values_of(instruments)));
  observer.on_progress("write", rows, rows);
}

bool is_float32_array(const std::filesystem::path& path) {
  return NpyStream(path).header().type == NpyType::kFloat32;
}

FeatureData read_feature_array(const std::filesystem::path& path, Observer& observer) {
  NpyStream stream(path);
  const MatrixShape shape = matrix_shape(path, stream.header().shape);
  require_fits_in_memory(stream.header().data_bytes, path);
  Companions companions = companions_of(path, shape, observer);
  FeatureData& data = companions.data;
  const bool is_float = stream.header().type == NpyType::kFloat32;
  std::vector<float> values;
  if (!is_float) values = converted(path, [](const NpyArray& array) { return array.as_float32(); });
  const float* next = values.data();
  for (FeatureTable& table : data.instruments) {
    table.values.resize(static_cast<Eigen::Index>(table.timestamps.size()), shape.columns);
    const auto count = static_cast<std::size_t>(table.values.size());
    const std::span<float> out(table.values.data(), count);
    if (is_float) {
      stream.read(std::as_writable_bytes(out));
    } else {
      std::copy_n(next, count, out.data());
      next += count;
    }
  }
  if (!companions.matrix.is_null()) {
    std::vector<const FeatureTable*> tables;
    for (const FeatureTable& table : data.instruments) tables.push_back(&table);
    if (!is_float || companions.matrix != fingerprint(values_of(tables)))
      fail_companion(names_path_of(path), path, "was written with another matrix");
  }
  return std::move(data);
}

RawFeatures read_raw_feature_array(const std::filesystem::path& path, Observer& observer) {
  const MatrixShape shape = matrix_shape(path, NpyStream(path).header().shape);
  Companions companions = companions_of(path, shape, observer);
  // What is written here is float32.
  if (!companions.matrix.is_null())
    fail_companion(names_path_of(path), path, "was written with another matrix");
  const std::vector<double> values =
      converted(path, [](const NpyArray& array) { return array.as_float64(); });
  RawFeatures raw;
  raw.source = path.string();
  raw.metadata = std::move(companions.data.metadata);
  const auto column_count = static_cast<std::size_t>(shape.columns);
  const double* first = values.data();
  for (FeatureTable& table : companions.data.instruments) {
    const std::size_t row_count = table.timestamps.size();
    raw.features = table.names;
    RawInstrument instrument{
        table.symbol, table.timeframe, table.bars_per_year, std::move(table.timestamps), {}};
    for (std::size_t c = 0; c < column_count; ++c) {
      market::Column column;
      column.name = table.names[c];
      column.numbers.resize(row_count);
      for (std::size_t row = 0; row < row_count; ++row) column.numbers[row] = first[row * column_count + c];
      instrument.columns.push_back(std::move(column));
    }
    first += row_count * column_count;
    raw.instruments.push_back(std::move(instrument));
  }
  return raw;
}

}  // namespace regimetry::features

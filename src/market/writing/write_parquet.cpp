#include "market/writing/write_parquet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <vector>

#include "core/error.hpp"
#include "market/duckdb/duckdb_engine.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kNsPerMicrosecond = 1'000;

// The rows still to be handed to DuckDB, and in what types.
struct RowSource {
  const OutputTable& table;
  std::vector<duckdb_type> types;
  Observer& observer;
  std::size_t segment = 0;
  std::int64_t position = 0;  // within the segment
  std::int64_t rows_done = 0;
  std::exception_ptr failure;
};

bool needs_nanoseconds(const OutputTable& table, std::size_t column) {
  return std::any_of(table.segments.begin(), table.segments.end(), [&](const OutputSegment& segment) {
    const TimestampNs* times = segment.views[column].times;
    return times != nullptr && std::any_of(times, times + segment.row_count, [](TimestampNs t) {
             return t != kMissingTime && t % kNsPerMicrosecond != 0;
           });
  });
}

duckdb_type type_of(const OutputTable& table, std::size_t column) {
  switch (table.columns[column].kind) {
    case ColumnKind::kNumber:
      return table.columns[column].is_single ? DUCKDB_TYPE_FLOAT : DUCKDB_TYPE_DOUBLE;
    case ColumnKind::kBoolean:
      return DUCKDB_TYPE_BOOLEAN;
    case ColumnKind::kCategory:
      return DUCKDB_TYPE_VARCHAR;
    case ColumnKind::kTime:
      break;
  }
  return needs_nanoseconds(table, column) ? DUCKDB_TYPE_TIMESTAMP_NS : DUCKDB_TYPE_TIMESTAMP_TZ;
}

// One column of one chunk: rows position .. position + count - 1 of a segment.
class VectorFiller {
 public:
  VectorFiller(duckdb_vector vector, const OutputSegment& segment, std::int64_t position, idx_t count)
      : vector_(vector), segment_(segment), position_(position), count_(count) {}

  void fill(const ColumnView& view, duckdb_type type) {
    if (view.numbers != nullptr) {
      type == DUCKDB_TYPE_BOOLEAN ? fill_booleans(view.numbers) : fill_numbers(view.numbers);
    } else if (view.singles != nullptr) {
      fill_singles(view);
    } else if (view.times != nullptr) {
      fill_times(view.times, type == DUCKDB_TYPE_TIMESTAMP_NS ? 1 : kNsPerMicrosecond);
    } else if (view.codes != nullptr) {
      fill_categories(view);
    } else if (!view.word.empty()) {
      for (idx_t i = 0; i < count_; ++i) assign(i, view.word);
    } else {
      for (idx_t i = 0; i < count_; ++i) set_missing(i);
    }
  }

 private:
  [[nodiscard]] std::size_t row(idx_t i) const noexcept {
    return segment_.row_at(position_ + static_cast<std::int64_t>(i));
  }
  void set_missing(idx_t i) {
    if (validity_ == nullptr) {
      duckdb_vector_ensure_validity_writable(vector_);
      validity_ = duckdb_vector_get_validity(vector_);
    }
    duckdb_validity_set_row_invalid(validity_, i);
  }
  void assign(idx_t i, std::string_view word) {
    duckdb_vector_assign_string_element_len(vector_, i, word.data(), word.size());
  }
  void fill_numbers(const double* numbers) {
    auto* out = static_cast<double*>(duckdb_vector_get_data(vector_));
    for (idx_t i = 0; i < count_; ++i) out[i] = numbers[row(i)];
    for (idx_t i = 0; i < count_; ++i) {
      if (std::isnan(out[i])) set_missing(i);
    }
  }
  void fill_singles(const ColumnView& view) {
    auto* out = static_cast<float*>(duckdb_vector_get_data(vector_));
    for (idx_t i = 0; i < count_; ++i) out[i] = view.single_at(row(i));
    for (idx_t i = 0; i < count_; ++i) {
      if (std::isnan(out[i])) set_missing(i);
    }
  }
  void fill_booleans(const double* numbers) {
    auto* out = static_cast<bool*>(duckdb_vector_get_data(vector_));
    for (idx_t i = 0; i < count_; ++i) {
      const double value = numbers[row(i)];
      out[i] = value != 0;
      if (std::isnan(value)) set_missing(i);
    }
  }
  void fill_times(const TimestampNs* times, std::int64_t ns_per_unit) {
    auto* out = static_cast<std::int64_t*>(duckdb_vector_get_data(vector_));
    for (idx_t i = 0; i < count_; ++i) {
      const TimestampNs stamp = times[row(i)];
      out[i] = stamp / ns_per_unit;
      if (stamp == kMissingTime) set_missing(i);
    }
  }
  void fill_categories(const ColumnView& view) {
    for (idx_t i = 0; i < count_; ++i) {
      const std::int32_t code = view.codes[row(i)];
      if (code == kMissingCode)
        set_missing(i);
      else
        assign(i, (*view.categories)[static_cast<std::size_t>(code)]);
    }
  }

  duckdb_vector vector_;
  const OutputSegment& segment_;
  std::int64_t position_;
  idx_t count_;
  std::uint64_t* validity_ = nullptr;
};

void bind_columns(duckdb_bind_info info) {
  const auto& source = *static_cast<const RowSource*>(duckdb_bind_get_extra_info(info));
  for (std::size_t c = 0; c < source.types.size(); ++c) {
    duckdb_bind_add_result_column(info, source.table.columns[c].name.c_str(),
                                  duckdb_type_of(source.types[c]).get());
  }
  duckdb_bind_set_cardinality(info, static_cast<idx_t>(source.table.row_count()), true);
}

void start_rows(duckdb_init_info info) {
  duckdb_init_set_max_threads(info, 1);
}

void next_rows(duckdb_function_info info, duckdb_data_chunk chunk) {
  auto& source = *static_cast<RowSource*>(duckdb_function_get_extra_info(info));
  try {
    const std::vector<OutputSegment>& segments = source.table.segments;
    while (source.segment < segments.size() && source.position == segments[source.segment].row_count) {
      ++source.segment;
      source.position = 0;
    }
    if (source.segment == segments.size()) return duckdb_data_chunk_set_size(chunk, 0);
    const OutputSegment& segment = segments[source.segment];
    const idx_t count =
        std::min(duckdb_vector_size(), static_cast<idx_t>(segment.row_count - source.position));
    for (std::size_t c = 0; c < source.types.size(); ++c) {
      VectorFiller(duckdb_data_chunk_get_vector(chunk, c), segment, source.position, count)
          .fill(segment.views[c], source.types[c]);
    }
    duckdb_data_chunk_set_size(chunk, count);
    source.position += static_cast<std::int64_t>(count);
    source.rows_done += static_cast<std::int64_t>(count);
    constexpr std::int64_t kRowsBetweenReports = 1 << 18;
    if (source.rows_done % kRowsBetweenReports < static_cast<std::int64_t>(count)) {
      source.observer.on_progress("write", source.rows_done, source.table.row_count());
    }
  } catch (...) {  // an exception must not pass through DuckDB's C interface
    source.failure = std::current_exception();
    duckdb_function_set_error(info, "stopped");
  }
}

std::string register_source(DuckDbEngine& engine, RowSource& source) {
  std::string name = engine.new_function_name();
  const DuckDbTableFunction function(duckdb_create_table_function());
  duckdb_table_function_set_name(function.get(), name.c_str());
  duckdb_table_function_set_extra_info(function.get(), &source, nullptr);
  duckdb_table_function_set_bind(function.get(), bind_columns);
  duckdb_table_function_set_init(function.get(), start_rows);
  duckdb_table_function_set_function(function.get(), next_rows);
  if (duckdb_register_table_function(engine.connection(), function.get()) == DuckDBError) {
    throw Error(ErrorKind::kInternal, "DuckDB does not take the function that hands out rows");
  }
  return name;
}

}  // namespace

void write_parquet(const std::filesystem::path& path, const OutputTable& table,
                   const nlohmann::json& metadata, Observer& observer) {
  RowSource source{table, {}, observer, 0, 0, 0, nullptr};
  for (std::size_t c = 0; c < table.columns.size(); ++c) source.types.push_back(type_of(table, c));
  DuckDbEngine engine(/*thread_count=*/1);
  const std::string rows = register_source(engine, source);
  const std::string text = metadata.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  try {
    (void)engine.run(
        fmt::format("COPY (SELECT * FROM {}()) TO {} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, "
                    "KV_METADATA {{regimetry: {}}})",
                    rows, sql_text(std::filesystem::absolute(path).string()), sql_text(text)),
        path.string());
  } catch (const Error& error) {
    if (source.failure) std::rethrow_exception(source.failure);
    throw Error(ErrorKind::kInternal, fmt::format("cannot write {}", error.what()));
  }
  observer.on_progress("write", source.rows_done, table.row_count());
}

}  // namespace regimetry::market

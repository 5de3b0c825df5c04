#include "market/reading/read_parquet_table.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/input_file.hpp"
#include "core/printable.hpp"
#include "market/column_roles.hpp"
#include "market/duckdb/duckdb_engine.hpp"
#include "market/reading/column_sink.hpp"
#include "market/reading/parquet_damage.hpp"
#include "market/reading/time_column.hpp"

namespace regimetry::market {
namespace {

// DuckDB opens files by name, and takes `*`, `?` and `[` in a name for patterns and `s3:` for a network. A
// descriptor of our own has a name with none of them, and cannot be exchanged for another file after it was
// checked.
class FileForDuckDb {
 public:
  explicit FileForDuckDb(const std::filesystem::path& path) {
    (void)InputFile(path);  // says in words why a path is no file to read
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) throw Error(ErrorKind::kData, fmt::format("{}: cannot be opened", path.string()));
    name_ = fmt::format("/proc/self/fd/{}", descriptor_);
  }
  ~FileForDuckDb() { ::close(descriptor_); }
  FileForDuckDb(const FileForDuckDb&) = delete;
  FileForDuckDb& operator=(const FileForDuckDb&) = delete;
  [[nodiscard]] std::string sql() const { return sql_text(name_); }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  int descriptor_ = -1;
  std::string name_;
};

// What one column of the file becomes.
struct PlannedColumn {
  std::string name;
  std::string expression;  // SQL over the file's columns
  duckdb_type type = DUCKDB_TYPE_INVALID;
  int decimal_scale = 0;
  ColumnKind kind = ColumnKind::kNumber;
  StoreAs store_as = StoreAs::kNumber;
  TimeEncoding encoding = TimeEncoding::kNone;
};

PlannedColumn as_text(PlannedColumn column) {
  column.expression = fmt::format("CAST({} AS VARCHAR)", column.expression);
  column.type = DUCKDB_TYPE_VARCHAR;
  column.kind = ColumnKind::kCategory;
  column.store_as = StoreAs::kCategory;
  return column;
}

PlannedColumn as_double(PlannedColumn column) {
  column.expression = fmt::format("CAST({} AS DOUBLE)", column.expression);
  column.type = DUCKDB_TYPE_DOUBLE;
  return column;
}

PlannedColumn as_time(PlannedColumn column, TimeEncoding encoding) {
  column.kind = ColumnKind::kTime;
  column.store_as = StoreAs::kTime;
  column.encoding = encoding;
  return column;
}

// Nothing for nested types and raw bytes, which no bar or signal is made of.
std::optional<PlannedColumn> plan_column(std::string name, duckdb_logical_type logical,
                                         const ReadOptions& options) {
  PlannedColumn column;
  column.name = std::move(name);
  column.expression = sql_name(column.name);
  column.type = duckdb_get_type_id(logical);
  const std::optional<ColumnRole> time_role = time_role_of(column.name, options);
  switch (column.type) {
    case DUCKDB_TYPE_BOOLEAN:
      column.kind = ColumnKind::kBoolean;
      return column;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
      return column;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
      if (time_role) {
        column = as_time(std::move(column), TimeEncoding::kCount);
        column.store_as = StoreAs::kCount;
      }
      return column;
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT:
      return as_double(std::move(column));
    case DUCKDB_TYPE_DECIMAL:
      if (duckdb_decimal_internal_type(logical) == DUCKDB_TYPE_HUGEINT) return as_double(std::move(column));
      column.type = duckdb_decimal_internal_type(logical);
      column.decimal_scale = duckdb_decimal_scale(logical);
      return column;
    case DUCKDB_TYPE_DATE:
      return as_time(std::move(column), TimeEncoding::kDate);
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return as_time(std::move(column), TimeEncoding::kWallClock);
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return as_time(std::move(column), TimeEncoding::kInstant);
    case DUCKDB_TYPE_TIME:
    case DUCKDB_TYPE_TIME_NS:
      if (time_role == ColumnRole::kTime) return as_time(std::move(column), TimeEncoding::kTimeOfDay);
      return as_text(std::move(column));
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_ENUM:
    case DUCKDB_TYPE_UUID:
    case DUCKDB_TYPE_INTERVAL:
    case DUCKDB_TYPE_TIME_TZ:
      return as_text(std::move(column));
    case DUCKDB_TYPE_BLOB:
      // Old writers do not mark text as text. Where the name gives the column a role it can be nothing else.
      if (!role_of(column.name)) return std::nullopt;
      column.expression = fmt::format("decode({})", column.expression);
      return as_text(std::move(column));
    default:
      return std::nullopt;
  }
}

bool is_wanted(const std::string& name, const ReadOptions& options) {
  return options.only_columns.empty() || time_role_of(name, options) ||
         std::find(options.only_columns.begin(), options.only_columns.end(), name) !=
             options.only_columns.end();
}

std::string scan_of(const FileForDuckDb& file, bool with_row_numbers) {
  return fmt::format("read_parquet({}, hive_partitioning=false{})", file.sql(),
                     with_row_numbers ? ", file_row_number=true" : "");
}

std::vector<PlannedColumn> plan_columns(const FileForDuckDb& file, const std::string& source,
                                        const ReadOptions& options, DuckDbEngine& engine,
                                        Observer& observer) {
  const DuckDbStatement statement = engine.prepare("SELECT * FROM " + scan_of(file, false), source);
  const idx_t count = duckdb_prepared_statement_column_count(statement.get());
  if (static_cast<std::int64_t>(count) > options.max_columns) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: has {} columns, more than the limit of {}. Keep those that are needed, or raise the "
                    "limit with --max-columns.",
                    source, count, options.max_columns));
  }
  std::vector<PlannedColumn> columns;
  std::vector<std::string> left_out;
  for (idx_t i = 0; i < count; ++i) {
    const DuckDbType type(duckdb_prepared_statement_column_logical_type(statement.get(), i));
    const char* raw_name = duckdb_prepared_statement_column_name(statement.get(), i);
    std::string name = raw_name == nullptr ? "" : raw_name;
    duckdb_free(
        const_cast<char*>(raw_name));  // NOLINT: the interface hands over memory through a const pointer
    if (!is_wanted(name, options)) continue;
    std::optional<PlannedColumn> column = plan_column(name, type.get(), options);
    if (column)
      columns.push_back(std::move(*column));
    else
      left_out.push_back(printable(name));
  }
  if (!left_out.empty()) {
    observer.on_note(fmt::format("{}: left out {} with nested or binary content: {}", source,
                                 left_out.size() == 1 ? "a column" : "columns", fmt::join(left_out, ", ")));
  }
  return columns;
}

std::int64_t row_count_of(const FileForDuckDb& file, const std::string& source, DuckDbEngine& engine) {
  DuckDbResult result =
      engine.run(fmt::format("SELECT num_rows FROM parquet_file_metadata({})", file.sql()), source);
  const DuckDbChunk chunk = result.fetch();
  return static_cast<const std::int64_t*>(
      duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk.get(), 0)))[0];
}

nlohmann::json metadata_of(const FileForDuckDb& file, const std::string& source, DuckDbEngine& engine,
                           Observer& observer) {
  DuckDbResult result = engine.run(
      fmt::format("SELECT value FROM parquet_kv_metadata({}) WHERE key = 'regimetry'::BLOB", file.sql()),
      source);
  const DuckDbChunk chunk = result.fetch();
  if (chunk.get() == nullptr || duckdb_data_chunk_get_size(chunk.get()) == 0) return nullptr;
  const auto* values = static_cast<const duckdb_string_t*>(
      duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk.get(), 0)));
  nlohmann::json metadata = nlohmann::json::parse(string_at(values, 0), nullptr, /*allow_exceptions=*/false);
  if (metadata.is_discarded() || !metadata.is_object()) {
    observer.on_warning(
        fmt::format("{}: its metadata under the key 'regimetry' is not JSON and is ignored", source));
    return nullptr;
  }
  return metadata;
}

// What the storing function needs while DuckDB calls it from its threads.
struct Storage {
  std::deque<SinkColumn> columns;
  std::int64_t row_count = 0;
  std::atomic<std::int64_t> stored_rows{0};
  std::mutex failure_mutex;
  std::exception_ptr failure;
};

void store_chunk(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output) {
  auto& storage = *static_cast<Storage*>(duckdb_scalar_function_get_extra_info(info));
  const auto count = static_cast<std::int64_t>(duckdb_data_chunk_get_size(chunk));
  if (count == 0) return;
  try {
    const auto* rows =
        static_cast<const std::int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0)));
    if (rows[0] < 0 || rows[count - 1] - rows[0] != count - 1 || rows[count - 1] >= storage.row_count) {
      throw Error(
          ErrorKind::kData,
          "its row groups hold other rows than its footer says: the file is damaged. Write or download "
          "it again.");
    }
    for (std::size_t i = 0; i < storage.columns.size(); ++i) {
      storage.columns[i].store(duckdb_data_chunk_get_vector(chunk, i + 1), rows[0], count);
    }
    storage.stored_rows += count;
    std::fill_n(static_cast<bool*>(duckdb_vector_get_data(output)), count, true);
  } catch (...) {  // an exception must not pass through DuckDB's C interface
    const std::lock_guard<std::mutex> lock(storage.failure_mutex);
    if (!storage.failure) storage.failure = std::current_exception();
    duckdb_scalar_function_set_error(info, "stopped");
  }
}

std::string register_store(DuckDbEngine& engine, Storage& storage, const std::vector<DuckDbType>& types) {
  std::string name = engine.new_function_name();
  const DuckDbScalarFunction function(duckdb_create_scalar_function());
  duckdb_scalar_function_set_name(function.get(), name.c_str());
  duckdb_scalar_function_add_parameter(function.get(),
                                       duckdb_type_of(DUCKDB_TYPE_BIGINT).get());  // file_row_number
  for (const DuckDbType& type : types) duckdb_scalar_function_add_parameter(function.get(), type.get());
  duckdb_scalar_function_set_return_type(function.get(), duckdb_type_of(DUCKDB_TYPE_BOOLEAN).get());
  duckdb_scalar_function_set_special_handling(function.get());  // NULLs come to us
  duckdb_scalar_function_set_volatile(function.get());
  duckdb_scalar_function_set_extra_info(function.get(), &storage, nullptr);
  duckdb_scalar_function_set_function(function.get(), store_chunk);
  if (duckdb_register_scalar_function(engine.connection(), function.get()) == DuckDBError) {
    throw Error(ErrorKind::kInternal, "DuckDB does not take the function that stores rows");
  }
  return name;
}

// Reads columns [begin, end) of the plan. Wide files come in groups, or a chunk of each thread would fill the
// memory.
void read_group(const FileForDuckDb& file, const std::string& source, const std::vector<PlannedColumn>& plan,
                IndexRange group, RawTable& raw, DuckDbEngine& engine, ThreadPool& pool, Observer& observer) {
  Storage storage;
  storage.row_count = raw.table.row_count;
  std::string expressions;
  for (std::int64_t i = group.begin; i < group.end; ++i) {
    const PlannedColumn& column = plan[static_cast<std::size_t>(i)];
    storage.columns.emplace_back(raw.table.columns[static_cast<std::size_t>(i)], column.store_as, column.type,
                                 column.decimal_scale, raw.table.row_count);
    expressions += ", " + column.expression;
  }
  const std::string scan = scan_of(file, true);
  const DuckDbStatement statement =
      engine.prepare(fmt::format("SELECT file_row_number{} FROM {}", expressions, scan), source);
  std::vector<DuckDbType> types;
  for (std::int64_t i = group.begin; i < group.end; ++i) {
    types.emplace_back(duckdb_prepared_statement_column_logical_type(
        statement.get(), static_cast<idx_t>(1 + i - group.begin)));
  }
  const std::string store = register_store(engine, storage, types);
  try {
    (void)engine.run(fmt::format("SELECT count({}(file_row_number{})) FROM {}", store, expressions, scan),
                     source);
  } catch (const Error&) {
    if (!storage.failure) throw;
  }
  if (storage.failure) {
    try {
      std::rethrow_exception(storage.failure);
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: {}", source, error.what()));
    }
  }
  if (storage.stored_rows != raw.table.row_count) {
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "{}: holds {} rows where its footer says {}: the file is damaged. Write or download it again.",
            source, storage.stored_rows.load(), raw.table.row_count));
  }
  for (std::size_t i = 0; i < storage.columns.size(); ++i) {
    SinkColumn& column = storage.columns[i];
    const std::string& name = plan[static_cast<std::size_t>(group.begin) + i].name;
    if (column.first_bad_time() >= 0) {
      throw Error(
          ErrorKind::kData,
          fmt::format(
              "{}: row {}: column '{}' holds a time outside the years 1678 to 2262. Correct the row, or "
              "name another column with --column timestamp=NAME.",
              source, column.first_bad_time() + 1, printable(name)));
    }
    if (column.has_rounded()) {
      observer.on_note(
          fmt::format("{}: column '{}' holds integers beyond 2^53; they were rounded to the nearest double",
                      source, printable(name)));
    }
    column.finish(pool);
  }
}

RawTable read_opened(const FileForDuckDb& file, const std::string& source, const ReadOptions& options,
                     DuckDbEngine& engine, ThreadPool& pool, Observer& observer) {
  RawTable raw;
  raw.table.source = source;
  const std::vector<PlannedColumn> plan = plan_columns(file, source, options, engine, observer);
  raw.table.row_count = row_count_of(file, source, engine);
  if (raw.table.row_count < 0) throw_damaged_parquet(source, "");
  std::uintmax_t bytes = 0;
  if (__builtin_mul_overflow(static_cast<std::uintmax_t>(raw.table.row_count), plan.size() * sizeof(double),
                             &bytes)) {
    bytes = UINTMAX_MAX;
  }
  require_fits_in_memory(bytes, source);
  raw.metadata = metadata_of(file, source, engine, observer);

  for (const PlannedColumn& column : plan) {
    Column empty;
    empty.name = column.name;
    empty.kind = column.kind;
    raw.table.columns.push_back(std::move(empty));
    raw.encodings.push_back(column.encoding);
  }
  constexpr std::int64_t kColumnsPerPass = 128;
  const auto column_count = static_cast<std::int64_t>(plan.size());
  for (std::int64_t begin = 0; begin < column_count; begin += kColumnsPerPass) {
    const IndexRange group{begin, std::min(begin + kColumnsPerPass, column_count)};
    read_group(file, source, plan, group, raw, engine, pool, observer);
  }
  return raw;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

RawTable read_parquet_table(const std::filesystem::path& path, const ReadOptions& options,
                            DuckDbEngine& engine, ThreadPool& pool, Observer& observer) {
  const FileForDuckDb file(path);
  const std::string source = path.string();
  check_parquet_frame(path);
  try {
    return read_opened(file, source, options, engine, pool, observer);
  } catch (const DuckDbError& error) {  // DuckDB knows the file by our descriptor
    throw_damaged_parquet(source, replace_all(error.reason(), file.name(), printable_path(path.filename())));
  }
}

}  // namespace regimetry::market

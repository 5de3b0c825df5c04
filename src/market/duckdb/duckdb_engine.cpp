#include "market/duckdb/duckdb_engine.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::market {
namespace {

// DuckDB's message as one clean line: it quotes the file's bytes, and ends with lists of candidates and
// positions.
std::string one_line(std::string_view message) {
  constexpr std::size_t kLongest = 400;
  std::string text(message.substr(0, message.find("\n\n")));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return printable(text, kLongest);
}

class Config {
 public:
  Config() {
    if (duckdb_create_config(&raw_) == DuckDBError) {
      throw Error(ErrorKind::kInternal, "DuckDB cannot be configured: out of memory?");
    }
  }
  ~Config() { duckdb_destroy_config(&raw_); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  void set(const char* name, const std::string& value) {
    if (duckdb_set_config(raw_, name, value.c_str()) == DuckDBError) {
      throw Error(ErrorKind::kInternal, fmt::format("DuckDB {} does not take the option '{}' as set here; "
                                                    "install the version that scripts/setup pins",
                                                    duckdb_library_version(), name));
    }
  }
  [[nodiscard]] duckdb_config raw() const noexcept { return raw_; }

 private:
  duckdb_config raw_ = nullptr;
};

// Four fifths of the memory of this machine, which is also what DuckDB would take by itself, but of its own
// reckoning.
std::int64_t most_memory_mib() {
  constexpr std::int64_t kBytesPerMib = 1 << 20;
  const std::int64_t bytes = std::int64_t{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGESIZE);
  return std::max<std::int64_t>(bytes / 5 * 4 / kBytesPerMib, 256);
}

}  // namespace

DuckDbEngine::DuckDbEngine(int thread_count) {
  Config config;
  config.set("threads", std::to_string(std::max(thread_count, 1)));
  // Input must never make us fetch code or data from elsewhere, and a full disk elsewhere must not fail a
  // read.
  config.set("autoinstall_known_extensions", "false");
  config.set("autoload_known_extensions", "false");
  config.set("allow_community_extensions", "false");
  config.set("temp_directory", "");
  config.set("memory_limit", fmt::format("{}MiB", most_memory_mib()));
  char* message = nullptr;
  if (duckdb_open_ext(nullptr, &database_, config.raw(), &message) == DuckDBError) {
    const std::string reason = message == nullptr ? "unknown reason" : one_line(message);
    duckdb_free(message);
    throw Error(ErrorKind::kInternal, fmt::format("DuckDB does not start: {}", reason));
  }
  if (duckdb_connect(database_, &connection_) == DuckDBError) {
    duckdb_close(&database_);
    throw Error(ErrorKind::kInternal, "DuckDB does not accept a connection: out of memory?");
  }
}

DuckDbEngine::~DuckDbEngine() {
  duckdb_disconnect(&connection_);
  duckdb_close(&database_);
}

DuckDbResult DuckDbEngine::run(const std::string& sql, std::string_view subject) {
  DuckDbResult result;
  if (duckdb_query(connection_, sql.c_str(), result.raw()) == DuckDBError) {
    throw DuckDbError(subject, one_line(duckdb_result_error(result.raw())));
  }
  return result;
}

DuckDbStatement DuckDbEngine::prepare(const std::string& sql, std::string_view subject) {
  DuckDbStatement statement;
  if (duckdb_prepare(connection_, sql.c_str(), statement.out()) == DuckDBError) {
    throw DuckDbError(subject, one_line(duckdb_prepare_error(statement.get())));
  }
  return statement;
}

std::string DuckDbEngine::new_function_name() {
  return fmt::format("regimetry_{}", function_count_++);
}

std::string sql_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string sql_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string duckdb_version() {
  return duckdb_library_version();
}

}  // namespace regimetry::market

// DuckDB, held so that nothing leaks and every failure becomes an Error in our words.
//
// Only .cpp files of this room include this header: duckdb.h must not reach our users.
// Owner:    every type here owns its handle; moving passes it on.
// Threads:  an engine is used from one thread at a time; DuckDB works on as many as it was given.
#pragma once

#include <duckdb.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.hpp"

namespace regimetry::market {

// What DuckDB refuses to do: "<subject>: <what DuckDB says>". Readers that know better what it means for a
// file say that around `reason`.
class DuckDbError : public Error {
 public:
  DuckDbError(std::string_view subject, std::string reason)
      : Error(ErrorKind::kData, std::string(subject) + ": " + reason), reason_(std::move(reason)) {}
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  std::string reason_;  // one line, fit to print
};

// A handle of DuckDB's C API, destroyed by the function that the API names for it.
template <typename Raw, void (*destroy)(Raw*)>
class DuckDbHandle {
 public:
  DuckDbHandle() = default;
  explicit DuckDbHandle(Raw raw) : raw_(raw) {}
  DuckDbHandle(DuckDbHandle&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
  DuckDbHandle& operator=(DuckDbHandle&& other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  ~DuckDbHandle() {
    if (raw_ != nullptr) destroy(&raw_);
  }
  [[nodiscard]] Raw get() const noexcept { return raw_; }
  [[nodiscard]] Raw* out() noexcept { return &raw_; }  // for functions that fill in a handle

 private:
  Raw raw_ = nullptr;
};

using DuckDbType = DuckDbHandle<duckdb_logical_type, duckdb_destroy_logical_type>;
using DuckDbChunk = DuckDbHandle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using DuckDbStatement = DuckDbHandle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using DuckDbScalarFunction = DuckDbHandle<duckdb_scalar_function, duckdb_destroy_scalar_function>;
using DuckDbTableFunction = DuckDbHandle<duckdb_table_function, duckdb_destroy_table_function>;

[[nodiscard]] inline DuckDbType duckdb_type_of(duckdb_type id) {
  return DuckDbType(duckdb_create_logical_type(id));
}

// The rows of a finished query.
class DuckDbResult {
 public:
  DuckDbResult() = default;
  DuckDbResult(DuckDbResult&& other) noexcept : raw_(std::exchange(other.raw_, duckdb_result{})) {}
  DuckDbResult& operator=(DuckDbResult&& other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  ~DuckDbResult() { duckdb_destroy_result(&raw_); }
  [[nodiscard]] duckdb_result* raw() noexcept { return &raw_; }
  // The next rows; an empty handle after the last.
  [[nodiscard]] DuckDbChunk fetch() { return DuckDbChunk(duckdb_fetch_chunk(raw_)); }

 private:
  duckdb_result raw_{};
};

// A database in memory that reads and writes files and does nothing else: no network, no extensions, no spill
// files.
class DuckDbEngine {
 public:
  explicit DuckDbEngine(int thread_count);
  ~DuckDbEngine();
  DuckDbEngine(const DuckDbEngine&) = delete;
  DuckDbEngine& operator=(const DuckDbEngine&) = delete;

  [[nodiscard]] duckdb_connection connection() const noexcept { return connection_; }
  // Throws DuckDbError. `subject` is the file as the user knows it.
  DuckDbResult run(const std::string& sql, std::string_view subject);
  [[nodiscard]] DuckDbStatement prepare(const std::string& sql, std::string_view subject);
  // A name for a function to register that no other has.
  [[nodiscard]] std::string new_function_name();

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
  std::int64_t function_count_ = 0;
};

// 'text' and "name" as SQL writes them.
[[nodiscard]] std::string sql_text(std::string_view text);
[[nodiscard]] std::string sql_name(std::string_view name);

// The bytes of row `row` of a string vector; they live as long as the vector.
[[nodiscard]] inline std::string_view string_at(const duckdb_string_t* strings, idx_t row) noexcept {
  const duckdb_string_t& s = strings[row];
  const std::uint32_t length = s.value.inlined.length;
  return {length <= sizeof(s.value.inlined.inlined) ? s.value.inlined.inlined : s.value.pointer.ptr, length};
}

// The library's own version, such as "v1.4.4".
[[nodiscard]] std::string duckdb_version();

}  // namespace regimetry::market

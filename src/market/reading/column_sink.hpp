// The landing place of a Parquet file: DuckDB's threads put each chunk of rows where it belongs, in our own
// vectors.
//
// Why: a result of DuckDB has one consumer, which would convert 10 million bars alone and hold them twice.
// Here the query is `SELECT count(store(file_row_number, columns...))`, `store` is ours, runs on DuckDB's
// threads as they decode, and writes to row file_row_number of vectors that exist already. Nothing is boxed,
// queued or copied again.
#pragma once

#include <duckdb.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/parallel.hpp"
#include "market/column_table.hpp"

namespace regimetry::market {

// How the values of one column of a query are stored.
enum class StoreAs {
  kNumber,   // any integer or floating type, boolean, or decimal (divided by 10^decimal_scale)
  kCount,    // any integer type, exactly, into `times`
  kTime,     // a DuckDB time type, as nanoseconds, into `times`
  kCategory  // strings, into `codes`
};

// One column on its way. Chunks of different rows may be stored at the same time.
class SinkColumn {
 public:
  // `column` must outlive this and gets `row_count` rows here. `type` is DuckDB's type of the values to come.
  SinkColumn(Column& column, StoreAs store_as, duckdb_type type, int decimal_scale, std::int64_t row_count);

  // Rows first_row .. first_row + count - 1 from a vector of DuckDB.
  void store(duckdb_vector values, std::int64_t first_row, std::int64_t count);
  // Gives the codes their final order, that of first appearance. Call once, after all rows.
  void finish(ThreadPool& pool);

  // The lowest row whose stamp lies outside the years 1678 to 2262; -1 when there is none.
  [[nodiscard]] std::int64_t first_bad_time() const noexcept { return first_bad_time_; }
  // Whether an integer was too large to be a double exactly.
  [[nodiscard]] bool has_rounded() const noexcept { return has_rounded_; }

 private:
  struct Chunk;
  template <typename T>
  void store_numbers(const Chunk& chunk);
  template <typename T>
  void store_counts(const Chunk& chunk);
  template <typename T>
  void store_times(const Chunk& chunk, std::int64_t ns_per_unit);
  void store_categories(const Chunk& chunk);
  [[nodiscard]] std::int32_t code_of(std::string_view word, std::shared_lock<std::shared_mutex>& reading);
  void note_bad_time(std::int64_t row) noexcept;

  Column& column_;
  StoreAs store_as_;
  duckdb_type type_;
  double decimal_divisor_ = 1;
  std::atomic<std::int64_t> first_bad_time_{-1};
  std::atomic<bool> has_rounded_{false};

  struct WordHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const noexcept {
      return std::hash<std::string_view>{}(word);
    }
  };
  std::shared_mutex words_mutex_;
  std::unordered_map<std::string, std::int32_t, WordHash, std::equal_to<>> codes_by_word_;
};

}  // namespace regimetry::market

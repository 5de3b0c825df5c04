#include "market/reading/column_sink.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "core/error.hpp"
#include "core/time.hpp"
#include "market/duckdb/duckdb_engine.hpp"

namespace regimetry::market {

struct SinkColumn::Chunk {
  const void* values;
  std::uint64_t* validity;  // null: every value is there
  std::int64_t first_row, count;
  [[nodiscard]] bool is_valid(std::int64_t i) const noexcept {
    return validity == nullptr || duckdb_validity_row_is_valid(validity, static_cast<idx_t>(i));
  }
};

namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kExactLimit = std::int64_t{1} << 53;  // every integer up to here is a double

// The value of a code of each category; kMissingCode stays.
void renumber(std::vector<std::int32_t>& codes, const std::vector<std::int32_t>& new_code, ThreadPool& pool) {
  constexpr std::int64_t kGrain = 1 << 18;
  pool.parallel_for(static_cast<std::int64_t>(codes.size()), kGrain, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      std::int32_t& code = codes[static_cast<std::size_t>(i)];
      if (code != kMissingCode) code = new_code[static_cast<std::size_t>(code)];
    }
  });
}

}  // namespace

SinkColumn::SinkColumn(Column& column, StoreAs store_as, duckdb_type type, int decimal_scale,
                       std::int64_t row_count)
    : column_(column), store_as_(store_as), type_(type), decimal_divisor_(std::pow(10.0, decimal_scale)) {
  const auto rows = static_cast<std::size_t>(row_count);
  switch (store_as) {
    case StoreAs::kNumber:
      column.numbers.resize(rows);
      break;
    case StoreAs::kCount:
    case StoreAs::kTime:
      column.times.resize(rows);
      break;
    case StoreAs::kCategory:
      column.codes.resize(rows);
      break;
  }
}

template <typename T>
void SinkColumn::store_numbers(const Chunk& chunk) {
  const T* values = static_cast<const T*>(chunk.values);
  double* out = column_.numbers.data() + chunk.first_row;
  if constexpr (std::is_same_v<T, double>) {
    std::memcpy(out, values, static_cast<std::size_t>(chunk.count) * sizeof(double));
  } else {
    for (std::int64_t i = 0; i < chunk.count; ++i) out[i] = static_cast<double>(values[i]);
  }
  if constexpr (std::is_integral_v<T> && sizeof(T) == 8) {
    const auto is_beyond = [](T value) {
      if constexpr (std::is_signed_v<T>)
        return value > kExactLimit || value < -kExactLimit;
      else
        return value > static_cast<std::uint64_t>(kExactLimit);
    };
    std::int64_t beyond = 0;
    for (std::int64_t i = 0; i < chunk.count; ++i) beyond += is_beyond(values[i]);
    // Slots of missing values hold anything, so they are looked at one by one only when something was large.
    for (std::int64_t i = 0; beyond > 0 && i < chunk.count; ++i) {
      if (chunk.is_valid(i) && is_beyond(values[i])) has_rounded_ = true;
    }
  }
  if (decimal_divisor_ != 1) {
    for (std::int64_t i = 0; i < chunk.count; ++i) out[i] /= decimal_divisor_;
  }
  if (chunk.validity == nullptr) return;
  for (std::int64_t i = 0; i < chunk.count; ++i) {
    if (!chunk.is_valid(i)) out[i] = kMissingNumber;
  }
}

template <typename T>
void SinkColumn::store_counts(const Chunk& chunk) {
  const T* values = static_cast<const T*>(chunk.values);
  TimestampNs* out = column_.times.data() + chunk.first_row;
  for (std::int64_t i = 0; i < chunk.count; ++i) {
    out[i] = chunk.is_valid(i) ? static_cast<std::int64_t>(values[i]) : kMissingTime;
    if constexpr (std::is_same_v<T, std::uint64_t>) {
      if (chunk.is_valid(i) && out[i] < 0) note_bad_time(chunk.first_row + i);
    }
  }
}

template <typename T>
void SinkColumn::store_times(const Chunk& chunk, std::int64_t ns_per_unit) {
  const T* values = static_cast<const T*>(chunk.values);
  TimestampNs* out = column_.times.data() + chunk.first_row;
  // The ends are left out: DuckDB's infinities, and our mark for a missing time.
  const std::int64_t highest = (std::numeric_limits<std::int64_t>::max() - 1) / ns_per_unit;
  std::int64_t outside = 0;
  for (std::int64_t i = 0; i < chunk.count; ++i) {
    const auto value = static_cast<std::int64_t>(values[i]);
    const bool is_outside = value > highest || value < -highest;
    outside += is_outside;
    out[i] = is_outside ? kMissingTime : value * ns_per_unit;
  }
  if (chunk.validity != nullptr) {
    for (std::int64_t i = 0; i < chunk.count; ++i) {
      if (!chunk.is_valid(i)) out[i] = kMissingTime;
    }
  }
  for (std::int64_t i = 0; outside > 0 && i < chunk.count; ++i) {
    if (chunk.is_valid(i) && out[i] == kMissingTime) {
      note_bad_time(chunk.first_row + i);
      return;
    }
  }
}

void SinkColumn::store_categories(const Chunk& chunk) {
  const auto* words = static_cast<const duckdb_string_t*>(chunk.values);
  std::int32_t* out = column_.codes.data() + chunk.first_row;
  std::shared_lock<std::shared_mutex> reading(words_mutex_);
  std::string_view last_word;
  std::int32_t last_code = kMissingCode;
  for (std::int64_t i = 0; i < chunk.count; ++i) {
    if (!chunk.is_valid(i)) {
      out[i] = kMissingCode;
      continue;
    }
    const std::string_view word = string_at(words, static_cast<idx_t>(i));
    if (last_code == kMissingCode || word != last_word) {  // files are mostly sorted by symbol: long runs
      last_code = code_of(word, reading);
      last_word = word;
    }
    out[i] = last_code;
  }
}

std::int32_t SinkColumn::code_of(std::string_view word, std::shared_lock<std::shared_mutex>& reading) {
  if (const auto found = codes_by_word_.find(word); found != codes_by_word_.end()) return found->second;
  reading.unlock();
  std::int32_t code = 0;
  {
    const std::unique_lock<std::shared_mutex> writing(words_mutex_);
    const auto [entry, is_new] =
        codes_by_word_.try_emplace(std::string(word), static_cast<std::int32_t>(codes_by_word_.size()));
    code = entry->second;
  }
  reading.lock();
  return code;
}

void SinkColumn::note_bad_time(std::int64_t row) noexcept {
  std::int64_t lowest = first_bad_time_;
  while ((lowest < 0 || row < lowest) && !first_bad_time_.compare_exchange_weak(lowest, row)) {
  }
}

void SinkColumn::store(duckdb_vector values, std::int64_t first_row, std::int64_t count) {
  const Chunk chunk{duckdb_vector_get_data(values), duckdb_vector_get_validity(values), first_row, count};
  if (store_as_ == StoreAs::kCategory) return store_categories(chunk);
  const bool as_count = store_as_ == StoreAs::kCount;
  const auto store_integers = [&]<typename T>(T /*tag*/) {
    as_count ? store_counts<T>(chunk) : store_numbers<T>(chunk);
  };
  switch (type_) {
    case DUCKDB_TYPE_BOOLEAN:
      return store_numbers<std::uint8_t>(chunk);
    case DUCKDB_TYPE_TINYINT:
      return store_integers(std::int8_t{});
    case DUCKDB_TYPE_SMALLINT:
      return store_integers(std::int16_t{});
    case DUCKDB_TYPE_INTEGER:
      return store_integers(std::int32_t{});
    case DUCKDB_TYPE_BIGINT:
      return store_integers(std::int64_t{});
    case DUCKDB_TYPE_UTINYINT:
      return store_integers(std::uint8_t{});
    case DUCKDB_TYPE_USMALLINT:
      return store_integers(std::uint16_t{});
    case DUCKDB_TYPE_UINTEGER:
      return store_integers(std::uint32_t{});
    case DUCKDB_TYPE_UBIGINT:
      return store_integers(std::uint64_t{});
    case DUCKDB_TYPE_FLOAT:
      return store_numbers<float>(chunk);
    case DUCKDB_TYPE_DOUBLE:
      return store_numbers<double>(chunk);
    case DUCKDB_TYPE_DATE:
      return store_times<std::int32_t>(chunk, kNsPerDay);
    case DUCKDB_TYPE_TIMESTAMP_S:
      return store_times<std::int64_t>(chunk, kNsPerSecond);
    case DUCKDB_TYPE_TIMESTAMP_MS:
      return store_times<std::int64_t>(chunk, 1'000'000);
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
    case DUCKDB_TYPE_TIME:
      return store_times<std::int64_t>(chunk, 1'000);
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIME_NS:
      return store_times<std::int64_t>(chunk, 1);
    default:
      break;
  }
  throw Error(ErrorKind::kInternal, "a column of a type that was not planned for arrived from DuckDB");
}

void SinkColumn::finish(ThreadPool& pool) {
  if (store_as_ != StoreAs::kCategory) return;
  std::vector<std::string> words(codes_by_word_.size());
  while (!codes_by_word_.empty()) {
    auto node = codes_by_word_.extract(codes_by_word_.begin());
    words[static_cast<std::size_t>(node.mapped())] = std::move(node.key());
  }
  // Which thread met a word first is chance; the order of the rows is not.
  std::vector<std::int32_t> new_code(words.size(), kMissingCode);
  column_.categories.reserve(words.size());
  bool in_order = true;
  for (const std::int32_t code : column_.codes) {
    if (code == kMissingCode || new_code[static_cast<std::size_t>(code)] != kMissingCode) continue;
    new_code[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(column_.categories.size());
    in_order = in_order && code == new_code[static_cast<std::size_t>(code)];
    column_.categories.push_back(std::move(words[static_cast<std::size_t>(code)]));
    if (column_.categories.size() == words.size()) break;
  }
  if (!in_order) renumber(column_.codes, new_code, pool);
}

}  // namespace regimetry::market

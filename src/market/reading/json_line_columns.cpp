#include "market/reading/json_line_columns.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <limits>
#include <optional>

#include "core/printable.hpp"
#include "market/reading/time_column.hpp"

namespace regimetry::market {
namespace {

// Row `row` of a column that is filled only as far as it has values.
template <typename T>
void put(std::vector<T>& values, std::int64_t row, T value, T missing) {
  values.resize(static_cast<std::size_t>(row), missing);
  values.push_back(value);
}

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kDayLength = 10;  // 2024-01-02

bool has_zone(std::string_view iso) {
  return iso.size() > kDayLength && iso.find_first_of("Z+-", kDayLength) != std::string_view::npos;
}

}  // namespace

void JsonLineColumns::add_row(std::string_view line, std::int64_t line_number) {
  parser_.open(line);
  std::string_view key;
  JsonValue value;
  for (std::size_t member = 0; parser_.next(key, value); ++member) {
    JsonColumn& column = column_at(key, member);
    if (column.last_row == row_count_) {
      throw JsonLineError{fmt::format("the key '{}' stands there twice", printable(key)), 0};
    }
    column.last_row = row_count_;
    store(column, value, line_number);
  }
  ++row_count_;
  lines_.push_back(line_number);
}

JsonColumn& JsonLineColumns::column_at(std::string_view key, std::size_t expected) {
  // Lines mostly have the same keys in the same order.
  if (expected < columns_.size() && columns_[expected].name == key) return columns_[expected];
  if (const auto found = column_by_name_.find(key); found != column_by_name_.end())
    return columns_[found->second];
  if (static_cast<std::int64_t>(columns_.size()) >= mode_.options.max_columns) {
    throw JsonLineError{
        fmt::format("there are more than {} different keys (raise the limit with --max-columns)",
                    mode_.options.max_columns),
        0};
  }
  JsonColumn& column = columns_.emplace_back();
  column.name = key;
  column.is_time = time_role_of(key, mode_.options).has_value();
  column_by_name_.emplace(column.name, columns_.size() - 1);
  return column;
}

void JsonLineColumns::store(JsonColumn& column, const JsonValue& value, std::int64_t line_number) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return;
    case JsonValue::Kind::kNested:
      column.nested.add(line_number);
      return;
    case JsonValue::Kind::kBoolean:
      column.booleans.add(line_number);
      put(column.numbers, row_count_, value.boolean ? 1.0 : 0.0, kMissingNumber);
      return;
    case JsonValue::Kind::kNumber:
      (value.is_integer ? column.integers : column.fractions).add(line_number);
      put(column.numbers, row_count_, value.number, kMissingNumber);
      if (column.is_time && value.is_integer) put(column.times, row_count_, value.integer, kMissingTime);
      return;
    case JsonValue::Kind::kWord:
      store_word(column, value.word, line_number);
      return;
  }
}

void JsonLineColumns::store_word(JsonColumn& column, std::string_view word, std::int64_t line_number) {
  column.words_seen.add(line_number);
  if (column.is_time && mode_.stamps_from_words) {
    const std::optional<TimestampNs> stamp = parse_iso_timestamp(word);
    if (!stamp) {
      met_other_time_words_ = true;
      return;
    }
    (word.size() == kDayLength ? column.days
     : has_zone(word)          ? column.instants
                               : column.wall_clocks)
        .add(line_number);
    put(column.times, row_count_, *stamp, kMissingTime);
    return;
  }
  put(column.codes, row_count_, column.words.code_of(word), kMissingCode);
}

}  // namespace regimetry::market

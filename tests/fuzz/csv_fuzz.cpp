// Any bytes as a text table: refused with an Error, or columns of one length with one time column among them.
// Read by one thread and by three, the answer is the same: the result must not depend on how the text is cut
// into blocks.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "market/reading/text/read_text_table.hpp"

namespace {

using regimetry::Error;
using regimetry::ErrorKind;
using regimetry::ThreadPool;
using regimetry::market::Column;
using regimetry::market::ColumnKind;
using regimetry::market::TextTable;

void require_in_order(const TextTable& text) {
  int time_columns = 0;
  for (const Column& column : text.table.columns) {
    if (column.row_count() != text.table.row_count) std::abort();
    if (column.kind == ColumnKind::kTime) ++time_columns;
    const auto category_count = static_cast<std::int32_t>(column.categories.size());
    for (const std::int32_t code : column.codes) {
      if (code != regimetry::market::kMissingCode && (code < 0 || code >= category_count)) std::abort();
    }
  }
  if (time_columns != 1 || text.table.find("timestamp") == nullptr) std::abort();
}

// The table's values as bytes, so that NaN equals itself; the message where it is refused.
std::string answer_to(std::string_view bytes, ThreadPool& pool) {
  std::string answer;
  try {
    const TextTable text =
        regimetry::market::parse_text_table(bytes, "fuzz.csv", {}, pool, regimetry::silent_observer());
    require_in_order(text);
    for (const Column& column : text.table.columns) {
      answer += column.name + '\0';
      const auto add = [&](const auto& values) {
        answer.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0]));
      };
      add(column.numbers);
      add(column.codes);
      add(column.times);
    }
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInternal) std::abort();
    answer = error.what();
  }
  return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ThreadPool one(1), three(3);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (answer_to(bytes, one) != answer_to(bytes, three)) std::abort();
  return 0;
}

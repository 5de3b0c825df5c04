// Reads text as the tests of the text reader want it, and remembers what the reader told.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "market/reading/text/read_text_table.hpp"

namespace regimetry::market {

class RememberingObserver : public Observer {
 public:
  void on_warning(std::string_view text) override { warnings.emplace_back(text); }
  std::vector<std::string> warnings;
};

inline TextTable read_text(std::string_view text, const ReadOptions& options = {}, int threads = 2) {
  ThreadPool pool(threads);
  return parse_text_table(text, "prices.csv", options, pool, silent_observer());
}

// The message of the error that reading must end in; "" (and a failed test) when it ends well.
inline std::string read_error(std::string_view text, const ReadOptions& options = {},
                              ErrorKind kind = ErrorKind::kData) {
  try {
    const TextTable table = read_text(text, options);
    ADD_FAILURE() << "was read, with " << table.table.row_count << " rows as " << table.dialect.export_name;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  return "";
}

inline const Column& column(const TextTable& table, std::string_view name) {
  const Column* found = table.table.find(name);
  if (found == nullptr) throw Error(ErrorKind::kInternal, "the table has no column " + std::string(name));
  return *found;
}

inline std::vector<double> numbers(const TextTable& table, std::string_view name) {
  return column(table, name).numbers;
}

inline std::vector<std::string> stamps(const TextTable& table) {
  std::vector<std::string> texts;
  for (const TimestampNs stamp : column(table, "timestamp").times) texts.push_back(format_timestamp(stamp));
  return texts;
}

inline std::vector<std::string> words(const TextTable& table, std::string_view name) {
  std::vector<std::string> texts;
  for (const std::int32_t code : column(table, name).codes) {
    texts.push_back(code < 0 ? "" : column(table, name).categories[static_cast<std::size_t>(code)]);
  }
  return texts;
}

inline std::vector<std::string> column_names(const TextTable& table) {
  std::vector<std::string> names;
  for (const Column& c : table.table.columns) names.push_back(c.name);
  return names;
}

}  // namespace regimetry::market

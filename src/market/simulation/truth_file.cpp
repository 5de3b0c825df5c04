#include "market/simulation/truth_file.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/simulation/truth_columns.hpp"

namespace regimetry::market {
namespace {

using Buffer = fmt::memory_buffer;

void append_number(Buffer& out, double value) {
  if (std::isfinite(value))
    fmt::format_to(std::back_inserter(out), "{}", value);
  else
    out.append(std::string_view("null"));
}

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

// `"name": [v, v, ...]`
template <typename AppendValue>
void write_array(std::ofstream& file, const std::string& name, std::size_t size, const AppendValue& append) {
  Buffer out;
  fmt::format_to(std::back_inserter(out), ",\n   {}: [", quoted(name));
  for (std::size_t row = 0; row < size; ++row) {
    if (row > 0) out.push_back(',');
    append(out, row);
  }
  out.push_back(']');
  file.write(out.data(), static_cast<std::streamsize>(out.size()));
}

void write_column(std::ofstream& file, const Column& column) {
  if (column.kind == ColumnKind::kNumber) {
    write_array(file, column.name, column.numbers.size(),
                [&](Buffer& out, std::size_t row) { append_number(out, column.numbers[row]); });
    return;
  }
  std::vector<std::string> labels;
  for (const std::string& category : column.categories) labels.push_back(quoted(category));
  write_array(file, column.name, column.codes.size(), [&](Buffer& out, std::size_t row) {
    const std::int32_t code = column.codes[row];
    out.append(code < 0 ? std::string_view("null")
                        : std::string_view(labels[static_cast<std::size_t>(code)]));
  });
}

void write_instrument(std::ofstream& file, const Bars& bars) {
  file << fmt::format("  {{\"symbol\": {}", quoted(bars.symbol));
  write_array(file, "timestamp", bars.timestamps.size(), [&](Buffer& out, std::size_t row) {
    std::array<char, kTimestampChars> text;
    const char* end = write_timestamp(text.data(), bars.timestamps[row]);
    out.push_back('"');
    out.append(text.data(), end);
    out.push_back('"');
  });
  for (const Column& column : bars.extras) {
    if (is_truth_column(column.name) || column.name == "planted_signal" || column.name == "split_ratio")
      write_column(file, column);
  }
  file << '}';
}

}  // namespace

void write_truth_file(const std::filesystem::path& path, const MarketData& data) {
  AtomicFile target(path);
  std::ofstream file(target.temporary_path(), std::ios::binary);
  nlohmann::json header = data.metadata.at("simulation");
  if (data.metadata.contains("config")) header["config"] = data.metadata["config"];
  std::string text = header.dump(2);
  text.resize(text.size() - 2);  // the line break and the closing brace
  file << text << ",\n  \"truth\": [";
  for (std::size_t i = 0; i < data.instruments.size() && file; ++i) {
    file << (i == 0 ? "\n" : ",\n");
    write_instrument(file, data.instruments[i]);
  }
  file << "\n  ]\n}\n";
  file.close();
  if (!file) {
    throw Error(ErrorKind::kInternal, fmt::format("{}: could not be written: {}", printable_path(path),
                                                  std::generic_category().message(errno)));
  }
  target.commit();
}

}  // namespace regimetry::market

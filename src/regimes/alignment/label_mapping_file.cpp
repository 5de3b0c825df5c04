#include "regimes/alignment/label_mapping_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/json_error_words.hpp"
#include "core/printable.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{16} << 20;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& problem) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}. A mapping looks like {{\"0\": 2, \"1\": 0}}.",
                                            printable_path(path), problem));
}

nlohmann::json parse_object(const std::filesystem::path& path) {
  nlohmann::json json;
  const auto flat_only = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > 1) fail(path, "is nested");
    return true;
  };
  try {
    json = nlohmann::json::parse(read_file(path, kMostBytes), flat_only);
  } catch (const nlohmann::json::exception& error) {
    fail(path, fmt::format("is not JSON ({})", json_error_words(error)));
  }
  if (!json.is_object()) fail(path, "is not an object");
  return json;
}

std::int32_t read_key(const std::filesystem::path& path, const std::string& key) {
  std::int32_t label = -1;
  const char* const end = key.data() + key.size();
  const auto parsed = std::from_chars(key.data(), end, label);
  if (parsed.ec != std::errc() || parsed.ptr != end || label < 0 || std::to_string(label) != key)
    fail(path, fmt::format("'{}' is not a label (0, 1, ...)", printable(key)));
  return label;
}

}  // namespace

void write_label_mapping(const std::filesystem::path& path, const LabelMapping& mapping) {
  // By number, not by the text of the key: 2 comes before 10.
  std::string text = "{";
  for (const auto& [label, number] : mapping)
    text += fmt::format("{}\n  \"{}\": {}", text.size() > 1 ? "," : "", label, number);
  write_file_atomically(path, text + (mapping.empty() ? "}\n" : "\n}\n"));
}

LabelMapping read_label_mapping(const std::filesystem::path& path) {
  LabelMapping mapping;
  std::set<std::int32_t> numbers;
  const nlohmann::json json = parse_object(path);
  for (const auto& [key, value] : json.items()) {
    const std::int32_t label = read_key(path, key);
    const bool is_whole =
        value.is_number_unsigned() && value.get<std::uint64_t>() <= std::numeric_limits<std::int32_t>::max();
    if (!is_whole)
      fail(path,
           fmt::format("'{}' stands for {}, which is no number of a regime", key, printable(value.dump())));
    mapping[label] = value.get<std::int32_t>();
    if (!numbers.insert(mapping[label]).second)
      fail(path, fmt::format("two labels stand for {}", mapping[label]));
  }
  return mapping;
}

}  // namespace regimetry::regimes

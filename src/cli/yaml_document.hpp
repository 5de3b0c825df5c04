// YAML bytes -> a small tree whose every value knows its line. A safe subset, read through libyaml's events.
//
// Kept: mappings with plain or quoted keys, sequences, scalars, comments, one document. Refused, each with
// its line: anchors and aliases (no expansion bombs), tags and merge keys (a setting's own type decides what
// its text means), keys that are not scalars, several documents. Limits: 1 MiB, 16 levels, 100,000 values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regimetry::cli {

inline constexpr std::size_t kMaxYamlBytes = std::size_t{1} << 20;
inline constexpr int kMaxYamlDepth = 16;
inline constexpr std::size_t kMaxYamlNodes = 100'000;

struct YamlEntry;

struct YamlNode {
  enum class Kind { kScalar, kSequence, kMapping };
  Kind kind = Kind::kMapping;
  int line = 1;                    // where it starts, counted from 1
  std::string text;                // a scalar's, unquoted, as UTF-8
  bool quoted = false;             // a scalar in quotes or a block: its text is meant as it stands
  std::vector<YamlNode> items;     // a sequence's, in order
  std::vector<YamlEntry> entries;  // a mapping's, in order

  // A plain scalar that stands for nothing: empty, `~` or `null`.
  [[nodiscard]] bool is_null() const noexcept;
};

struct YamlEntry {
  std::string key;
  int line = 1;
  YamlNode value;
};

struct YamlDocument {
  YamlNode root;  // always a mapping; without entries when the file holds nothing but comments
  // What is wrong although the rest could be read (keys given twice), each as "name:line: ...".
  std::vector<std::string> problems;
};

// `name` is what messages call the file. Throws Error (kUsage) "name:line: ..." for bytes that cannot be
// read.
[[nodiscard]] YamlDocument parse_yaml(std::string_view bytes, std::string_view name);

}  // namespace regimetry::cli

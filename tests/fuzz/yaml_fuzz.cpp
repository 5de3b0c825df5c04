// Any bytes as a settings file: refused with an Error, or a tree within the stated limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cli/yaml_document.hpp"
#include "core/error.hpp"

namespace {

using regimetry::cli::YamlEntry;
using regimetry::cli::YamlNode;

// Levels below and including `node`.
int depth_of(const YamlNode& node) {
  int below = 0;
  for (const YamlNode& item : node.items) below = std::max(below, depth_of(item));
  for (const YamlEntry& entry : node.entries) below = std::max(below, depth_of(entry.value));
  return below + 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regimetry;
  try {
    const cli::YamlDocument document =
        cli::parse_yaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
    if (document.root.kind != YamlNode::Kind::kMapping || depth_of(document.root) > cli::kMaxYamlDepth)
      std::abort();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUsage) std::abort();
  }
  return 0;
}

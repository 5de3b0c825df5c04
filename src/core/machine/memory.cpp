#include "core/machine/memory.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/machine/proc_text.hpp"

namespace regimetry {
namespace {

// The number a text begins with; nothing when it does not begin with one.
[[nodiscard]] std::optional<std::int64_t> leading_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

[[nodiscard]] std::int64_t kibibytes(std::string_view meminfo, std::string_view name) {
  return leading_number(proc_value(meminfo, name).value_or("")).value_or(0) * 1024;
}

}  // namespace

MemoryFacts parse_meminfo(std::string_view meminfo) {
  return {.total_bytes = kibibytes(meminfo, "MemTotal"),
          .available_bytes = kibibytes(meminfo, "MemAvailable")};
}

MemoryFacts limit_memory(MemoryFacts facts, std::string_view limit, std::string_view used) {
  const auto limit_bytes = leading_number(limit);
  if (!limit_bytes || *limit_bytes <= 0 || *limit_bytes >= facts.total_bytes) return facts;
  facts.total_bytes = *limit_bytes;
  const std::int64_t left = *limit_bytes - leading_number(used).value_or(0);
  facts.available_bytes = std::clamp<std::int64_t>(left, 0, facts.available_bytes);
  return facts;
}

MemoryFacts inspect_memory() {
  const MemoryFacts machine = parse_meminfo(read_proc_file("/proc/meminfo").value_or(""));
  // Control groups, second version; inside a container its own limits stand at the root.
  return limit_memory(machine, read_proc_file("/sys/fs/cgroup/memory.max").value_or(""),
                      read_proc_file("/sys/fs/cgroup/memory.current").value_or(""));
}

}  // namespace regimetry

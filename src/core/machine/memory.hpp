// Main memory, as much of it as this process may use.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace regimetry {

struct MemoryFacts {
  std::int64_t total_bytes = 0;      // of the machine, or of the control group where that is less; 0: unknown
  std::int64_t available_bytes = 0;  // without pushing others out
};

// `meminfo`: the text of /proc/meminfo.
[[nodiscard]] MemoryFacts parse_meminfo(std::string_view meminfo);
// The facts under a control group's limit and present use; a limit that is "max" or nothing changes nothing.
[[nodiscard]] MemoryFacts limit_memory(MemoryFacts facts, std::string_view limit, std::string_view used);
// Of this machine.
[[nodiscard]] MemoryFacts inspect_memory();

}  // namespace regimetry

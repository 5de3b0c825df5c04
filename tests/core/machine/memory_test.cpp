#include "core/machine/memory.hpp"

#include <gtest/gtest.h>

namespace regimetry {
namespace {

constexpr std::int64_t kMiB = 1 << 20;

TEST(Memory, ReadsKibibytes) {
  const MemoryFacts facts =
      parse_meminfo("MemTotal:       2048 kB\nMemFree: 1 kB\nMemAvailable:   1024 kB\n");
  EXPECT_EQ(facts.total_bytes, 2 * kMiB);
  EXPECT_EQ(facts.available_bytes, kMiB);
  EXPECT_EQ(parse_meminfo("").total_bytes, 0);
}

TEST(Memory, AControlGroupLimitsBoth) {
  const MemoryFacts machine{.total_bytes = 100 * kMiB, .available_bytes = 80 * kMiB};
  const MemoryFacts limited = limit_memory(machine, "52428800\n", "41943040\n");  // 50 MiB, 40 in use
  EXPECT_EQ(limited.total_bytes, 50 * kMiB);
  EXPECT_EQ(limited.available_bytes, 10 * kMiB);
  // The machine may have less left than the group would allow.
  EXPECT_EQ(
      limit_memory({.total_bytes = 100 * kMiB, .available_bytes = 5 * kMiB}, "52428800", "0").available_bytes,
      5 * kMiB);
  EXPECT_EQ(limit_memory(machine, "1048576", "9999999999").available_bytes, 0);
}

TEST(Memory, NoLimitChangesNothing) {
  const MemoryFacts machine{.total_bytes = 100 * kMiB, .available_bytes = 80 * kMiB};
  for (const char* limit : {"max\n", "", "9223372036854771712"}) {
    EXPECT_EQ(limit_memory(machine, limit, "1").total_bytes, 100 * kMiB) << limit;
    EXPECT_EQ(limit_memory(machine, limit, "1").available_bytes, 80 * kMiB) << limit;
  }
}

}  // namespace
}  // namespace regimetry

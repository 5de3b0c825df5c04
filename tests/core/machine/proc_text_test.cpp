#include "core/machine/proc_text.hpp"

#include <gtest/gtest.h>

namespace regimetry {
namespace {

TEST(ProcText, FindsTheFirstLineOfThatName) {
  constexpr std::string_view kText = "model name\t: AMD EPYC\nflags\t\t: a b\nempty:\nmodel name : other\n";
  EXPECT_EQ(proc_value(kText, "model name"), "AMD EPYC");
  EXPECT_EQ(proc_value(kText, "flags"), "a b");
  EXPECT_EQ(proc_value(kText, "empty"), "");
  EXPECT_EQ(proc_value(kText, "model"), std::nullopt);
  EXPECT_EQ(proc_value("", "model"), std::nullopt);
  EXPECT_EQ(proc_value("last: line", "last"), "line");
}

TEST(ProcText, ReadsFilesThatHaveNoSize) {
  EXPECT_FALSE(read_proc_file("/proc/self/status").value_or("").empty());
  EXPECT_EQ(read_proc_file("/proc/there/is/none"), std::nullopt);
}

}  // namespace
}  // namespace regimetry

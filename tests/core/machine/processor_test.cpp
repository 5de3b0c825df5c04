#include "core/machine/processor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry {
namespace {

TEST(Processor, ReadsModelAndWatchedFeatures) {
  const ProcessorFacts facts = parse_cpuinfo(
      "processor\t: 0\nmodel name\t: Intel(R) Xeon(R)\nflags\t\t: fpu sse avx avx2 avx512f amx_tile "
      "avx512_bf16\n"
      "processor\t: 1\nmodel name\t: other\n");
  EXPECT_EQ(facts.model, "Intel(R) Xeon(R)");
  EXPECT_THAT(facts.features, testing::ElementsAre("avx2", "avx512f", "avx512_bf16", "amx_tile"));
  EXPECT_TRUE(facts.has("avx2"));
  EXPECT_FALSE(facts.has("avx"));
}

TEST(Processor, UnknownSystemsHaveNoNameAndNoFeatures) {
  const ProcessorFacts facts = parse_cpuinfo("processor: 0\nBogoMIPS: 50\n");
  EXPECT_EQ(facts.model, "");
  EXPECT_TRUE(facts.features.empty());
}

TEST(Processor, ReadsTheLoad) {
  EXPECT_DOUBLE_EQ(parse_load("1.25 0.45 0.30 1/200 4711\n"), 1.25);
  EXPECT_DOUBLE_EQ(parse_load(""), 0);
}

TEST(Processor, ThisMachineHasAtLeastTheProcessorsWeMayUse) {
  const ProcessorFacts facts = inspect_processor();
  EXPECT_GE(facts.available, 1);
  EXPECT_GE(facts.present, facts.available);
}

}  // namespace
}  // namespace regimetry

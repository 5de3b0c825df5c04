#include "core/machine/diagnose.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace regimetry {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kGiB = std::int64_t{1} << 30;

// A machine on which nothing is wrong.
MachineFacts healthy_machine() {
  MachineFacts facts;
  facts.processor = {
      .model = "Good CPU", .features = {"avx2", "avx512f"}, .present = 8, .available = 8, .load = 0};
  facts.memory = {.total_bytes = 32 * kGiB, .available_bytes = 16 * kGiB};
  facts.disk = DiskFacts{.folder = ".", .free_bytes = 100 * kGiB};
  facts.blas = BlasFacts{.is_found = true,
                         .vendor = "OpenBLAS",
                         .version = "0.3.26",
                         .path = "/lib/libblas.so.3",
                         .core = "SkylakeX",
                         .threads = 8,
                         .gflops = 900,
                         .is_correct = true};
  facts.onednn = OnednnFacts{
      .is_found = true, .version = "2.6.3", .path = "/lib/libdnnl.so.2", .gflops = 1'000, .is_correct = true};
  facts.gpu = GpuFacts{};
  facts.torch = TorchFacts{};
  return facts;
}

Finding finding(const MachineFacts& facts, const std::string& topic) {
  const auto findings = diagnose(facts);
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& entry) { return entry.topic == topic; });
  return found == findings.end() ? Finding{} : *found;
}

TEST(Diagnose, AHealthyMachineHasNothingToFix) {
  for (const Finding& entry : diagnose(healthy_machine())) {
    EXPECT_FALSE(entry.is_warning) << entry.topic << ": " << entry.verdict;
    EXPECT_EQ(entry.remedy, "") << entry.topic;
    EXPECT_NE(entry.verdict, "") << entry.topic;
  }
}

TEST(Diagnose, ReferenceBlasIsToBeReplaced) {
  MachineFacts facts = healthy_machine();
  facts.blas->vendor = "reference";
  facts.blas->gflops = 8;
  facts.blas->threads = 0;
  facts.blas->core.clear();
  const Finding blas = finding(facts, "BLAS");
  EXPECT_TRUE(blas.is_warning);
  EXPECT_THAT(blas.verdict, AllOf(HasSubstr("reference BLAS"), HasSubstr("125 times slower than oneDNN")));
  EXPECT_THAT(blas.remedy, HasSubstr("apt-get install libopenblas0-openmp"));
}

TEST(Diagnose, AdviceOnKernelsRestsOnAMeasurement) {
  MachineFacts facts = healthy_machine();
  facts.blas->core = "Haswell";
  facts.blas->gflops = 450;
  facts.blas_as_skylakex = facts.blas;
  facts.blas_as_skylakex->gflops = 880;
  EXPECT_THAT(finding(facts, "BLAS").verdict,
              AllOf(HasSubstr("does not know this processor"), HasSubstr("880 GFLOP/s")));
  EXPECT_THAT(finding(facts, "BLAS").remedy, HasSubstr("export OPENBLAS_CORETYPE=SkylakeX"));

  facts.forced_core = "Haswell";
  EXPECT_THAT(finding(facts, "BLAS").verdict, HasSubstr("OPENBLAS_CORETYPE=Haswell, set here"));

  facts.blas_as_skylakex->gflops = 480;  // no clear gain
  EXPECT_THAT(finding(facts, "BLAS").remedy, Not(HasSubstr("OPENBLAS_CORETYPE")));
  facts.blas_as_skylakex->gflops = 880;
  facts.blas_as_skylakex->is_correct = false;
  EXPECT_THAT(finding(facts, "BLAS").remedy, Not(HasSubstr("OPENBLAS_CORETYPE")));
}

TEST(Diagnose, OtherKernelsAreTriedOnlyWhereTheyMayHelp) {
  const MachineFacts facts = healthy_machine();
  BlasFacts blas = *facts.blas;
  EXPECT_FALSE(may_gain_from_skylakex(facts.processor, blas));
  blas.core = "Zen";
  EXPECT_TRUE(may_gain_from_skylakex(facts.processor, blas));
  EXPECT_FALSE(may_gain_from_skylakex(
      {.model = "Old", .features = {"avx2"}, .present = 1, .available = 1, .load = 0}, blas));
  blas.vendor = "MKL";
  EXPECT_FALSE(may_gain_from_skylakex(facts.processor, blas));
}

TEST(Diagnose, ABlasFarBehindOnednnIsSaidUnlessTheMachineIsBusy) {
  MachineFacts facts = healthy_machine();
  facts.blas->gflops = 500;
  EXPECT_TRUE(finding(facts, "BLAS").is_warning);
  EXPECT_THAT(finding(facts, "BLAS").verdict, HasSubstr("50 % of what oneDNN reaches"));
  facts.processor.load = 7.5;
  EXPECT_FALSE(finding(facts, "BLAS").is_warning);
  EXPECT_THAT(finding(facts, "threads").verdict, HasSubstr("load 7.5"));
}

TEST(Diagnose, MissingBrokenAndWrongLibrariesAreNamed) {
  MachineFacts facts = healthy_machine();
  facts.blas = BlasFacts{};
  facts.onednn = OnednnFacts{};
  EXPECT_THAT(finding(facts, "BLAS").verdict, HasSubstr("not installed"));
  EXPECT_THAT(finding(facts, "oneDNN").remedy, HasSubstr("libdnnl2"));
  facts.blas.reset();
  facts.onednn.reset();
  facts.gpu.reset();
  facts.torch.reset();
  for (const char* topic : {"BLAS", "oneDNN", "GPU", "libtorch"}) {
    EXPECT_TRUE(finding(facts, topic).is_warning) << topic;
    EXPECT_THAT(finding(facts, topic).verdict, HasSubstr("crashed or hung")) << topic;
  }
  facts = healthy_machine();
  facts.blas->is_correct = false;
  facts.onednn->is_correct = false;
  EXPECT_THAT(finding(facts, "BLAS").verdict, HasSubstr("multiplies wrongly"));
  EXPECT_THAT(finding(facts, "oneDNN").verdict, HasSubstr("multiplies wrongly"));
}

TEST(Diagnose, TooFewThreadsComeWithTheVariableToUnset) {
  MachineFacts facts = healthy_machine();
  facts.thread_variables = {{"OMP_NUM_THREADS", "2"}, {"OPENBLAS_NUM_THREADS", "8"}};
  EXPECT_THAT(finding(facts, "threads").verdict, HasSubstr("OMP_NUM_THREADS=2 leaves 6 idle"));
  EXPECT_EQ(finding(facts, "threads").remedy, "unset OMP_NUM_THREADS");
  facts.thread_variables = {{"OMP_NUM_THREADS", "many"}};
  EXPECT_THAT(finding(facts, "threads").verdict, HasSubstr("'many' is not a number of threads"));
  facts.thread_variables = {{"OMP_NUM_THREADS", "16,2"}};
  EXPECT_FALSE(finding(facts, "threads").is_warning);

  facts.thread_variables.clear();
  facts.blas->threads = 1;
  EXPECT_THAT(finding(facts, "BLAS").verdict, HasSubstr("fewer threads than the 8 processors"));
}

TEST(Diagnose, GpusAreListedAndSilentDriversAreNot) {
  MachineFacts facts = healthy_machine();
  facts.gpu = GpuFacts{.has_driver = true,
                       .driver_version = "570.86",
                       .cuda_version = "12.8",
                       .problem = {},
                       .devices = {{.name = "H200", .memory_bytes = 139 * kGiB}}};
  EXPECT_EQ(finding(facts, "GPU").verdict, "H200 (139.0 GiB); driver 570.86; CUDA 12.8");
  facts.gpu->devices.clear();
  facts.gpu->problem = "no device was found";
  EXPECT_TRUE(finding(facts, "GPU").is_warning);
  EXPECT_THAT(finding(facts, "GPU").verdict, HasSubstr("no device was found"));
}

TEST(Diagnose, ScarceMemoryDiskAndOldProcessorsAreWarnedOf) {
  MachineFacts facts = healthy_machine();
  facts.memory.available_bytes = kGiB / 2;
  facts.disk->free_bytes = kGiB / 2;
  facts.processor.features.clear();
  for (const char* topic : {"memory", "disk", "processor"})
    EXPECT_TRUE(finding(facts, topic).is_warning) << topic;
  facts.memory = {};
  facts.disk.reset();
  for (const char* topic : {"memory", "disk"}) EXPECT_TRUE(finding(facts, topic).is_warning) << topic;
}

}  // namespace
}  // namespace regimetry

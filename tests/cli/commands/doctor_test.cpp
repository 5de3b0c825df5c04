// `regimetry doctor` on this machine and on machines made up from fake libraries. No rate is asserted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/support/run_binary.hpp"
#include "core/machine/processor.hpp"
#include "core/parallel.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

json doctor(const BinaryOptions& options = {}) {
  const BinaryRun run = run_binary({"doctor", "--json"}, options);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "") << "a pipe sees no progress";
  return json::parse(run.out);
}

json probe(const std::string& name, const std::vector<std::pair<std::string, std::string>>& environment) {
  const BinaryRun run = run_binary({"probe", name}, {.environment = environment});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return json::parse(run.out);
}

json finding(const json& report, const std::string& topic) {
  for (const json& entry : report.at("findings")) {
    if (entry.at("topic") == topic) return entry;
  }
  ADD_FAILURE() << "no finding about " << topic;
  return {};
}

TEST(Doctor, TellsAboutThisMachine) {
  const json report = doctor();
  const json& facts = report.at("facts");
  EXPECT_EQ(facts.at("processor").at("available"), available_processor_count());
  EXPECT_GT(facts.at("memory").at("total_bytes").get<std::int64_t>(), 0);
  EXPECT_GT(facts.at("disk").at("free_bytes").get<std::int64_t>(), 0);
  EXPECT_THAT(facts.at("versions").at("duckdb").get<std::string>(), testing::StartsWith("v"));
  for (const char* topic :
       {"processor", "threads", "memory", "disk", "BLAS", "oneDNN", "GPU", "libtorch", "versions"}) {
    const json entry = finding(report, topic);
    EXPECT_FALSE(entry.at("verdict").get<std::string>().empty()) << topic;
    const bool has_remedy = entry.at("remedy") != "";
    EXPECT_TRUE(entry.at("level") == "warning" || !has_remedy) << topic;
  }
}

TEST(Doctor, PrintsALinePerFinding) {
  const BinaryRun run = run_binary({"doctor"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("processor"), HasSubstr("BLAS"), HasSubstr("GPU"), HasSubstr("versions")));
}

TEST(Doctor, SurvivesABlasThatCrashes) {
  const json report =
      doctor({.environment = {{"LD_LIBRARY_PATH", REGIMETRY_FAKE_BLAS_FOLDER}, {"FAKE_BLAS", "crash"}}});
  EXPECT_EQ(finding(report, "BLAS").at("level"), "warning");
  EXPECT_THAT(finding(report, "BLAS").at("verdict").get<std::string>(), HasSubstr("crashed"));
  EXPECT_EQ(report.at("facts").at("blas"), nullptr);
}

TEST(Doctor, FindsABlasThatMiscalculates) {
  const json facts = probe("blas", {{"LD_LIBRARY_PATH", REGIMETRY_FAKE_BLAS_FOLDER},
                                    {"FAKE_BLAS", "wrong"},
                                    {"OPENBLAS_CORETYPE", "SkylakeX"}});
  EXPECT_EQ(facts.at("is_found"), true);
  EXPECT_EQ(facts.at("is_correct"), false);
  EXPECT_EQ(facts.at("gflops"), 0.0);
}

TEST(Doctor, ReadsWhatOpenBlasSaysOfItself) {
  const json facts =
      probe("blas", {{"LD_LIBRARY_PATH", REGIMETRY_FAKE_BLAS_FOLDER}, {"OPENBLAS_CORETYPE", "SkylakeX"}});
  EXPECT_EQ(facts.at("vendor"), "OpenBLAS");
  EXPECT_EQ(facts.at("version"), "9.8.7");
  EXPECT_EQ(facts.at("core"), "SkylakeX");
  EXPECT_EQ(facts.at("threads"), 1);
  EXPECT_EQ(facts.at("is_correct"), true);
  EXPECT_EQ(facts.at("path"), std::string(REGIMETRY_FAKE_BLAS_FOLDER) + "/libblas.so.3");
}

TEST(Doctor, MeasuresWhetherOtherKernelsWouldHelp) {
  if (!inspect_processor().has("avx512f")) GTEST_SKIP() << "this processor has no AVX-512";
  const json report = doctor({.environment = {{"LD_LIBRARY_PATH", REGIMETRY_FAKE_BLAS_FOLDER}}});
  const json blas = finding(report, "BLAS");
  EXPECT_EQ(blas.at("level"), "warning");
  EXPECT_THAT(blas.at("remedy").get<std::string>(), HasSubstr("export OPENBLAS_CORETYPE=SkylakeX"));
  EXPECT_EQ(report.at("facts").at("blas_as_skylakex").at("core"), "SkylakeX");
}

TEST(Doctor, NamesTheGpus) {
  const json facts = probe("gpu", {{"LD_LIBRARY_PATH", REGIMETRY_FAKE_GPU_FOLDER}});
  EXPECT_EQ(facts.at("cuda_version"), "12.8");
  ASSERT_EQ(facts.at("devices").size(), 2U);
  EXPECT_EQ(facts.at("devices")[0], (json{{"name", "Fake H200"}, {"memory_bytes", 139LL << 30}}));
  EXPECT_EQ(facts.at("devices")[1].at("name"), "Fake T4");
}

TEST(Doctor, SaysWhyADriverShowsNoGpu) {
  const json facts =
      probe("gpu", {{"LD_LIBRARY_PATH", REGIMETRY_FAKE_GPU_FOLDER}, {"FAKE_CUDA_NO_DEVICE", "1"}});
  EXPECT_EQ(facts.at("has_driver"), true);
  EXPECT_TRUE(facts.at("devices").empty());
  EXPECT_EQ(facts.at("problem"), "no CUDA-capable device is detected");
}

TEST(Doctor, SeesThreadsThatAreLimited) {
  if (available_processor_count() < 2) GTEST_SKIP() << "one processor cannot be limited further";
  const json report = doctor({.environment = {{"OMP_NUM_THREADS", "1"}}});
  EXPECT_EQ(finding(report, "threads").at("level"), "warning");
  EXPECT_EQ(finding(report, "threads").at("remedy"), "unset OMP_NUM_THREADS");
}

}  // namespace
}  // namespace regimetry::cli

// The binary as its users meet it: messages, exit codes, precedence, pipes.
#include "cli/run_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/support/run_binary.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(RunProgram, HelpAndVersionGoToStdout) {
  for (const char* flag : {"--help", "-h", "help"}) {
    const BinaryRun run = run_binary({flag});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    EXPECT_THAT(run.out, AllOf(HasSubstr("doctor"), HasSubstr("show-config"), Not(HasSubstr("probe"))));
  }
  EXPECT_THAT(run_binary({"--version"}).out, testing::MatchesRegex("regimetry [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  EXPECT_EQ(run_binary({"help", "doctor"}).out, run_binary({"doctor", "--help"}).out);
  EXPECT_THAT(run_binary({"show-config", "--help"}).out, StartsWith("regimetry show-config"));
}

TEST(RunProgram, EveryCommandHelpsEvenWithOtherFaults) {
  const BinaryRun run = run_binary({"doctor", "--nope", "--help"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, StartsWith("regimetry doctor:"));
}

TEST(RunProgram, WrongUseExitsWithTwoAndNamesTheNearest) {
  EXPECT_EQ(run_binary({}).exit_code, 2);
  const BinaryRun command = run_binary({"docter"});
  EXPECT_EQ(command.exit_code, 2);
  EXPECT_EQ(command.err, "error: unknown command 'docter'; did you mean 'doctor'?\n");
  EXPECT_EQ(command.out, "");
  const BinaryRun early = run_binary({"--quiet", "doctor"});
  EXPECT_EQ(early.exit_code, 2);
  EXPECT_THAT(early.err, HasSubstr("stands before the command"));
  EXPECT_EQ(run_binary({"completion", "fish"}).exit_code, 2);
  EXPECT_EQ(run_binary({"show-config"}).exit_code, 2);
  EXPECT_EQ(run_binary({"help", "doctor", "x"}).exit_code, 2);
}

TEST(RunProgram, AllProblemsAreListedAtOnce) {
  const std::string folder = fresh_folder();
  write_text(folder, "s.yaml", "seed: 1\nsede: 2\nthreads: -1\n");
  const BinaryRun run =
      run_binary({"doctor", "--config", "s.yaml", "--sed=3", "--threads", "many"}, {.folder = folder});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("error: unknown flag '--sed'"),
                    HasSubstr("error: s.yaml:2: unknown key 'sede'; did you mean 'seed'?\n"),
                    HasSubstr("error: s.yaml:3: threads: -1 is out of range; allowed: 0 to 4096\n"),
                    HasSubstr("error: --threads: 'many' is not a whole number\n"), HasSubstr("4 problems")));
  EXPECT_EQ(run.out, "");
}

TEST(RunProgram, PrecedenceIsCommandLineEnvironmentFileDefault) {
  const std::string folder = fresh_folder();
  write_text(folder, "a.yaml", "seed: 1\nthreads: 1\noutput_dir: from-file\n");
  write_text(folder, "b.yaml", "# later wins\nthreads: 2\n");
  const BinaryRun run = run_binary(
      {"show-config", "doctor", "--json", "--config", "a.yaml", "--config", "b.yaml", "--seed", "4"},
      {.environment = {{"REGIMETRY_SEED", "3"}, {"REGIMETRY_OUTPUT_DIR", "from-environment"}},
       .folder = folder});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json settings = json::parse(run.out).at("settings");
  EXPECT_EQ(settings.at("seed"), (json{{"value", 4}, {"origin", "flag --seed"}}));
  EXPECT_EQ(settings.at("threads"), (json{{"value", 2}, {"origin", "b.yaml:2"}}));
  EXPECT_EQ(settings.at("output_dir"),
            (json{{"value", "from-environment"}, {"origin", "environment REGIMETRY_OUTPUT_DIR"}}));
  EXPECT_EQ(settings.at("verbose"), (json{{"value", false}, {"origin", "default"}}));
}

TEST(RunProgram, ShowConfigIsATableForPeople) {
  const BinaryRun run = run_binary({"show-config", "doctor", "--seed", "4"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, testing::ContainsRegex("seed +4 +flag --seed\n"));
  EXPECT_THAT(run.out, testing::ContainsRegex("threads +0 +default\n"));
  EXPECT_EQ(run_binary({"show-config", "doctor", "--seed", "x"}).exit_code, 2);
}

TEST(RunProgram, ErrorsBecomeJsonLinesWhereLogsDo) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"docter", "--log-json"}, {"doctor", "--sede", "3", "--log-json"}}) {
    const BinaryRun run = run_binary(words);
    EXPECT_EQ(run.exit_code, 2);
    std::istringstream lines(run.err);
    int errors = 0;
    for (std::string line; std::getline(lines, line);) {
      const json parsed = json::parse(line);
      EXPECT_TRUE(parsed.contains("time"));
      errors += parsed.at("level") == "error" ? 1 : 0;
    }
    EXPECT_EQ(errors, 1);
  }
}

TEST(RunProgram, StrayVariablesAreWarnedOf) {
  const BinaryRun run = run_binary({"show-config", "doctor"}, {.environment = {{"REGIMETRY_SEDE", "3"}}});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("warning: environment variable REGIMETRY_SEDE sets nothing"));
}

TEST(RunProgram, AFullDiskIsNoticed) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"},
                                                {"doctor", "--help"},
                                                {"show-config", "doctor"},
                                                {"completion", "bash"}}) {
    const BinaryRun run = run_binary(words, {.stdout_to = "/dev/full"});
    EXPECT_EQ(run.exit_code, 1) << words.front();
    EXPECT_THAT(run.err, HasSubstr("standard output cannot be written"));
  }
}

TEST(RunProgram, AReaderThatHasGoneEndsQuietly) {
  const BinaryRun run =
      run_bash("{ sleep 0.2; \"$regimetry_path\" completion bash; echo \"exit code $?\" >&2; } | true");
  EXPECT_EQ(run.err, "exit code 0\n");
}

TEST(RunProgram, AnAwkwardCommandLineNeverCrashes) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{""},
                                                {"-"},
                                                {"--"},
                                                {"doctor", ""},
                                                {"doctor", "-"},
                                                {"doctor", "--="},
                                                {"doctor", "---"},
                                                {"doctor", "--set", "="},
                                                {"doctor", "--config", ""},
                                                {"doctor", "--seed", std::string(100'000, '9')},
                                                {"doctor", "--\xff\xfe"},
                                                {std::string(10'000, 'x')},
                                                {"doctor", "--seed="}}) {
    const BinaryRun run = run_binary(words);
    EXPECT_EQ(run.exit_code, 2) << (words.back().size() < 100 ? words.back() : "a long word");
    EXPECT_THAT(run.err, StartsWith("error: "));
  }
}

}  // namespace
}  // namespace regimetry::cli

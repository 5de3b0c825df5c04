#include "core/machine/child_process.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace regimetry {
namespace {

using namespace std::chrono_literals;

ChildResult run_shell(const std::string& script, ChildOptions options = {}) {
  options.command = {"/bin/sh", "-c", script};
  return run_child(options);
}

TEST(ChildProcess, CatchesOutputAndExitCode) {
  const ChildResult result = run_shell("echo out; echo err >&2; exit 7");
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_FALSE(result.timed_out);
}

TEST(ChildProcess, AddsVariablesToTheEnvironment) {
  setenv("CHILD_PROCESS_TEST", "old", 1);
  const ChildResult result =
      run_shell("echo $CHILD_PROCESS_TEST $HOME",
                {.command = {}, .environment = {{"CHILD_PROCESS_TEST", "new"}, {"HOME", "/h"}}});
  EXPECT_EQ(result.output, "new /h\n");
}

TEST(ChildProcess, TellsWhichSignalEndedIt) {
  EXPECT_EQ(run_shell("kill -ABRT $$").exit_code, 128 + SIGABRT);
}

TEST(ChildProcess, KillsWhatTakesTooLong) {
  const auto start = std::chrono::steady_clock::now();
  ChildOptions options;
  options.time_limit = 100ms;
  const ChildResult silent = run_shell("exec sleep 60", options);
  EXPECT_TRUE(silent.timed_out);
  EXPECT_EQ(silent.exit_code, 128 + SIGKILL);
  // It closed its output but went on.
  EXPECT_TRUE(run_shell("exec >&-; exec sleep 60", options).timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
}

TEST(ChildProcess, EndsWhatSaysTooMuch) {
  ChildOptions options;
  options.max_output_bytes = 1'000;
  EXPECT_TRUE(run_shell("exec yes", options).timed_out);
}

TEST(ChildProcess, AMissingProgramIsCode127) {
  EXPECT_EQ(run_child({.command = {"/there/is/none"}, .environment = {}}).exit_code, 127);
}

}  // namespace
}  // namespace regimetry

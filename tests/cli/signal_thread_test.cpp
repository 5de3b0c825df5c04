#include "cli/signal_thread.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <string>

#include "cli/support/run_binary.hpp"

namespace regimetry::cli {
namespace {

struct Interrupted {
  int ended_by = 0;            // the signal that ended the process, 0 for none
  bool had_temporary = false;  // before the signal
  std::size_t files_after = 0;
};

// Starts the program, waits until it has begun its file, and sends it `signal`.
Interrupted interrupt(int signal) {
  const std::string folder = fresh_folder();
  std::array<int, 2> ends{};
  EXPECT_EQ(pipe(ends.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    const std::string target = folder + "/result.txt";
    execl(REGIMETRY_INTERRUPTED_PROGRAM, REGIMETRY_INTERRUPTED_PROGRAM, target.c_str(), "3", nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::array<char, 16> text{};
  EXPECT_EQ(read(ends[0], text.data(), text.size()), 6) << "the program did not begin";
  close(ends[0]);
  const auto count_files = [&] {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
  };
  Interrupted result;
  result.had_temporary = count_files() == 1;
  kill(child, signal);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  if (WIFSIGNALED(status)) result.ended_by = WTERMSIG(status);
  result.files_after = count_files();
  return result;
}

TEST(SignalThread, CtrlCLeavesNoHalfWrittenFile) {
  const Interrupted result = interrupt(SIGINT);
  EXPECT_TRUE(result.had_temporary);
  EXPECT_EQ(result.ended_by, SIGINT);  // and so a shell loop around it stops as well
  EXPECT_EQ(result.files_after, 0U);
}

TEST(SignalThread, ATerminationRequestLeavesNoHalfWrittenFile) {
  const Interrupted result = interrupt(SIGTERM);
  EXPECT_TRUE(result.had_temporary);
  EXPECT_EQ(result.ended_by, SIGTERM);
  EXPECT_EQ(result.files_after, 0U);
}

TEST(SignalThread, EndsWithItsOwnerWhenNoSignalCame) {
  for (int i = 0; i < 20; ++i) const SignalThread signals;
  SUCCEED();
}

}  // namespace
}  // namespace regimetry::cli

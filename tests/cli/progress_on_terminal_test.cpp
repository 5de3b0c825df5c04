// The bar as a person at a terminal meets it: a pseudo-terminal instead of a pipe.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

namespace regimetry::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

// Everything that `doctor` writes when both its outputs are a terminal of 100 columns.
std::string doctor_on_terminal(const char* variable) {
  winsize size{.ws_row = 30, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    std::vector<std::string> environment = {"TERM=xterm", "PATH=/usr/bin:/bin"};
    if (variable != nullptr) environment.emplace_back(variable);
    std::vector<char*> pointers;
    for (std::string& entry : environment) pointers.push_back(entry.data());
    pointers.push_back(nullptr);
    std::array<char*, 3> arguments = {const_cast<char*>(REGIMETRY_BINARY), const_cast<char*>("doctor"),
                                      nullptr};
    execve(REGIMETRY_BINARY, arguments.data(), pointers.data());
    _exit(127);
  }
  std::string text;
  std::array<char, 4096> block{};
  for (ssize_t count = 0; (count = read(terminal, block.data(), block.size())) > 0;) {
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  close(terminal);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  return text;
}

TEST(ProgressOnTerminal, TheBarIsDrawnAndTakenAwayBeforeTheResult) {
  const std::string text = doctor_on_terminal(nullptr);
  const std::size_t bar = text.find("probing  [");
  const std::size_t result = text.find("processor");
  ASSERT_NE(bar, std::string::npos) << text;
  ASSERT_NE(result, std::string::npos);
  EXPECT_LT(bar, result);
  EXPECT_THAT(text.substr(bar, result - bar), HasSubstr("\r\033[K"));
  EXPECT_THAT(text.substr(result), Not(HasSubstr("probing")));
}

TEST(ProgressOnTerminal, NobodyWhoIsQuietSeesIt) {
  EXPECT_THAT(doctor_on_terminal("REGIMETRY_QUIET=1"), Not(HasSubstr("probing")));
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/result_output.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

#include "core/error.hpp"

namespace regimetry::cli {
namespace {

TEST(ResultOutput, WritesEveryByte) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  ResultOutput(ends[1]).write("a result\n");
  close(ends[1]);
  std::array<char, 64> text{};
  const ssize_t count = read(ends[0], text.data(), text.size());
  close(ends[0]);
  EXPECT_EQ(std::string(text.data(), static_cast<std::size_t>(count)), "a result\n");
}

TEST(ResultOutput, AFullDiskIsAnError) {
  const int full = open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  try {
    ResultOutput(full).write("a result\n");
    ADD_FAILURE() << "nobody noticed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
  }
  close(full);
}

TEST(ResultOutput, AReaderThatHasGoneIsNoError) {
  const auto old_action = std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  ResultOutput output(ends[1]);
  EXPECT_NO_THROW(output.write("one\n"));
  EXPECT_NO_THROW(output.write("two\n"));
  close(ends[1]);
  std::signal(SIGPIPE, old_action);
}

}  // namespace
}  // namespace regimetry::cli

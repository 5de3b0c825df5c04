#include "core/machine/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

namespace regimetry {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kCannotStart = 127;

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) noexcept : value_(value) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return value_; }
  void reset() noexcept {
    if (value_ >= 0) ::close(value_);
    value_ = -1;
  }

 private:
  int value_;
};

class SpawnActions {
 public:
  explicit SpawnActions(int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);

    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnActions() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  // The child's process id, or -1.
  [[nodiscard]] pid_t spawn(std::vector<std::string> command, std::vector<std::string> environment) const {
    const auto pointers = [](std::vector<std::string>& texts) {
      std::vector<char*> result;
      result.reserve(texts.size() + 1);
      for (std::string& text : texts) result.push_back(text.data());
      result.push_back(nullptr);
      return result;
    };
    pid_t child = -1;
    const int error = posix_spawn(&child, command.front().c_str(), &actions_, &attributes_,
                                  pointers(command).data(), pointers(environment).data());
    return error == 0 ? child : -1;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

[[nodiscard]] std::vector<std::string> child_environment(
    const std::vector<std::pair<std::string, std::string>>& replaced) {
  std::vector<std::string> environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_replaced = std::any_of(replaced.begin(), replaced.end(),
                                         [&](const auto& variable) { return variable.first == name; });
    if (!is_replaced) environment.emplace_back(text);
  }
  for (const auto& [name, value] : replaced) environment.push_back(fmt::format("{}={}", name, value));
  return environment;
}

// Reads until the child closes its end. False when the deadline passed or the child says too much.
[[nodiscard]] bool read_all(int descriptor, Clock::time_point deadline, std::size_t max_bytes,
                            std::string& output) {
  std::array<char, 4096> block{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0 || output.size() > max_bytes) return false;
    pollfd waited{.fd = descriptor, .events = POLLIN, .revents = 0};
    const int ready = poll(&waited, 1, static_cast<int>(std::min<std::int64_t>(left, 1'000)));
    if (ready <= 0) continue;  // interrupted, or look at the clock again
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count == 0) return true;
    if (count > 0) output.append(block.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) return true;
  }
}

// Waits until the child has ended or the deadline has passed, and kills it then.
[[nodiscard]] int wait_for(pid_t child, Clock::time_point deadline, bool& timed_out) {
  int status = 0;
  while (!timed_out) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) break;
    if (ended < 0 && errno != EINTR) return kCannotStart;
    if (Clock::now() >= deadline) {
      timed_out = true;
    } else {
      usleep(1'000);
    }
  }
  if (timed_out) {
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ChildResult run_child(const ChildOptions& options) {
  ChildResult result;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    return {.timed_out = false, .exit_code = kCannotStart, .output = {}};
  const Descriptor read_end(ends[0]);
  Descriptor write_end(ends[1]);
  const pid_t child =
      SpawnActions(write_end.get()).spawn(options.command, child_environment(options.environment));
  write_end.reset();  // else we would never see the end of the child's output
  if (child < 0) return {.timed_out = false, .exit_code = kCannotStart, .output = {}};

  const Clock::time_point deadline = Clock::now() + options.time_limit;
  result.timed_out = !read_all(read_end.get(), deadline, options.max_output_bytes, result.output);
  result.exit_code = wait_for(child, deadline, result.timed_out);
  return result;
}

}  // namespace regimetry

#include "cli/open_file.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <string>

#include "core/error.hpp"
#include "core/printable.hpp"

extern char** environ;  // NOLINT: posix_spawn takes it, and no header declares it everywhere

namespace regimetry::cli {
namespace {

constexpr std::array<const char*, 3> kOpeners = {"xdg-open", "open", "wslview"};

// Whether the program was there and said that it opened the file.
bool opened_by(const char* program, const std::string& path) {
  std::string name = program, file = path;
  std::array<char*, 3> arguments = {name.data(), file.data(), nullptr};
  pid_t child = 0;
  if (posix_spawnp(&child, program, nullptr, nullptr, arguments.data(), environ) != 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

void open_file(const std::filesystem::path& path) {
  const std::string whole = std::filesystem::absolute(path).string();
  for (const char* program : kOpeners)
    if (opened_by(program, whole)) return;
  throw Error(
      ErrorKind::kUsage,
      fmt::format("--open: nothing here opens pages (xdg-open is missing or has no browser). The report is "
                  "written; open {} in a browser.",
                  printable_path(path)));
}

}  // namespace regimetry::cli

#include "cli/support/run_binary.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace regimetry::cli {
namespace {

[[nodiscard]] std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The caller's environment without what would change the answers, with the test's variables in place of its
// own.
[[nodiscard]] std::vector<std::string> clean_environment(const BinaryOptions& options) {
  const auto is_dropped = [&](std::string_view entry) {
    for (const std::string_view prefix : {"REGIMETRY_", "OPENBLAS_", "OMP_", "MKL_", "NO_COLOR="}) {
      if (entry.starts_with(prefix)) return true;
    }
    const std::string_view name = entry.substr(0, entry.find('='));
    return std::any_of(options.environment.begin(), options.environment.end(),
                       [&](const auto& variable) { return variable.first == name; });
  };
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!is_dropped(*entry)) environment.emplace_back(*entry);
  }
  for (const auto& [name, value] : options.environment) environment.push_back(name + "=" + value);
  return environment;
}

[[nodiscard]] std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

void redirect(int descriptor, const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
}

[[nodiscard]] BinaryRun run(std::vector<std::string> command, const BinaryOptions& options) {
  const std::string folder = fresh_folder();
  const std::string out = options.stdout_to.empty() ? folder + "/out" : options.stdout_to;
  std::vector<std::string> environment = clean_environment(options);
  const std::vector<char*> arguments = pointers_to(command), variables = pointers_to(environment);
  const pid_t child = fork();
  if (child == 0) {
    redirect(STDOUT_FILENO, out);
    redirect(STDERR_FILENO, folder + "/err");
    if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
    execve(arguments.front(), arguments.data(), variables.data());
    _exit(127);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          .out = options.stdout_to.empty() ? read_text(out) : std::string(),
          .err = read_text(folder + "/err")};
}

}  // namespace

BinaryRun run_binary(const std::vector<std::string>& words, const BinaryOptions& options) {
  std::vector<std::string> command = {REGIMETRY_BINARY};
  command.insert(command.end(), words.begin(), words.end());
  return run(std::move(command), options);
}

BinaryRun run_bash(const std::string& script) {
  // REGIMETRY_* variables would be settings, so the binary's path goes in as a positional parameter.
  return run({"/bin/bash", "-c", "regimetry_path=$1; " + script, "bash", REGIMETRY_BINARY}, {});
}

std::string fresh_folder() {
  std::string pattern = testing::TempDir() + "/regimetry_cli_XXXXXX";
  const char* const folder = mkdtemp(pattern.data());
  EXPECT_NE(folder, nullptr);
  return folder == nullptr ? std::string() : std::string(folder);
}

std::string write_text(const std::string& folder, const std::string& name, const std::string& text) {
  const std::string path = folder + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace regimetry::cli

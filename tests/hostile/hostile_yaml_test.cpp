#include <gtest/gtest.h>

#include "cli/yaml_document.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "hostile/hostile_runner.hpp"

namespace regimetry::hostile {
namespace {

// As the command line reads a settings file; problems that it would list are as good as a refusal.
ExpectedBars read_settings(const std::filesystem::path& path) {
  const cli::YamlDocument document = cli::parse_yaml(read_file(path, cli::kMaxYamlBytes), path.string());
  if (!document.problems.empty()) throw Error(ErrorKind::kUsage, document.problems.front());
  return {};
}

TEST(HostileYaml, EveryFileIsRefusedOrRead) {
  run_cases(yaml_cases(), read_settings, {.advice = Advice::kOptional, .open_findings = {}});
}

}  // namespace
}  // namespace regimetry::hostile

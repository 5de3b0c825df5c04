// The examples of --help, run as they stand in the folder that `make run` leaves behind.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "cli/commands/commands.hpp"
#include "cli/support/run_binary.hpp"

namespace regimetry::cli {
namespace {

TEST(Examples, EveryOneRunsAfterTheDemo) {
  const std::string folder = fresh_folder();
  // The script works in the folder above its own.
  std::filesystem::create_directory(folder + "/scripts");
  std::filesystem::copy(REGIMETRY_DEMO_SCRIPT, folder + "/scripts/demo");
  const BinaryRun demo = run_bash("bash '" + folder + "/scripts/demo' \"$regimetry_path\"");
  ASSERT_EQ(demo.exit_code, 0) << demo.err;
  const std::string setup = "cd '" + folder + "'; regimetry() { \"$regimetry_path\" \"$@\"; }; ";
  for (const auto& command : make_commands()) {
    bool is_first = true;
    for (const std::string& example : command->examples()) {
      if (command->name() == "doctor" && !is_first) continue;  // it measures the machine, which takes long
      is_first = false;
      const BinaryRun run = run_bash(setup + example);
      EXPECT_EQ(run.exit_code, 0) << example << "\n" << run.err;
    }
  }
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/prepared_command.hpp"

#include <gtest/gtest.h>

#include "cli/support/fake_commands.hpp"

namespace regimetry::cli {
namespace {

nlohmann::json configuration(const std::vector<std::string>& words, const Environment& environment = {}) {
  const Kitchen kitchen;
  const PreparedCommand prepared(*kitchen.commands.front(), *kitchen.catalog, words, environment);
  EXPECT_TRUE(prepared.resolved().problems.empty());
  return prepared.configuration(SettingSelection::kAffectingResult);
}

TEST(PreparedCommand, TheDigestDependsOnValuesAlone) {
  const auto from_flag = configuration({"dough", "--heat", "2"});
  const auto from_environment = configuration({"dough", "--threads", "3", "-q"}, {{"REGIMETRY_HEAT", "2"}});
  const auto other = configuration({"dough", "--heat", "3"});
  EXPECT_EQ(from_flag.at("sha256"), from_environment.at("sha256"));
  EXPECT_NE(from_flag.at("sha256"), other.at("sha256"));
  EXPECT_EQ(from_flag.at("sha256").get<std::string>().size(), 64U);
}

TEST(PreparedCommand, TheConfigurationNamesCommandVersionAndOrigins) {
  const auto config = configuration({"dough", "--heat", "2"});
  EXPECT_EQ(config.at("command"), "bake");
  EXPECT_TRUE(config.at("version").is_string());
  EXPECT_EQ(config.at("settings").at("heat"), (nlohmann::json{{"value", 2.0}, {"origin", "flag --heat"}}));
}

TEST(PreparedCommand, WhoAsksForHelpIsNotToldOfProblems) {
  const Kitchen kitchen;
  const std::vector<std::string> words = {"--nope", "--help"};
  const PreparedCommand prepared(*kitchen.commands.front(), *kitchen.catalog, words, {});
  EXPECT_TRUE(prepared.wants_help());
  EXPECT_TRUE(prepared.resolved().problems.empty());
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/settings_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "cli/support/fake_commands.hpp"
#include "cli/support/fake_program.hpp"

namespace regimetry::cli {
namespace {

using testing::HasSubstr;

TEST(SettingsPage, HasARowForEverySetting) {
  const Kitchen kitchen;
  const std::string page = settings_page(kitchen.commands);
  EXPECT_THAT(page, HasSubstr("## bake\n\nbake something.\n"));
  EXPECT_THAT(page, HasSubstr("| `window_size` | `--window-size` | integer | Bars per window (allowed: 2 to "
                              "500; default: 30) |"));
  EXPECT_THAT(page, HasSubstr("| `inputs` | `--inputs`, or `INPUT` without a flag | list |"));
  EXPECT_THAT(page, HasSubstr("| `is_sweet` | `--[no-]is-sweet` | flag | With sugar (default: on) |"));
  EXPECT_THAT(page, HasSubstr("## Every command"));
  EXPECT_THAT(page, HasSubstr("| `seed` |"));
}

TEST(SettingsPage, TheOneInDocsIsUpToDate) {
  std::ifstream file(REGIMETRY_SETTINGS_PAGE, std::ios::binary);
  const std::string stored(std::istreambuf_iterator<char>(file), {});
  EXPECT_TRUE(stored == settings_page(make_commands()))
      << "docs/settings.md is behind the commands; run 'make docs'";
}

TEST(SettingsPage, EveryCommandHasWordsAndAnExampleThatStartsWithItsName) {
  for (const auto& command : make_commands()) {
    EXPECT_FALSE(command->summary().empty());
    EXPECT_NE(command->summary().back(), '.') << command->summary();
    EXPECT_FALSE(command->description().empty());
    ASSERT_FALSE(command->examples().empty()) << command->name();
    for (const std::string& example : command->examples()) {
      EXPECT_THAT(example, testing::StartsWith("regimetry " + std::string(command->name())));
    }
  }
}

TEST(SettingsPage, NamesCommandsOfTwoWordsAndTheirOwnSet) {
  const Restaurant restaurant;
  const std::string page = settings_page(restaurant.commands);
  EXPECT_THAT(page, HasSubstr("## serve hot\n\nbring something to the table.\n"));
  EXPECT_THAT(page, HasSubstr("| `set` | `--set` (a word without `=`) | text | Which plates"));
  EXPECT_THAT(page, HasSubstr("```sh\nregimetry serve cold\n```"));
}

}  // namespace
}  // namespace regimetry::cli

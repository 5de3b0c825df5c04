#include "cli/find_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/support/fake_program.hpp"
#include "core/error.hpp"

namespace regimetry::cli {
namespace {

std::string refusal(const std::vector<std::string>& words) {
  Restaurant restaurant;
  try {
    (void)find_command(restaurant.view(), words);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "found";
}

TEST(FindCommand, TakesAsManyWordsAsTheNameHas) {
  Restaurant restaurant;
  const std::vector<std::string> one = {"bake", "serve", "hot"}, two = {"serve", "cold", "--set", "blue"},
                                 quoted = {"serve hot", "--json"};
  EXPECT_EQ(find_command(restaurant.view(), one).command.name(), "bake");
  EXPECT_EQ(find_command(restaurant.view(), one).word_count, 1U);
  EXPECT_EQ(find_command(restaurant.view(), two).command.name(), "serve cold");
  EXPECT_EQ(find_command(restaurant.view(), two).word_count, 2U);
  EXPECT_EQ(find_command(restaurant.view(), quoted).command.name(), "serve hot");
  EXPECT_EQ(find_command(restaurant.view(), quoted).word_count, 1U);
}

TEST(FindCommand, AMistypedNameNamesTheNearest) {
  EXPECT_EQ(refusal({"bkae"}), "unknown command 'bkae'; did you mean 'bake'?");
  EXPECT_EQ(refusal({"serve", "hto"}), "unknown command 'serve hto'; did you mean 'serve hot'?");
  EXPECT_EQ(refusal({"serve", "lukewarm"}), "unknown command 'serve lukewarm'; 'serve' knows hot, cold");
  EXPECT_EQ(refusal({"sreve", "hot"}), "unknown command 'sreve'; did you mean 'serve'?");
  EXPECT_EQ(refusal({"serve-hot"}), "unknown command 'serve-hot'; did you mean 'serve hot'?");
  EXPECT_EQ(refusal({"cold"}), "unknown command 'cold'; did you mean 'serve cold'?");
  EXPECT_EQ(refusal({"zzzzzzzz"}), "unknown command 'zzzzzzzz'; 'regimetry --help' lists the commands");
}

TEST(FindCommand, AGroupAloneIsNoCommand) {
  EXPECT_EQ(refusal({"serve"}), "'serve' needs one of its commands behind it: hot, cold");
  EXPECT_EQ(
      refusal({"serve", "--json"}),
      "flag '--json' stands before the command; write 'regimetry serve COMMAND --json' with one of hot, "
      "cold");
}

TEST(FindCommand, AGroupListsItsCommandsInOrder) {
  Restaurant restaurant;
  const std::vector<const Command*> members = commands_of_group(restaurant.commands, "serve");
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0]->name(), "serve hot");
  EXPECT_EQ(members[1]->name(), "serve cold");
  EXPECT_TRUE(commands_of_group(restaurant.commands, "bake").empty());
  EXPECT_TRUE(commands_of_group(restaurant.commands, "").empty());
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/support/fake_commands.hpp"
#include "cli/support/fake_program.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "key=word|word" of every value in the order given.
std::vector<std::string> given(const ParsedArguments& arguments) {
  std::vector<std::string> texts;
  for (const GivenValue& value : arguments.values) {
    std::string text = value.setting->key + "=";
    for (std::size_t i = 0; i < value.words.size(); ++i) text += (i > 0 ? "|" : "") + value.words[i];
    texts.push_back(text);
  }
  return texts;
}

TEST(Arguments, FlagsTakeTheirValueInEveryForm) {
  const Kitchen kitchen;
  const ParsedArguments arguments = kitchen.parse({"--window-size", "7", "--window_size=8", "-o", "a", "-ob",
                                                   "-o=c", "--country=", "--heat", "-3", "--symbol", "-"});
  EXPECT_THAT(given(arguments), ElementsAre("window_size=7", "window_size=8", "output=a", "output=b",
                                            "output=c", "country=", "heat=-3", "symbol=-"));
  EXPECT_THAT(arguments.problems, IsEmpty());
}

TEST(Arguments, SwitchesTurnOnAndOff) {
  const Kitchen kitchen;
  EXPECT_THAT(given(kitchen.parse({"--dry-run", "--no-is-sweet", "-nq", "--is_sweet=no", "--no_dry_run"})),
              ElementsAre("dry_run=true", "is_sweet=false", "dry_run=true", "quiet=true", "is_sweet=no",
                          "dry_run=false"));
  EXPECT_THAT(kitchen.parse({"--no-is-sweet=yes"}).problems, ElementsAre(HasSubstr("takes no value")));
  EXPECT_THAT(kitchen.parse({"--no-heat"}).problems, ElementsAre(HasSubstr("unknown flag '--no-heat'")));
}

TEST(Arguments, WordsWithoutFlagGoToThePositionalSetting) {
  const Kitchen kitchen;
  const ParsedArguments arguments = kitchen.parse({"a,b.csv", "-5", "--", "--seed", "-x"});
  EXPECT_THAT(given(arguments), ElementsAre("inputs=a,b.csv", "inputs=-5", "inputs=--seed", "inputs=-x"));
  EXPECT_EQ(arguments.values[0].origin, "argument");
}

TEST(Arguments, ListsAreCutAtCommasUnlessTheyArePaths) {
  const Kitchen kitchen;
  EXPECT_THAT(
      given(kitchen.parse({"--columns", "a, b,c", "--weights=1,2", "--extras", "x,y", "--names", "a=1,2"})),
      ElementsAre("columns=a|b|c", "weights=1|2", "extras=x,y", "names=a=1,2"));
}

TEST(Arguments, SetGivesAnyKey) {
  const Kitchen kitchen;
  const ParsedArguments arguments = kitchen.parse(
      {"--set", "window-size=9", "--set=bake.heat=2", "--set", "names=a=b", "--set", "country="});
  EXPECT_THAT(given(arguments), ElementsAre("window_size=9", "heat=2", "names=a=b", "country="));
  EXPECT_EQ(arguments.values[0].origin, "--set window_size");
  EXPECT_THAT(kitchen.parse({"--set", "heat"}).problems, ElementsAre(HasSubstr("not of the form KEY=VALUE")));
  EXPECT_THAT(kitchen.parse({"--set", "haet=2"}).problems,
              ElementsAre("--set: unknown key 'haet'; did you mean 'heat'?"));
  EXPECT_THAT(kitchen.parse({"--set", "oil_grade=2"}).problems,
              ElementsAre("--set: unknown key 'oil_grade'; it belongs to 'fry', not to 'bake'"));
}

TEST(Arguments, ConfigFilesAndHelpAreNoSettings) {
  const Kitchen kitchen;
  const ParsedArguments arguments = kitchen.parse({"--config", "a.yaml", "--config=b.yaml", "--help"});
  EXPECT_THAT(arguments.config_files, ElementsAre("a.yaml", "b.yaml"));
  EXPECT_TRUE(arguments.wants_help);
  EXPECT_TRUE(kitchen.parse({"-h"}).wants_help);
  EXPECT_FALSE(kitchen.parse({"--", "--help"}).wants_help);
}

TEST(Arguments, UnknownFlagsNameTheNearest) {
  const Kitchen kitchen;
  EXPECT_THAT(kitchen.parse({"--windw-size", "3"}).problems,
              ElementsAre("unknown flag '--windw-size'; did you mean '--window-size'?"));
  EXPECT_THAT(kitchen.parse({"--oil-grade=3"}).problems,
              ElementsAre("unknown flag '--oil-grade'; it belongs to 'fry', not to 'bake'"));
  EXPECT_THAT(kitchen.parse({"--zzzzzz"}).problems,
              ElementsAre("unknown flag '--zzzzzz'; see 'regimetry bake --help'"));
  EXPECT_THAT(kitchen.parse({"-z"}).problems, ElementsAre(HasSubstr("unknown flag '-z'")));
}

TEST(Arguments, AMissingValueIsNotTakenFromTheNextFlag) {
  const Kitchen kitchen;
  const ParsedArguments arguments = kitchen.parse({"--country", "--dry-run", "--heat"});
  EXPECT_THAT(given(arguments), ElementsAre("dry_run=true"));
  EXPECT_THAT(arguments.problems,
              ElementsAre(AllOf(HasSubstr("--country: needs a value"), HasSubstr("--country=--dry-run")),
                          "--heat: needs a value, as in '--heat X'"));
}

TEST(Arguments, AllProblemsAreListedAtOnce) {
  const Kitchen kitchen;
  EXPECT_EQ(kitchen.parse({"--nope", "--set", "x", "-z", "--config"}).problems.size(), 4U);
}

TEST(Arguments, WordsThatNobodyTakesAreRefused) {
  SettingSchema schema;
  CommonOptions common;
  declare_common_settings(schema, common);
  const Kitchen kitchen;
  const std::vector<std::string> words = {"stray"};
  EXPECT_THAT(parse_arguments(words, schema, "fry", *kitchen.catalog).problems,
              ElementsAre("unexpected word 'stray': 'fry' takes flags only"));

  int one = 0;
  schema.add("one", one, "A number", {.positional = true});
  const std::vector<std::string> two_words = {"1", "2"};
  EXPECT_THAT(parse_arguments(two_words, schema, "fry", *kitchen.catalog).problems,
              ElementsAre("unexpected word '2': 'fry' takes one N"));
}

TEST(Arguments, ASettingCalledSetTakesTheWordWithoutAnEqualsSign) {
  const Table table;
  const ParsedArguments arguments = table.parse({"--set", "blue", "--set", "guest-count=4", "--set=white",
                                                 "--set", "set=blue", "--set", "serve_hot.guest_count=5"});
  EXPECT_THAT(given(arguments),
              ElementsAre("set=blue", "guest_count=4", "set=white", "set=blue", "guest_count=5"));
  EXPECT_EQ(arguments.values[0].origin, "flag --set");
  EXPECT_EQ(arguments.values[0].place, "--set");
  EXPECT_EQ(arguments.values[1].origin, "--set guest_count");
  EXPECT_THAT(table.parse({"--set"}).problems,
              ElementsAre("--set: needs a value, as in '--set NAME' or '--set KEY=VALUE'"));
  EXPECT_THAT(table.parse({"--set", "guest=4"}).problems, ElementsAre(HasSubstr("unknown key 'guest'")));
}

TEST(Arguments, AWordForSetIsRefusedWhereNoSettingIsCalledSo) {
  const Table table;
  SettingSchema schema;
  CommonOptions common;
  declare_common_settings(schema, common);
  const std::vector<std::string> words = {"--set", "blue"};
  EXPECT_THAT(
      parse_arguments(words, schema, "fry", *table.catalog).problems,
      ElementsAre("--set: 'blue' is not of the form KEY=VALUE; a word alone belongs to 'serve hot' and "
                  "'serve cold', not to 'fry'"));
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/settings_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/support/fake_commands.hpp"
#include "cli/support/fake_program.hpp"
#include "cli/support/run_binary.hpp"
#include "cli/yaml_document.hpp"

namespace regimetry::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SettingsFile parse(const Kitchen& kitchen, std::string_view text) {
  return parse_settings_file(text, "s.yaml", kitchen.schema, "bake", *kitchen.catalog);
}

TEST(SettingsFile, GivesValuesWithTheirLines) {
  const Kitchen kitchen;
  const SettingsFile file =
      parse(kitchen, "window-size: 9\ncolumns: [a, 'b,c']\nnames:\n  x: 1\nweights: 1, 2\n");
  EXPECT_THAT(file.problems, IsEmpty());
  ASSERT_EQ(file.values.size(), 4U);
  EXPECT_EQ(file.values[0].setting->key, "window_size");
  EXPECT_EQ(file.values[0].origin, "s.yaml:1");
  EXPECT_EQ(file.values[0].place, "s.yaml:1: window_size");
  EXPECT_THAT(file.values[1].words, ElementsAre("a", "b,c"));
  EXPECT_THAT(file.values[2].words, ElementsAre("x=1"));
  EXPECT_THAT(file.values[3].words, ElementsAre("1", "2"));
}

TEST(SettingsFile, OneFileServesSeveralCommands) {
  const Kitchen kitchen;
  const SettingsFile file =
      parse(kitchen, "bake:\n  heat: 5\noil_grade: 3\nfry: {oil_grade: 4, heat: 9}\nheat: 1\nseed: 2\n");
  EXPECT_THAT(file.problems, IsEmpty());
  ASSERT_EQ(file.values.size(), 3U);
  EXPECT_EQ(file.values[0].origin, "s.yaml:5");
  EXPECT_EQ(file.values[1].setting->key, "seed");
  EXPECT_EQ(file.values[2].origin, "s.yaml:2") << "the command's own section comes last, wherever it stands";
}

TEST(SettingsFile, UnknownKeysNameTheNearestWithFileAndLine) {
  const Kitchen kitchen;
  EXPECT_THAT(parse(kitchen, "\nwindw_size: 3\n").problems,
              ElementsAre("s.yaml:2: unknown key 'windw_size'; did you mean 'window_size'?"));
  EXPECT_THAT(parse(kitchen, "oil_grad: 3\n").problems,
              ElementsAre("s.yaml:1: unknown key 'oil_grad'; did you mean 'oil_grade'?"));
  EXPECT_THAT(parse(kitchen, "bkae: {heat: 3}\n").problems, ElementsAre(HasSubstr("did you mean 'bake'?")));
  EXPECT_THAT(parse(kitchen, "bake: {oil_grade: 3}\n").problems,
              ElementsAre("s.yaml:1: unknown key 'oil_grade'; it belongs to 'fry', not to 'bake'"));
  EXPECT_THAT(parse(kitchen, "zzzzzzz: 3\n").problems,
              ElementsAre(HasSubstr("'regimetry bake --help' lists")));
}

TEST(SettingsFile, ShapesMustFitTheSetting) {
  const Kitchen kitchen;
  EXPECT_THAT(parse(kitchen, "heat: [1]\nheat2: 1\ncolumns: {a: 1}\nsymbol: {a: 1}\ncolumns2: 1\n").problems,
              testing::SizeIs(5));
  EXPECT_THAT(parse(kitchen, "heat: [1]\n").problems,
              ElementsAre("s.yaml:1: heat: takes one value, not a list"));
  EXPECT_THAT(parse(kitchen, "columns: [[a]]\n").problems, ElementsAre(HasSubstr("each element")));
  EXPECT_THAT(parse(kitchen, "names: {a: [1]}\n").problems,
              ElementsAre(HasSubstr("'a' must have one value")));
  EXPECT_THAT(parse(kitchen, "bake: 3\n").problems, ElementsAre(HasSubstr("'bake' is a command")));
  EXPECT_THAT(parse(kitchen, "bake:\n").problems, IsEmpty());
}

TEST(SettingsFile, TwoSpellingsOfAKeyAreTheSameKey) {
  const Kitchen kitchen;
  EXPECT_THAT(parse(kitchen, "window_size: 3\nwindow-size: 4\n").problems,
              ElementsAre(HasSubstr("s.yaml:2: key 'window-size' stands here again, after line 1")));
}

TEST(SettingsFile, FilesThatCannotBeReadAreProblems) {
  const Kitchen kitchen;
  const std::string folder = fresh_folder();
  const auto problems = [&](const std::string& path) {
    return read_settings_file(path, kitchen.schema, "bake", *kitchen.catalog).problems;
  };
  EXPECT_THAT(problems(folder + "/missing.yaml"), ElementsAre(HasSubstr("missing.yaml")));
  EXPECT_THAT(problems(folder), ElementsAre(HasSubstr(folder)));
  EXPECT_THAT(problems(write_text(folder, "big.yaml", std::string(kMaxYamlBytes + 1, '#'))),
              ElementsAre(HasSubstr("big.yaml")));
  EXPECT_THAT(problems(write_text(folder, "good.yaml", "heat: 3\n")), IsEmpty());
}

TEST(SettingsFile, TheSectionOfACommandOfTwoWordsJoinsThem) {
  const Table table;
  for (const char* section : {"serve_hot", "serve-hot", "'serve hot'"}) {
    const std::string text =
        fmt::format("set: blue\n{}: {{guest_count: 4}}\nserve_cold: {{guest_count: 9}}\n", section);
    const SettingsFile file = parse_settings_file(text, "s.yaml", table.schema, "serve hot", *table.catalog);
    EXPECT_THAT(file.problems, IsEmpty());
    ASSERT_EQ(file.values.size(), 2U);
    EXPECT_EQ(file.values[0].setting->key, "set");
    EXPECT_THAT(file.values[1].words, ElementsAre("4"));
  }
}

TEST(SettingsFile, AGroupIsNoSection) {
  const Table table;
  const auto problems = [&](const char* text) {
    return parse_settings_file(text, "s.yaml", table.schema, "serve hot", *table.catalog).problems;
  };
  EXPECT_THAT(problems("serve: {set: blue}\n"),
              ElementsAre("s.yaml:1: 'serve' is a group of commands; settings stand below one of them, as in "
                          "'serve_hot:'"));
  EXPECT_THAT(problems("serve_hto: {set: blue}\n"), ElementsAre(HasSubstr("did you mean 'serve_hot'?")));
  EXPECT_THAT(problems("serve_cold: 3\n"), ElementsAre(HasSubstr("'serve_cold' is a command")));
}

}  // namespace
}  // namespace regimetry::cli

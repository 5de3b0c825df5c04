#include "cli/help_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/support/fake_commands.hpp"
#include "cli/support/fake_program.hpp"
#include "cli/text_layout.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string help_of_bake(int width) {
  const Kitchen kitchen;
  return command_help(*kitchen.commands.front(), kitchen.schema, width);
}

// The help with every run of blanks and line breaks as one blank, so that wrapping does not matter.
std::string unwrapped(const std::string& text) {
  std::istringstream words(text);
  std::string joined;
  for (std::string word; words >> word;) joined += word + " ";
  return joined;
}

TEST(HelpText, ShowsEverySettingWithDefaultAndAllowedValues) {
  const std::string help = unwrapped(help_of_bake(100));
  EXPECT_THAT(help,
              AllOf(HasSubstr("regimetry bake INPUT... [options]"), HasSubstr("Bakes what it is given."),
                    HasSubstr("-o, --output PATH Where to put it"),
                    HasSubstr("--window-size N Bars per window [allowed: 2 to 500; default: 30]"),
                    HasSubstr("--heat X How hot [allowed: 0 or more; default: 1.5]")));
  EXPECT_THAT(
      help,
      AllOf(HasSubstr("--[no-]is-sweet With sugar [default: on]"),
            HasSubstr("--symbol TEXT Which one [default: none]"),
            HasSubstr("Filling: -f, --fruit WORD Which fruit [allowed: apple, pear, plum; default: apple]"),
            HasSubstr("--inputs INPUT What to bake [repeatable; required]"),
            HasSubstr("Examples: regimetry bake dough -o cake")));
  for (const char* flag : {"--help", "--config FILE", "--set KEY=VALUE", "--seed N", "--threads N",
                           "--output-dir DIR", "-q, --quiet", "-v, --verbose", "--log-json", "--json"}) {
    EXPECT_THAT(help, HasSubstr(flag));
  }
  EXPECT_THAT(help, AllOf(HasSubstr("REGIMETRY_WINDOW_SIZE"), HasSubstr("Relative paths")));
}

TEST(HelpText, FitsTheTerminal) {
  for (const int width : {40, 60, 80, 110}) {
    std::istringstream lines(help_of_bake(width));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(static_cast<int>(display_width(line)), width) << line;
  }
}

TEST(HelpText, AGroupListsItsCommands) {
  Restaurant restaurant;
  const std::string help = unwrapped(group_help(restaurant.view(), "serve"));
  EXPECT_THAT(help, AllOf(HasSubstr("regimetry serve COMMAND [options]"),
                          HasSubstr("hot bring something to the table"),
                          HasSubstr("cold bring something to the table"),
                          HasSubstr("'regimetry serve hot --help'"), testing::Not(HasSubstr("bake"))));
  EXPECT_THAT(unwrapped(overview_help(restaurant.view())),
              AllOf(HasSubstr("bake bake something"), HasSubstr("serve cold bring something")));
}

TEST(HelpText, TellsBothMeaningsOfSetApart) {
  const Table table;
  const std::string help = unwrapped(command_help(*table.serve, table.schema, 100));
  EXPECT_THAT(help,
              AllOf(HasSubstr("regimetry serve hot [options]"),
                    HasSubstr("--set NAME Which plates (A word with '=' is not for this option: see --set "
                              "KEY=VALUE below.) [allowed: blue, white; default: white]"),
                    HasSubstr("--set KEY=VALUE A word with '=' gives any setting by its key, as in "
                              "'--set seed=3'; repeatable. A word without '=' is meant for the option "
                              "--set above")));
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/resolve_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/support/fake_commands.hpp"
#include "cli/support/fake_program.hpp"
#include "cli/support/run_binary.hpp"

namespace regimetry::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(ResolveSettings, LaterSourcesWinAndOriginsAreKept) {
  const std::string folder = fresh_folder();
  const std::string first =
      write_text(folder, "first.yaml", "heat: 2\nwindow_size: 40\ncountry: FR\nseed: 1\n");
  const std::string second = write_text(folder, "second.yaml", "\nwindow_size: 50\n");
  Kitchen kitchen;
  const ResolvedSettings resolved =
      kitchen.resolve({"dough", "--config", first, "--config", second, "--seed", "9", "--set", "country=NO"},
                      {{"REGIMETRY_HEAT", "3"}, {"REGIMETRY_SEED", "8"}});
  EXPECT_THAT(resolved.problems, IsEmpty());
  EXPECT_EQ(kitchen.options.heat, 3);
  EXPECT_EQ(kitchen.options.window_size, 50);
  EXPECT_EQ(kitchen.options.country, "NO");
  EXPECT_EQ(kitchen.common.seed, 9U);
  EXPECT_EQ(resolved.origins.at("heat"), "environment REGIMETRY_HEAT");
  EXPECT_EQ(resolved.origins.at("window_size"), second + ":2");
  EXPECT_EQ(resolved.origins.at("country"), "--set country");
  EXPECT_EQ(resolved.origins.at("seed"), "flag --seed");
  EXPECT_EQ(resolved.origins.at("inputs"), "argument");
  EXPECT_EQ(resolved.origins.at("is_sweet"), "default");
}

TEST(ResolveSettings, TellsChecksWhichKeysSomebodyGave) {
  Kitchen kitchen;
  SettingSchema::GivenKeys seen;
  kitchen.schema.add_check_of_given([&](const SettingSchema::GivenKeys& given) {
    seen = given;
    return std::vector<std::string>{"too many cooks"};
  });
  const std::string file = write_text(fresh_folder(), "s.yaml", "window_size: 30\n");  // as by default
  const ResolvedSettings resolved =
      kitchen.resolve({"dough", "--config", file, "--set", "country=NO"}, {{"REGIMETRY_HEAT", "3"}});
  EXPECT_THAT(seen, UnorderedElementsAre("inputs", "window_size", "country", "heat"));
  EXPECT_THAT(resolved.problems, ElementsAre("too many cooks"));
}

TEST(ResolveSettings, TheFieldsTypeDecidesWhatAWordMeans) {
  const std::string file =
      write_text(fresh_folder(), "s.yaml", "country: no\nis_sweet: no\ndry_run: Yes\nsymbol: on\nlimit: ~\n");
  Kitchen kitchen;
  kitchen.options.limit = 5;
  EXPECT_THAT(kitchen.resolve({"dough", "--config", file}).problems, IsEmpty());
  EXPECT_EQ(kitchen.options.country, "no");
  EXPECT_FALSE(kitchen.options.is_sweet);
  EXPECT_TRUE(kitchen.options.dry_run);
  EXPECT_EQ(kitchen.options.symbol, "on");
  EXPECT_EQ(kitchen.options.limit, std::nullopt);
}

TEST(ResolveSettings, RepeatedListFlagsCollectAndReplaceTheFilesList) {
  const std::string file = write_text(fresh_folder(), "s.yaml", "columns: [x, y]\n");
  Kitchen kitchen;
  EXPECT_THAT(kitchen
                  .resolve({"a", "b", "--config", file, "-c", "p,q", "--columns", "r", "--window-size", "3",
                            "--window-size", "4"})
                  .problems,
              IsEmpty());
  EXPECT_THAT(kitchen.options.columns, ElementsAre("p", "q", "r"));
  EXPECT_THAT(kitchen.options.inputs, ElementsAre("a", "b"));
  EXPECT_EQ(kitchen.options.window_size, 4);
}

TEST(ResolveSettings, ListsEveryProblemOfEverySource) {
  const std::string file = write_text(fresh_folder(), "s.yaml", "heat: warm\nwindw_size: 3\nseed:\n");
  Kitchen kitchen;
  const auto problems =
      kitchen
          .resolve({"--config", file, "--window-size", "1", "--fruit", "aple"}, {{"REGIMETRY_LIMIT", "much"}})
          .problems;
  EXPECT_THAT(problems,
              UnorderedElementsAre(file + ":1: heat: 'warm' is not a number",
                                   file + ":2: unknown key 'windw_size'; did you mean 'window_size'?",
                                   HasSubstr(file + ":3: seed: has no value"),
                                   "environment REGIMETRY_LIMIT: 'much' is not a number",
                                   "--window-size: 1 is out of range; allowed: 2 to 500",
                                   "--fruit: 'aple' is not one of apple, pear, plum; did you mean 'apple'?",
                                   HasSubstr("inputs is missing: What to bake")));
}

TEST(ResolveSettings, ChecksOfTheCommandAreProblemsToo) {
  Kitchen kitchen;
  EXPECT_THAT(kitchen.resolve({"dough", "--window-size", "13"}).problems,
              ElementsAre("window_size 13 brings bad luck; take 12 or 14"));
  EXPECT_THAT(kitchen.resolve({"dough", "--window-size", "12", "-q", "-v"}).problems,
              ElementsAre(HasSubstr("--quiet and --verbose exclude each other")));
}

TEST(ResolveSettings, EnvironmentVariablesThatSetNothingAreWarnedOf) {
  Kitchen kitchen;
  const ResolvedSettings resolved = kitchen.resolve({"dough"}, {{"REGIMETRY_WINDOW_SIZ", "3"},
                                                                {"REGIMETRY_OIL_GRADE", "2"},
                                                                {"REGIMETRY_HEAT", ""},
                                                                {"REGIMETRY_NAMES", "a=1,b=2"},
                                                                {"PATH", "/bin"}});
  EXPECT_THAT(resolved.problems, IsEmpty());
  EXPECT_THAT(
      resolved.warnings,
      ElementsAre(
          "environment variable REGIMETRY_WINDOW_SIZ sets nothing; did you mean REGIMETRY_WINDOW_SIZE?"));
  EXPECT_EQ(kitchen.options.heat, 1.5) << "an empty variable counts as absent";
  EXPECT_EQ(kitchen.options.names, (std::map<std::string, std::string>{{"a", "1"}, {"b", "2"}}));
}

TEST(ResolveSettings, JsonLeavesOutWhatCannotChangeAResult) {
  Kitchen kitchen;
  const ResolvedSettings resolved = kitchen.resolve({"dough", "--seed", "3", "-v"});
  const auto all = settings_to_json(kitchen.schema, resolved, SettingSelection::kAll);
  const auto some = settings_to_json(kitchen.schema, resolved, SettingSelection::kAffectingResult);
  EXPECT_EQ(all.at("seed"), (nlohmann::json{{"value", 3}, {"origin", "flag --seed"}}));
  EXPECT_EQ(all.at("verbose").at("value"), true);
  EXPECT_EQ(some.at("seed"), all.at("seed"));
  for (const char* key : {"quiet", "verbose", "log_json", "json", "threads", "output_dir"}) {
    EXPECT_FALSE(some.contains(key)) << key;
  }
}

TEST(ResolveSettings, ASettingCalledSetComesFromEverySource) {
  Table table;
  EXPECT_EQ(table.resolve({}, {{"REGIMETRY_SET", "blue"}}).origins.at("set"), "environment REGIMETRY_SET");
  EXPECT_EQ(table.serve->set(), "blue");
  EXPECT_EQ(table.resolve({"--set", "white", "--set", "guest_count=7"}, {{"REGIMETRY_SET", "blue"}})
                .origins.at("set"),
            "flag --set");
  EXPECT_EQ(table.serve->set(), "white");
  EXPECT_EQ(table.serve->guest_count(), 7);
  EXPECT_THAT(table.resolve({"--set", "bleu"}).problems,
              testing::ElementsAre(testing::HasSubstr("--set: 'bleu'")));
}

}  // namespace
}  // namespace regimetry::cli

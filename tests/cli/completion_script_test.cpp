// The scripts as a shell uses them: bash runs them, zsh (where there is one) at least reads them.
#include "cli/completion_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "cli/support/fake_program.hpp"
#include "cli/support/run_binary.hpp"

namespace regimetry::cli {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;

// What bash would offer for the last of `words`.
std::set<std::string> complete(const std::string& words,
                               const std::string& script = "<(\"$regimetry_path\" completion bash)") {
  const BinaryRun run = run_bash("source " + script + "; COMP_WORDS=(regimetry " + words +
                                 "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _regimetry; "
                                 "((${#COMPREPLY[@]})) && printf '%s\\n' \"${COMPREPLY[@]}\"; true");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  std::set<std::string> offered;
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) offered.insert(line);
  return offered;
}

TEST(CompletionScript, BashAcceptsIt) {
  const BinaryRun run = run_bash("\"$regimetry_path\" completion bash | bash -n");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
}

TEST(CompletionScript, BashOffersCommandsAndFlags) {
  EXPECT_THAT(complete("''"),
              IsSupersetOf({"doctor", "help", "show-config", "completion", "--help", "--version"}));
  EXPECT_THAT(complete("''"), Not(Contains("probe")));
  EXPECT_EQ(complete("doc"), (std::set<std::string>{"doctor"}));
  EXPECT_EQ(complete("doctor --se"), (std::set<std::string>{"--seed", "--set"}));
  // What is on already needs no flag.
  EXPECT_EQ(complete("ingest --keep"), (std::set<std::string>{}));
  EXPECT_EQ(complete("ingest --no-k"), (std::set<std::string>{"--no-keep-extras"}));
  EXPECT_EQ(complete("show-config doc"), (std::set<std::string>{"doctor"}));
  EXPECT_EQ(complete("show-config doctor --thr"), (std::set<std::string>{"--threads"}));
  EXPECT_EQ(complete("completion ''"), (std::set<std::string>{"bash", "zsh"}));
  EXPECT_TRUE(complete("doctor --seed ''").empty());
}

TEST(CompletionScript, BashOffersFilesWhereAPathIsTaken) {
  const std::string folder = fresh_folder();
  write_text(folder, "my settings.yaml", "seed: 1\n");
  EXPECT_EQ(complete("doctor --output-dir " + folder + "/my"),
            (std::set<std::string>{folder + "/my settings.yaml"}));
  EXPECT_EQ(complete("doctor --config " + folder + "/my"),
            (std::set<std::string>{folder + "/my settings.yaml"}));
}

TEST(CompletionScript, BashCompletesCommandsOfTwoWords) {
  Restaurant restaurant;
  const std::string script = write_text(fresh_folder(), "script", bash_completion(restaurant.view()));
  EXPECT_THAT(complete("''", script), testing::AllOf(IsSupersetOf({"bake", "fry", "serve", "help"}),
                                                     Not(Contains("hot")), Not(Contains("cold"))));
  EXPECT_EQ(complete("serve ''", script), (std::set<std::string>{"hot", "cold", "--help"}));
  EXPECT_EQ(complete("serve c", script), (std::set<std::string>{"cold"}));
  EXPECT_EQ(complete("serve cold --gue", script), (std::set<std::string>{"--guest-count"}));
  EXPECT_EQ(complete("serve cold --se", script), (std::set<std::string>{"--set", "--seed"}));
  EXPECT_EQ(complete("serve cold --set ''", script), (std::set<std::string>{"blue", "white"}));
  EXPECT_EQ(complete("show-config serve h", script), (std::set<std::string>{"hot"}));
  EXPECT_EQ(complete("show-config serve hot --gue", script), (std::set<std::string>{"--guest-count"}));
  EXPECT_EQ(complete("help serve c", script), (std::set<std::string>{"cold"}));
  EXPECT_EQ(complete("help se", script), (std::set<std::string>{"serve"}));
  EXPECT_EQ(complete("help serve cold --gue", script), (std::set<std::string>{}));
  EXPECT_EQ(complete("fry --se", script), (std::set<std::string>{"--set", "--seed"}));
  EXPECT_TRUE(complete("fry --set ''", script).empty());
}

TEST(CompletionScript, ZshJoinsTheWordsOfAName) {
  Restaurant restaurant;
  const std::string script = zsh_completion(restaurant.view());
  EXPECT_THAT(script, testing::HasSubstr("'serve:hot, cold'"));
  EXPECT_THAT(script, testing::HasSubstr("'cold:bring something to the table'"));
  EXPECT_THAT(script, testing::HasSubstr("words[1,2]=(\"serve $words[2]\")"));
  EXPECT_THAT(script, testing::HasSubstr("    'serve cold')\n"));
}

TEST(CompletionScript, ZshAcceptsItWhereThereIsOne) {
  const BinaryRun run =
      run_bash("command -v zsh >/dev/null || exit 77; \"$regimetry_path\" completion zsh | zsh -n");
  if (run.exit_code == 77) GTEST_SKIP() << "no zsh here";
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
}

}  // namespace
}  // namespace regimetry::cli

// `regimetry folds` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/run_binary.hpp"
#include "core/temporary_folder.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class FoldsCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    input_ = (folder_.path() / "features.csv").string();
    std::ofstream file(input_);
    file << "timestamp,symbol,slow,fast\n";
    for (int day = 0; day < 200; ++day) {
      const std::string stamp = format_timestamp((10'000 + day) * kNsPerDay);
      file << stamp << ",AAA," << (day < 3 ? "" : std::to_string(day)) << ",0.5\n";
      file << stamp << ",BBB," << day << ",1.5\n";
    }
  }
  TemporaryFolder folder_;
  std::string input_;
};

TEST_F(FoldsCommandTest, ShowsFolds) {
  const BinaryRun run = run_binary({"folds", input_, "--window-size", "10", "--horizon", "4"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("371 windows of 10 rows, targets 4 rows ahead, from 400 rows of 2 instruments"),
                    HasSubstr("Warm-up rows: 3."), HasSubstr("Purge: 13 bars")));
}

TEST_F(FoldsCommandTest, GivesJson) {
  const BinaryRun run = run_binary({"folds", input_, "--scheme", "combinatorial", "--window-size", "3",
                                    "--group-count", "5", "--test-group-count", "1", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["folds"].size(), 5U);
  EXPECT_EQ(json["paths"].size(), 1U);
  EXPECT_EQ(json["folds"][0]["overlaps"], 0);
}

TEST_F(FoldsCommandTest, CutsAtDates) {
  const BinaryRun run =
      run_binary({"folds", input_, "--scheme", "holdout", "--window-size", "5", "--test-from", "1997-09-01",
                  "--max-gap", "3d", "--from", "1997-06-01", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["folds"][0]["test"]["first"], "1997-09-01T00:00:00Z");
  EXPECT_EQ(json["folds"][0]["train"]["first"], "1997-06-01T00:00:00Z");
}

TEST_F(FoldsCommandTest, ListsEveryProblemAtOnce) {
  const BinaryRun run = run_binary({"folds", input_, "--window-size", "0", "--test-from", "soon", "--max-gap",
                                    "2mo", "--fold-count", "0"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("window_size is 0"), HasSubstr("test_from is 'soon', which is not a date"),
                    HasSubstr("max_gap is '2mo', which is not a fixed length of time"),
                    HasSubstr("fold_count is 0")));
}

TEST_F(FoldsCommandTest, RefusesSettingsThatTheSchemeIgnores) {
  const BinaryRun walk = run_binary({"folds", input_, "--test-from", "1997-09-01", "--group-count", "6"});
  EXPECT_EQ(walk.exit_code, 2);
  EXPECT_THAT(walk.err, AllOf(HasSubstr("test_from is given, but the scheme walk-forward does not use it; it "
                                        "belongs to --scheme holdout"),
                              HasSubstr("group_count is given")));
  const BinaryRun holdout = run_binary(
      {"folds", input_, "--scheme", "holdout", "--embargo-share", "0.01", "--set", "fold_count=3"});
  EXPECT_EQ(holdout.exit_code, 2);
  EXPECT_THAT(holdout.err, AllOf(HasSubstr("belongs to --scheme walk-forward or combinatorial"),
                                 HasSubstr("fold_count is given")));
}

TEST_F(FoldsCommandTest, LooksAtNoSharesWhereDatesCut) {
  const BinaryRun run = run_binary({"folds", input_, "--scheme", "holdout", "--window-size", "5",
                                    "--test-from", "1997-09-01", "--train-share", "7"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const BinaryRun shares = run_binary(
      {"folds", input_, "--scheme", "holdout", "--test-share", "0.1", "--validation-share", "0.1"});
  EXPECT_EQ(shares.exit_code, 2);
  EXPECT_THAT(shares.err, HasSubstr("are 0.7, 0.1 and 0.1, which adds up to 0.9; it must be 1"));
}

TEST_F(FoldsCommandTest, NotesThatColumnsWereNotMadeAsFeatures) {
  EXPECT_THAT(run_binary({"folds", input_}).err,
              AllOf(HasSubstr("was not written by 'regimetry features'"), HasSubstr("slow, fast")));
}

TEST_F(FoldsCommandTest, SaysHowManyRowsItTakes) {
  const BinaryRun run = run_binary({"folds", input_, "--window-size", "300"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("300 rows in a row are needed (window_size 300), and the longest usable "
                                 "stretch has 200"));
}

}  // namespace
}  // namespace regimetry::cli

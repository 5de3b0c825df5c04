#include "analysis/stage_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::analysis {
namespace {

using market::RecordingObserver;
using testing::ElementsAre;
using testing::IsEmpty;

class StageRunnerTest : public testing::Test {
 protected:
  StageRunnerTest() { std::filesystem::create_directories(folder_); }
  ~StageRunnerTest() override { std::filesystem::remove_all(folder_); }

  // Runs a stage that writes `text` into `file`; says whether it had to run.
  bool run(StageRunner& runner, const Stage& stage, const std::string& file = "made.txt",
           const std::string& text = "made") {
    bool has_run = false;
    runner.run(stage, [&](Observer& observer) {
      has_run = true;
      observer.on_warning("careful");
      observer.on_note("by the way");
      write_file_atomically(folder_ / file, text);
      return StageOutcome{{file}, "a file"};
    });
    return has_run;
  }
  StageRunner runner(const std::string& program = "1", bool skips_nothing = false) {
    return {folder_, {program, skips_nothing, ""}, observer_};
  }

  std::filesystem::path folder_ =
      testing::TempDir() + "stage_runner_" + testing::UnitTest::GetInstance()->current_test_info()->name();
  RecordingObserver observer_;
  Stage stage_{"bake", {{"heat", 200}}, {{"flour", 3, "abc"}}};
};

TEST_F(StageRunnerTest, RunsAStageOnceAndThenSaysOfItWhatItSaidThen) {
  StageRunner first = runner();
  EXPECT_TRUE(run(first, stage_));
  EXPECT_THAT(observer_.notes, IsEmpty()) << "notes are for the record";
  StageRunner second = runner();
  EXPECT_FALSE(run(second, stage_));
  const StageRecord& record = second.records().front();
  EXPECT_TRUE(record.was_skipped);
  EXPECT_EQ(record.words, "a file");
  EXPECT_THAT(record.spoken.notes, ElementsAre("by the way"));
  EXPECT_EQ(to_json(record), to_json(first.records().front()));
  EXPECT_THAT(observer_.warnings, ElementsAre("careful", "careful"));
}

TEST_F(StageRunnerTest, RunsAgainWhenAnythingItDependsOnHasChanged) {
  StageRunner first = runner();
  run(first, stage_);
  StageRunner other_program = runner("2");
  EXPECT_TRUE(run(other_program, stage_));
  Stage hotter = stage_;
  hotter.settings["heat"] = 220;
  StageRunner other_settings = runner("2");
  EXPECT_TRUE(run(other_settings, hotter));
  Stage other_flour = hotter;
  other_flour.inputs.front().sha256 = "abd";
  StageRunner other_input = runner("2");
  EXPECT_TRUE(run(other_input, other_flour));
  StageRunner same = runner("2");
  EXPECT_FALSE(run(same, other_flour));
  StageRunner forced = runner("2", true);
  EXPECT_TRUE(run(forced, other_flour));
}

TEST_F(StageRunnerTest, RunsAgainWhenAnOutputWasChangedOrRemoved) {
  StageRunner first = runner();
  run(first, stage_);
  write_file_atomically(folder_ / "made.txt", "edit");  // as long as before
  StageRunner edited = runner();
  EXPECT_TRUE(run(edited, stage_));
  std::filesystem::remove(folder_ / "made.txt");
  StageRunner removed = runner();
  EXPECT_TRUE(run(removed, stage_));
}

TEST_F(StageRunnerTest, RemovesWhatItNoLongerWrites) {
  StageRunner first = runner();
  run(first, stage_, "old.txt");
  StageRunner second = runner("2");
  run(second, stage_, "new.txt");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "old.txt"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "new.txt"));
}

TEST_F(StageRunnerTest, KeepsWhatWasDoneBeforeAStageFailed) {
  StageRunner first = runner();
  run(first, stage_);
  EXPECT_THROW(
      first.run({"ice", {}, {}}, [](Observer&) -> StageOutcome { throw Error(ErrorKind::kData, "no"); }),
      Error);
  StageRunner second = runner();
  EXPECT_FALSE(run(second, stage_));
}

// People must not look at what was made from something else.
TEST_F(StageRunnerTest, RemovesWhatIsShownBeforeAnythingRunsAgain) {
  StageRunner first = runner();
  run(first, stage_);
  run(first, {"report", {}, {}}, "page.html");
  StageRunner second(folder_, {"2", false, "report"}, observer_);
  EXPECT_THROW(second.run(stage_, [](Observer&) -> StageOutcome { throw Error(ErrorKind::kData, "no"); }),
               Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "page.html"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "made.txt"));
}

TEST_F(StageRunnerTest, NeverTouchesAFileOutsideItsFolder) {
  const std::filesystem::path outside = folder_.string() + "_outside.txt";
  write_file_atomically(outside, "keep");
  for (const std::string& path : {outside.string(), "../" + outside.filename().string()}) {
    write_file_atomically(
        folder_ / kStagesFile,
        R"([{"name":"bake","key":"k","words":"","notes":[],"warnings":[],"outputs":[{"path":")" + path +
            R"(","bytes":4,"sha256":"x"}]}])");
    StageRunner again = runner();
    EXPECT_TRUE(run(again, stage_));
    EXPECT_TRUE(std::filesystem::exists(outside)) << path;
  }
  std::filesystem::remove(outside);
}

TEST_F(StageRunnerTest, TakesADamagedRecordForNone) {
  for (const char* text : {"", "{", "[1]", R"([{"name":"bake"}])", R"({"name":1})"}) {
    StageRunner first = runner();
    run(first, stage_);
    write_file_atomically(folder_ / kStagesFile, text);
    StageRunner second = runner();
    EXPECT_TRUE(run(second, stage_)) << text;
  }
}

}  // namespace
}  // namespace regimetry::analysis

#include "analysis/clean_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "analysis/stage_runner.hpp"
#include "core/atomic_file.hpp"

namespace regimetry::analysis {
namespace {

class CleanFolder : public testing::Test {
 protected:
  CleanFolder() { std::filesystem::create_directories(folder_ / "A/model"); }
  ~CleanFolder() override { std::filesystem::remove_all(folder_); }

  // A stage that wrote these files, each of which is made.
  void record(const std::filesystem::path& folder, const std::vector<std::string>& files) {
    StageRunner runner(folder, {"1", false, ""}, silent_observer());
    runner.run({"stage", {}, {}}, [&](Observer&) {
      for (const std::string& file : files) write_file_atomically(folder / file, "x");
      return StageOutcome{files, ""};
    });
  }
  [[nodiscard]] bool has(const std::string& path) const { return std::filesystem::exists(folder_ / path); }

  std::filesystem::path folder_ = testing::TempDir() + "clean_folder";
};

TEST_F(CleanFolder, RemovesWhatWasRecordedAndNothingElse) {
  write_file_atomically(folder_ / "mine.txt", "keep");
  record(folder_ / "A", {"report.html", "model/weights"});
  record(folder_, {"overview.html", "A/bars.parquet"});
  clean_folder(folder_);
  EXPECT_FALSE(has("A"));
  EXPECT_FALSE(has("overview.html"));
  EXPECT_FALSE(has(kStagesFile));
  EXPECT_EQ(read_file(folder_ / "mine.txt"), "keep");
}

TEST_F(CleanFolder, NeverLeavesTheFolder) {
  const std::filesystem::path outside = folder_ / "outside.txt";
  write_file_atomically(outside, "keep");
  write_file_atomically(
      folder_ / "A" / kStagesFile,
      R"([{"name":"s","key":"k","words":"","notes":[],"warnings":[],"outputs":[{"path":"../outside.txt","bytes":4,"sha256":""},)"
      R"({"path":")" +
          outside.string() + R"(","bytes":4,"sha256":""}]}])");
  clean_folder(folder_ / "A");
  EXPECT_TRUE(std::filesystem::exists(outside));
}

TEST_F(CleanFolder, LeavesAFolderAloneThatNothingWasRecordedOf) {
  write_file_atomically(folder_ / "A/notes.txt", "keep");
  clean_folder(folder_ / "A");
  EXPECT_TRUE(has("A/notes.txt"));
}

}  // namespace
}  // namespace regimetry::analysis

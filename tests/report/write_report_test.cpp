#include "report/write_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "report/figures/write_figures.hpp"
#include "report/run_files.hpp"

namespace regimetry::report {
namespace {

using testing::Contains;
using testing::Not;

ReportOptions page_only() {
  ReportOptions options;
  options.with_figures = false;
  return options;
}

ReportOptions figures_only() {
  ReportOptions options;
  options.with_page = false;
  return options;
}

ReportOptions with_palette(const std::string& name) {
  ReportOptions options;
  options.palette = name;
  return options;
}

class WriteReport : public testing::Test {
 protected:
  WriteReport() {
    std::filesystem::create_directories(folder_);
    std::string text = "timestamp,close,Cluster_ID\n";
    for (int day = 1; day <= 28; ++day)
      text += "2020-01-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "," +
              std::to_string(100 + day % 5) + "," + std::to_string(day / 10) + "\n";
    write_file_atomically(folder_ / kAssignmentsFile, text);
  }
  ~WriteReport() override { std::filesystem::remove_all(folder_); }

  WrittenReport write(const ReportOptions& options) { return write_report(folder_, nullptr, options, pool_); }
  [[nodiscard]] bool has(const char* name) const { return std::filesystem::exists(folder_ / name); }

  std::filesystem::path folder_ =
      testing::TempDir() + "write_report_" + testing::UnitTest::GetInstance()->current_test_info()->name();
  ThreadPool pool_{2};
};

TEST_F(WriteReport, WritesWhatItSaysItWrote) {
  const WrittenReport written = write({});
  for (const std::string& file : written.files) EXPECT_TRUE(std::filesystem::exists(folder_ / file)) << file;
  EXPECT_THAT(written.files, Contains("report.html"));
  EXPECT_THAT(written.files, Contains("price_overlay_mplot.png"));
  EXPECT_THAT(written.files, Not(Contains("tsne_mplot.png")));
  EXPECT_EQ(written.name, "Market 1d");
}

TEST_F(WriteReport, GivesTheSameBytesAgain) {
  std::vector<std::string> first;
  for (const std::string& file : write({}).files) first.push_back(read_file(folder_ / file));
  std::vector<std::string> second;
  for (const std::string& file : write({}).files) second.push_back(read_file(folder_ / file));
  EXPECT_EQ(first, second);
}

TEST_F(WriteReport, WritesOnlyTheFormatsThatWereAskedFor) {
  write({});
  const WrittenReport page = write(page_only());
  EXPECT_THAT(page.files, Not(Contains("price_overlay_mplot.png")));
  EXPECT_FALSE(has("price_overlay_mplot.png")) << "a picture of an earlier report must not outlive it";
  std::filesystem::remove(folder_ / kReportFile);
  write(figures_only());
  EXPECT_FALSE(has(kReportFile));
  EXPECT_TRUE(has("price_overlay_mplot.svg"));
}

TEST_F(WriteReport, SaysWhichFolderHoldsArtifactsOfAnotherShape) {
  for (const char* text : {"{}", R"({"regimes": 3})"}) {
    write_file_atomically(folder_ / kStructureFile, text);
    try {
      write({});
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData);
      EXPECT_THAT(error.what(), testing::HasSubstr("regimetry analyze --force"));
    }
  }
}

TEST_F(WriteReport, KnowsPalettesByTheirNames) {
  EXPECT_TRUE(with_palette("Set2").problems().empty());
  EXPECT_FALSE(with_palette("Set22").problems().empty());
}

}  // namespace
}  // namespace regimetry::report

#include "report/figures/write_figures.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

RegimeRun whole_run() {
  RegimeRun run = run_of(spells(400, 20, 3));
  run.final_labels.structure = three_regime_structure();
  run.asof_labels.ids = run.final_labels.ids;
  run.open = run.high = run.low = run.close;
  for (const char* method : {"umap", "pca", "tsne"}) run.maps.push_back(circle_map(run, method));
  return run;
}

std::vector<std::string> names_of(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::string> names;
  for (const auto& path : paths) names.push_back(path.filename());
  return names;
}

std::map<std::string, std::string> bytes_of(const std::vector<std::filesystem::path>& paths) {
  std::map<std::string, std::string> bytes;
  for (const auto& path : paths) bytes[path.filename()] = TemporaryFolder::read(path);
  return bytes;
}

TEST(WriteFigures, WritesTheFilesThatScriptsLookFor) {
  const TemporaryFolder folder;
  ThreadPool pool(2);
  const auto written = write_figures(folder.path(), whole_run(), {}, pool);
  EXPECT_THAT(names_of(written),
              testing::ElementsAre(
                  "price_overlay_mplot.png", "price_overlay_mplot.svg", "price_overlay_last150_mplot.png",
                  "price_overlay_last150_mplot.svg", "timeline_mplot.png", "timeline_mplot.svg",
                  "cluster_distribution_mplot.png", "cluster_distribution_mplot.svg",
                  "transition_matrix_heatmap.png", "transition_matrix_heatmap.svg", "pca_mplot.png",
                  "pca_mplot.svg", "tsne_mplot.png", "tsne_mplot.svg", "umap_mplot.png", "umap_mplot.svg"));
  EXPECT_EQ(written, figure_paths(folder.path()));
  EXPECT_EQ(folder.file_count(), 16);
  for (const auto& [name, bytes] : bytes_of(written)) {
    if (name.ends_with(".png")) {
      EXPECT_EQ(DecodedPng(bytes).width(), 2800) << name;
    } else {
      EXPECT_EQ(xml_problem(bytes), "") << name;
    }
  }
}

TEST(WriteFigures, SkipsWhatTheRunHasNoDataFor) {
  RegimeRun run = run_of(spells(100, 10, 2));
  run.close.clear();
  run.maps.push_back(PlacedMap{"pca", {}, {}, {}, {}, {}});
  const TemporaryFolder folder;
  ThreadPool pool(1);
  EXPECT_THAT(names_of(write_figures(folder.path(), run, {}, pool)),
              testing::ElementsAre("timeline_mplot.png", "timeline_mplot.svg",
                                   "cluster_distribution_mplot.png", "cluster_distribution_mplot.svg"));
  EXPECT_EQ(folder.file_count(), 4);
  EXPECT_TRUE(write_figures(folder.path(), run_of({}), {}, pool).empty());
}

TEST(WriteFigures, SameRunSameBytesWhateverThePool) {
  const RegimeRun run = whole_run();
  const TemporaryFolder folder;
  ThreadPool alone(1), together(8);
  const auto expected = bytes_of(write_figures(folder.path(), run, {.width_px = 500}, alone));
  for (int again = 0; again < 5; ++again) {
    for (const auto& [name, bytes] : bytes_of(write_figures(folder.path(), run, {.width_px = 500}, together)))
      EXPECT_TRUE(bytes == expected.at(name)) << name;
  }
}

TEST(WriteFigures, UsesThePaletteAndTheWidth) {
  const TemporaryFolder folder;
  ThreadPool pool(1);
  const auto bytes =
      bytes_of(write_figures(folder.path(), whole_run(), {.palette = "tab10", .width_px = 700}, pool));
  for (const auto& [name, content] : bytes) {
    if (name.ends_with(".png")) {
      EXPECT_EQ(DecodedPng(content).width(), 1400) << name;
    } else {
      EXPECT_THAT(content, testing::HasSubstr(svg_color(color_of("#1f77b4")))) << name;
    }
  }
}

TEST(WriteFigures, ListsEveryProblemOfItsOptions) {
  EXPECT_TRUE(FigureOptions{}.problems().empty());
  EXPECT_EQ((FigureOptions{.palette = "tab11", .width_px = 20}.problems().size()), 2U);
  EXPECT_EQ((FigureOptions{.width_px = 4001}.problems().size()), 1U);
  const TemporaryFolder folder;
  ThreadPool pool(1);
  const std::string message = message_of(ErrorKind::kUsage, [&] {
    write_figures(folder.path(), whole_run(), {.palette = "tab11", .width_px = 20}, pool);
  });
  EXPECT_THAT(message, testing::HasSubstr("did you mean 'tab10'?"));
  EXPECT_THAT(message, testing::HasSubstr("width_px is 20"));
  EXPECT_EQ(folder.file_count(), 0);
}

TEST(WriteFigures, AFolderThatIsMissingIsAnErrorThatNamesIt) {
  const TemporaryFolder folder;
  ThreadPool pool(1);
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { write_figures(folder / "nowhere", whole_run(), {}, pool); }),
      testing::HasSubstr("nowhere"));
}

}  // namespace
}  // namespace regimetry::report

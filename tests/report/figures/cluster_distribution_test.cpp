#include "report/figures/cluster_distribution.hpp"

#include <gmock/gmock.h>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

constexpr double kLeft = 150, kRoom = 1400 - 150 - 270, kRowHeight = 46;

double bar_middle(int row) {
  return 88 + row * kRowHeight + 11;
}

TEST(ClusterDistribution, BarsAreAsLongAsTheirShare) {
  std::vector<std::int32_t> ids(60, 0);
  ids.insert(ids.end(), 30, 2);  // regime 1 never occurs
  ids.insert(ids.end(), 10, -1);
  const FigureStyle style = make_figure_style("regimetry", 3);
  const RegimeRun run = run_of(ids);
  const DecodedPng png(render(cluster_distribution(run, style).value(), FigureFormat::kPng, 1400));
  const std::string zero = hex_of(style.regime_colors[0]), two = hex_of(style.regime_colors[2]);
  EXPECT_EQ(png.at(kLeft + kRoom - 4, bar_middle(0)), zero);
  EXPECT_EQ(png.at(kLeft + kRoom + 4, bar_middle(0)), "#ffffff");
  EXPECT_EQ(png.at(kLeft + kRoom / 2 - 4, bar_middle(2)), two);
  EXPECT_EQ(png.at(kLeft + kRoom / 2 + 4, bar_middle(2)), "#ffffff");
  EXPECT_EQ(png.count(hex_of(style.regime_colors[1]), {0, 0, 1400, 300}), 0);
  EXPECT_TRUE(png.has_ink({20, bar_middle(3) - 10, 120, 20})) << "no label";
  EXPECT_TRUE(png.has_ink({kLeft + 5, bar_middle(1) - 10, 200, 20})) << "0 %";
}

TEST(ClusterDistribution, LabelsKnownAtTheTimeHaveABarOfTheirOwn) {
  RegimeRun run = run_of(spells(100, 50, 2));
  const FigureStyle style = make_figure_style("regimetry", 2);
  const auto thin_bar = [&] {
    const DecodedPng png(render(*cluster_distribution(run, style), FigureFormat::kPng, 1400));
    return png.at(kLeft + 20, 88 + 22 + 2 + 4);
  };
  EXPECT_EQ(thin_bar(), "#ffffff");
  run.asof_labels.ids = run.final_labels.ids;
  EXPECT_EQ(thin_bar(), hex_of(tint(style.regime_colors[0], 0.35)));
}

TEST(ClusterDistribution, DrawsOneManyOrNoRegimes) {
  for (const int count : {0, 1, 24}) {
    const RegimeRun run = run_of(count == 0 ? std::vector<std::int32_t>(30, -1) : spells(300, 5, count));
    const FigureStyle style = make_figure_style("husl", count);
    const std::string svg = render(cluster_distribution(run, style).value(), FigureFormat::kSvg, 1400);
    EXPECT_EQ(xml_problem(svg), "");
    for (const Color& color : style.regime_colors) EXPECT_THAT(svg, testing::HasSubstr(svg_color(color)));
  }
  EXPECT_FALSE(cluster_distribution(run_of({}), make_figure_style("husl", 0)));
}

}  // namespace
}  // namespace regimetry::report

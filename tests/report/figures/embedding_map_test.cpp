#include "report/figures/embedding_map.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

constexpr Box kPlot{50, 88, 1320, 860};
constexpr double kRoom = 26;

// Four points at the corners of a square.
PlacedMap square_map() {
  PlacedMap map;
  map.method = "tsne";
  map.bars = {0, 1, 2, 3};
  map.x = {0, 1, 0, 1};
  map.y = {0, 0, 1, 1};
  return map;
}

DecodedPng picture(const RegimeRun& run, const PlacedMap& map, const FigureStyle& style) {
  return DecodedPng(render(embedding_map(run, map, style).value(), FigureFormat::kPng, 1400));
}

// Where a point of the unit square is drawn.
Point place(double x, double y) {
  const double side = kPlot.height - 2 * kRoom;
  return {kPlot.left + kPlot.width / 2 + (x - 0.5) * side, kPlot.top + kPlot.height / 2 - (y - 0.5) * side};
}

TEST(EmbeddingMap, PointsHaveTheColorOfTheirBarAndOneScale) {
  const RegimeRun run = run_of({2, 1, 0, -1});
  const FigureStyle style = make_figure_style("regimetry", 3);
  const DecodedPng png = picture(run, square_map(), style);
  const auto at = [&](double x, double y) { return png.at(place(x, y).x, place(x, y).y); };
  EXPECT_EQ(at(0, 0), hex_of(style.regime_colors[2]));
  EXPECT_EQ(at(1, 0), hex_of(style.regime_colors[1]));
  EXPECT_EQ(at(0, 1), hex_of(style.regime_colors[0]));
  EXPECT_EQ(at(1, 1), hex_of(style.muted));
  EXPECT_EQ(at(0.5, 0.5), "#ffffff");
}

TEST(EmbeddingMap, TheShapeOfMarksChangesEveryEightRegimes) {
  const FigureStyle style = make_figure_style("regimetry", 32);
  std::vector<int> areas;
  for (const std::int32_t id : {1, 9, 17, 25}) {
    FigureStyle one_color = style;
    one_color.regime_colors.assign(32, Color{1, 0, 0});
    const DecodedPng png = picture(run_of({id, id, id, id}), square_map(), one_color);
    areas.push_back(png.count("#ff0000", kPlot));
    EXPECT_GT(areas.back(), 100) << id;
  }
  for (std::size_t i = 0; i < areas.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(areas[i], areas[j]) << i << ' ' << j;
  }
}

TEST(EmbeddingMap, TellsMethodAndTrust) {
  const RegimeRun run = run_of({0, 0, 0, 0});
  const FigureStyle style = make_figure_style("regimetry", 1);
  const auto svg_of = [&](const PlacedMap& map) {
    return render(*embedding_map(run, map, style), FigureFormat::kSvg, 1400);
  };
  PlacedMap map = square_map();
  const std::string plain = svg_of(map);
  map.trustworthiness = 0.93;
  const std::string trusted = svg_of(map);
  EXPECT_NE(trusted, plain);
  map.method = "umap";
  EXPECT_NE(svg_of(map), trusted);
  EXPECT_EQ(xml_problem(trusted), "");
}

TEST(EmbeddingMap, WithoutPointsThereIsNoFigure) {
  const RegimeRun run = run_of({0, 0, 0, 0});
  const FigureStyle style = make_figure_style("regimetry", 1);
  EXPECT_FALSE(embedding_map(run, PlacedMap{"pca", {}, {}, {}, {}, {}}, style));
  PlacedMap map = square_map();
  map.x.assign(4, std::numeric_limits<float>::quiet_NaN());
  EXPECT_FALSE(embedding_map(run, map, style));
}

TEST(EmbeddingMap, LeavesOutPointsThatAreNotFiniteAndDrawsASinglePoint) {
  const RegimeRun run = run_of({0, 0, 0, 0});
  const FigureStyle style = make_figure_style("regimetry", 1);
  PlacedMap map = square_map();
  for (std::size_t i = 1; i < 4; ++i) map.y[i] = std::numeric_limits<float>::infinity();
  const DecodedPng png = picture(run, map, style);
  EXPECT_EQ(png.at(kPlot.left + kPlot.width / 2, kPlot.top + kPlot.height / 2),
            hex_of(style.regime_colors[0]));
}

TEST(EmbeddingMap, TenThousandPointsStayASmallFile) {
  const RegimeRun run = run_of(spells(10'000, 5, 24));
  PlacedMap map = circle_map(run, "umap");
  const std::string svg =
      render(*embedding_map(run, map, make_figure_style("regimetry", 24)), FigureFormat::kSvg, 1400);
  EXPECT_LT(svg.size(), 800'000U);
  EXPECT_EQ(xml_problem(svg), "");
}

}  // namespace
}  // namespace regimetry::report

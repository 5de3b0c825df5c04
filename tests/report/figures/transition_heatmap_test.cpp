#include "report/figures/transition_heatmap.hpp"

#include <gmock/gmock.h>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

RegimeRun described_run() {
  RegimeRun run = run_of({0, 1, 1, 0, -1, 2});
  run.final_labels.structure = three_regime_structure();
  return run;
}

// A corner of a cell, clear of its numbers; with three regimes a cell is 210 by 105 units.
std::string shade(const DecodedPng& png, int row, int column) {
  return png.at(190 + column * 210 + 8, 88 + 64 + row * 105 + 8);
}

TEST(TransitionHeatmap, ShadesTheChanceFromRowToColumn) {
  const RegimeRun run = described_run();
  const FigureStyle style = make_figure_style("regimetry", 3);
  const DecodedPng png(render(transition_heatmap(run, style).value(), FigureFormat::kPng, 1400));
  EXPECT_EQ(shade(png, 0, 0), hex_of(blue_shade(std::sqrt(0.75))));
  EXPECT_EQ(shade(png, 0, 1), hex_of(blue_shade(0.5)));
  EXPECT_EQ(shade(png, 1, 0), "#ffffff");
  EXPECT_EQ(shade(png, 1, 1), hex_of(blue_shade(1)));
  EXPECT_EQ(shade(png, 2, 2), "#f5f5f5") << "never left: unknown, which is not a chance of none";
}

TEST(TransitionHeatmap, RowsAndColumnsHaveTheColorsOfTheirRegimes) {
  const RegimeRun run = described_run();
  const FigureStyle style = make_figure_style("regimetry", 3);
  const DecodedPng png(render(*transition_heatmap(run, style), FigureFormat::kPng, 1400));
  for (int id = 0; id < 3; ++id) {
    const std::string color = hex_of(style.regime_colors[static_cast<std::size_t>(id)]);
    EXPECT_EQ(png.at(190 - 10, 152 + id * 105 + 50), color);
    EXPECT_EQ(png.at(190 + id * 210 + 100, 152 - 10), color);
  }
}

TEST(TransitionHeatmap, IntervalsStandBelowTheChancesOfFewRegimes) {
  RegimeRun run = described_run();
  const FigureStyle style = make_figure_style("regimetry", 12);
  const std::string with = render(*transition_heatmap(run, style), FigureFormat::kSvg, 1400);
  run.final_labels.structure["transitions"]["low"] = nlohmann::ordered_json::array();
  const std::string without = render(*transition_heatmap(run, style), FigureFormat::kSvg, 1400);
  EXPECT_GT(with.size(), without.size());

  // With twelve regimes there is no room: the intervals change nothing.
  const nlohmann::ordered_json even = std::vector<std::vector<double>>(12, std::vector<double>(12, 1.0 / 12));
  run.final_labels.structure = {{"transitions", {{"probabilities", even}}}};
  const std::string many = render(*transition_heatmap(run, style), FigureFormat::kSvg, 1400);
  run.final_labels.structure["transitions"]["low"] = even;
  run.final_labels.structure["transitions"]["high"] = even;
  EXPECT_EQ(render(*transition_heatmap(run, style), FigureFormat::kSvg, 1400), many);
}

TEST(TransitionHeatmap, WithoutADescriptionThereIsNoFigure) {
  RegimeRun run = described_run();
  const FigureStyle style = make_figure_style("regimetry", 3);
  for (const char* json :
       {"null", "{}", R"({"transitions": {}})", R"({"transitions": {"probabilities": []}})"}) {
    run.final_labels.structure = nlohmann::ordered_json::parse(json);
    EXPECT_FALSE(transition_heatmap(run, style)) << json;
  }
}

TEST(TransitionHeatmap, DrawsOneAndManyRegimesAndUnknownNumbers) {
  for (const std::size_t count : {1U, 8U, 24U}) {
    RegimeRun run = run_of(spells(100, 2, static_cast<int>(count)));
    std::vector<std::vector<double>> even(count,
                                          std::vector<double>(count, 1.0 / static_cast<double>(count)));
    run.final_labels.structure = {{"transitions", {{"probabilities", even}, {"low", even}, {"high", even}}}};
    run.final_labels.structure["transitions"]["low"][0][0] = nullptr;
    const std::string svg =
        render(*transition_heatmap(run, make_figure_style("regimetry", static_cast<int>(count))),
               FigureFormat::kSvg, 1400);
    EXPECT_EQ(xml_problem(svg), "");
    EXPECT_LT(svg.size(), 400'000U);
  }
}

}  // namespace
}  // namespace regimetry::report

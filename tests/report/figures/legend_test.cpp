#include "report/figures/legend.hpp"

#include <gmock/gmock.h>

#include "report/figures/decoded_png.hpp"

namespace regimetry::report {
namespace {

TEST(Legend, NamesRegimesThatOccurAndBarsWithoutLabel) {
  const FigureStyle style = make_figure_style("regimetry", 3);
  const RegimeShares shares = regime_shares(std::vector<std::int32_t>{0, 0, 2, -1}, 3);
  const auto entries = regime_entries(shares, style);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].words, "regime 0  50.0 %");
  EXPECT_EQ(entries[1].words, "regime 2  25.0 %");
  EXPECT_EQ(entries[1].color, style.regime_colors[2]);
  EXPECT_EQ(entries[2].words, "no label  25.0 %");
  const auto with_others = regime_entries(shares, style, std::vector<std::int64_t>{0, 7, 0});
  ASSERT_EQ(with_others.size(), 4U);
  EXPECT_EQ(with_others[1].words, "regime 1  0 %");
}

TEST(Legend, TakesMoreRowsWhereEntriesNeedThem) {
  const FigureStyle style = make_figure_style("regimetry", 24);
  const std::vector<LegendEntry> many(24, {"regime 11  11.1 %", {1, 0, 0}, std::nullopt});
  const Legend narrow(many, 400, style), wide(many, 1300, style);
  EXPECT_GT(narrow.height(), wide.height());
  EXPECT_EQ(Legend({}, 1300, style).height(), 0);
  EXPECT_GT(Legend(many, 10, style).height(), narrow.height()) << "one column when there is room for none";
}

TEST(Legend, DrawsEveryMarkInItsColor) {
  const FigureStyle style = make_figure_style("regimetry", 2);
  const Legend legend({{"a", {1, 0, 0}, std::nullopt}, {"b", {0, 0, 1}, Marker::kDot}}, 1000, style);
  Canvas canvas(FigureFormat::kPng, 1400, 100);
  legend.draw(canvas, 100, 10);
  const DecodedPng png(canvas.finish());
  EXPECT_EQ(png.at(110, 24), "#ff0000");
  EXPECT_GT(png.count("#0000ff", {120, 0, 1000, 100}), 50);
}

}  // namespace
}  // namespace regimetry::report

#include "report/figures/price_overlay.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"
#include "report/figures/regime_shares.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr Box kPlot{100, 88, 1270, 470};
constexpr double kBandY = 91;    // within the plot, above every price
constexpr double kStripY = 566;  // in the strip of full colours below it
constexpr double kBandTint = 0.32;

FigureStyle style_of(const RegimeRun& run) {
  return make_figure_style("regimetry", regime_count(run));
}

DecodedPng picture(const RegimeRun& run, const FigureStyle& style) {
  return DecodedPng(render(price_overlay(run, style).value(), FigureFormat::kPng, 1400));
}

double x_of(double bar, double bar_count) {
  return kPlot.left + bar / bar_count * kPlot.width;
}

TEST(PriceOverlay, EachBandHasTheColorOfItsRegime) {
  const RegimeRun run = run_of(spells(300, 50, 3));
  const FigureStyle style = style_of(run);
  const DecodedPng png = picture(run, style);
  for (int spell = 0; spell < 6; ++spell) {
    const double x = x_of(spell * 50 + 25, 300);
    const Color& color = style.regime_colors[static_cast<std::size_t>(spell % 3)];
    EXPECT_EQ(png.at(x, kStripY), hex_of(color)) << spell;
    EXPECT_EQ(png.at(x, kBandY), hex_of(tint(color, kBandTint))) << spell;
  }
}

TEST(PriceOverlay, OtherLabelsAreAnotherPicture) {
  RegimeRun run = run_of(spells(300, 50, 3));
  const FigureStyle style = style_of(run);
  const std::string before = render(*price_overlay(run, style), FigureFormat::kSvg, 1400);
  EXPECT_EQ(render(*price_overlay(run, style), FigureFormat::kSvg, 1400), before);
  std::swap(run.final_labels.ids.front(), run.final_labels.ids.back());
  EXPECT_NE(render(*price_overlay(run, style), FigureFormat::kSvg, 1400), before);
}

TEST(PriceOverlay, BarsWithoutARegimeHaveNoBand) {
  RegimeRun run = run_of(spells(100, 100, 1));
  std::fill_n(run.final_labels.ids.begin(), 50, -1);
  const DecodedPng png = picture(run, style_of(run));
  EXPECT_EQ(png.at(x_of(20, 100), kBandY), "#ffffff");
  EXPECT_EQ(png.at(x_of(20, 100), kStripY), "#ffffff");
  EXPECT_NE(png.at(x_of(80, 100), kBandY), "#ffffff");
}

TEST(PriceOverlay, MissingPricesLeaveAGap) {
  RegimeRun run = run_of(spells(100, 100, 1));
  const auto has_line = [&](const DecodedPng& png, double bar) {
    return png.has_ink({x_of(bar, 100) - 2, kPlot.top + 2, 4, kPlot.height - 4});
  };
  EXPECT_TRUE(has_line(picture(run, style_of(run)), 50));
  for (std::size_t i = 45; i < 55; ++i) run.close[i] = kMissing;
  const DecodedPng png = picture(run, style_of(run));
  EXPECT_FALSE(has_line(png, 50));
  EXPECT_TRUE(has_line(png, 40));
  EXPECT_TRUE(has_line(png, 60));
}

TEST(PriceOverlay, WithoutAnyCloseThereIsNoFigure) {
  RegimeRun run = run_of(spells(20, 5, 2));
  const FigureStyle style = style_of(run);
  run.close.assign(20, kMissing);
  EXPECT_FALSE(price_overlay(run, style));
  EXPECT_FALSE(recent_price_overlay(run, style, 10));
  run.close.clear();
  EXPECT_FALSE(price_overlay(run, style));
  EXPECT_FALSE(recent_price_overlay(run, style, 10));
}

TEST(PriceOverlay, AManyfoldPriceIsDrawnOnALogarithmicScale) {
  RegimeRun run = run_of(spells(101, 101, 1));
  for (std::size_t i = 0; i <= 100; ++i) run.close[i] = std::pow(10.0, static_cast<double>(i) / 50);
  const DecodedPng png = picture(run, style_of(run));
  // Even growth is a straight line: half way up at half time.
  EXPECT_TRUE(png.has_ink({x_of(50.5, 101) - 3, kPlot.top + kPlot.height / 2 - 5, 6, 10}));
}

TEST(PriceOverlay, DrawsAnyNumberOfRegimesAndBars) {
  for (const int regime_count : {1, 12, 24, 30}) {
    for (const int bar_count : {1, 2, 150, 3000}) {
      const RegimeRun run = run_of(spells(bar_count, 3, regime_count));
      const std::string svg = render(*price_overlay(run, style_of(run)), FigureFormat::kSvg, 1400);
      EXPECT_EQ(xml_problem(svg), "");
      EXPECT_THAT(svg, testing::HasSubstr(svg_color(style_of(run).regime_colors[0])));
      EXPECT_THAT(svg, testing::Not(testing::HasSubstr("nan")));
    }
  }
}

TEST(PriceOverlay, ManyBarsStayASmallFileThatKeepsSpikes) {
  RegimeRun run = run_of(spells(100'000, 7, 6), kNsPerHour);
  run.close[70'000] = 112;  // a single bar, above all others
  const FigureStyle style = style_of(run);
  const std::string svg = render(*price_overlay(run, style), FigureFormat::kSvg, 1400);
  EXPECT_LT(svg.size(), 400'000U);
  const DecodedPng png = picture(run, style);
  EXPECT_TRUE(png.has_ink({x_of(70'000, 100'000) - 3, kPlot.top + 20, 6, 20}));
  EXPECT_FALSE(png.has_ink({x_of(60'000, 100'000) - 3, kPlot.top + 20, 6, 20}));
}

RegimeRun run_with_candles(int bar_count) {
  RegimeRun run = run_of(spells(bar_count, 20, 2));
  for (int i = 0; i < bar_count; ++i) {
    const double middle = 100 + i % 2;
    run.open.push_back(middle - (i < bar_count - 10 ? 1 : -1));  // the last ten fall
    run.close[static_cast<std::size_t>(i)] = middle + (i < bar_count - 10 ? 1 : -1);
    run.high.push_back(middle + 2);
    run.low.push_back(middle - 2);
  }
  return run;
}

TEST(RecentPriceOverlay, CandlesAreHollowUpAndFilledDown) {
  const RegimeRun run = run_with_candles(400);
  const FigureStyle style = style_of(run);
  const DecodedPng png(render(*recent_price_overlay(run, style, 50), FigureFormat::kPng, 1400));
  const double low = 98 - 0.05 * 5, high = 103 + 0.05 * 5;  // of all candles, with the room beyond
  const auto color_at = [&](int bar, double price) {
    return png.at(x_of(bar - 350 + 0.5, 50), kPlot.bottom() - (price - low) / (high - low) * kPlot.height);
  };
  EXPECT_EQ(color_at(360, 100.3), "#ffffff");
  EXPECT_EQ(color_at(396, 100.3), hex_of(style.ink));
  EXPECT_EQ(color_at(360, 101.5), hex_of(style.ink)) << "its wick";
}

TEST(RecentPriceOverlay, ShowsTheLastBarsAlone) {
  RegimeRun run = run_with_candles(400);
  std::fill_n(run.final_labels.ids.end() - 50, 25, 0);
  std::fill_n(run.final_labels.ids.end() - 25, 25, 1);
  const FigureStyle style = style_of(run);
  const DecodedPng png(render(*recent_price_overlay(run, style, 50), FigureFormat::kPng, 1400));
  EXPECT_EQ(png.at(x_of(1, 50), kStripY), hex_of(style.regime_colors[0]));
  EXPECT_EQ(png.at(x_of(24, 50), kStripY), hex_of(style.regime_colors[0]));
  EXPECT_EQ(png.at(x_of(26, 50), kStripY), hex_of(style.regime_colors[1]));
}

TEST(RecentPriceOverlay, IsALineWhereOnlyTheCloseIsKnown) {
  const RegimeRun with = run_with_candles(60);
  RegimeRun without = with;
  without.high.clear();
  const FigureStyle style = style_of(with);
  EXPECT_NE(render(*recent_price_overlay(with, style, 50), FigureFormat::kSvg, 1400),
            render(*recent_price_overlay(without, style, 50), FigureFormat::kSvg, 1400));
  RegimeRun close_only = run_of(with.final_labels.ids);
  close_only.close = with.close;
  EXPECT_EQ(render(*recent_price_overlay(without, style, 50), FigureFormat::kSvg, 1400),
            render(*recent_price_overlay(close_only, style, 50), FigureFormat::kSvg, 1400));
}

TEST(RecentPriceOverlay, FewerBarsThanAskedForAreAllShownAndAMissingOneIsLeftOut) {
  RegimeRun run = run_with_candles(30);
  run.high[15] = kMissing;
  const FigureStyle style = style_of(run);
  const DecodedPng png(render(*recent_price_overlay(run, style, 150), FigureFormat::kPng, 1400));
  EXPECT_FALSE(png.has_ink({x_of(15.5, 30) - 4, kPlot.top + 2, 8, kPlot.height - 4}));
  EXPECT_TRUE(png.has_ink({x_of(14.5, 30) - 4, kPlot.top + 2, 8, kPlot.height - 4}));
}

}  // namespace
}  // namespace regimetry::report

#include "report/figures/canvas.hpp"

#include <gmock/gmock.h>

#include "report/figures/decoded_png.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

constexpr Color kRed{1, 0, 0}, kBlack{0, 0, 0};

std::string red_box(FigureFormat format, int width_px = 700) {
  Canvas canvas(format, width_px, 400);
  canvas.fill({100, 50, 200, 100}, kRed);
  canvas.text("A & B < C", {600, 300}, {40, kBlack});
  return canvas.finish();
}

TEST(Canvas, PngHasTwiceThePixelsOfItsWidth) {
  const DecodedPng png(red_box(FigureFormat::kPng, 700));
  EXPECT_EQ(png.width(), 1400);
  EXPECT_EQ(png.height(), 400);
  EXPECT_EQ(png.at(200, 100), "#ff0000");
  EXPECT_EQ(png.at(99, 100), "#ffffff");
  EXPECT_EQ(png.at(101, 149), "#ff0000");
  EXPECT_EQ(png.at(101, 151), "#ffffff");
}

TEST(Canvas, EveryWidthShowsTheSamePicture) {
  for (const int width_px : {300, 1000, 1400, 2100}) {
    const DecodedPng png(red_box(FigureFormat::kPng, width_px));
    EXPECT_EQ(png.width(), 2 * width_px);
    EXPECT_EQ(png.at(200, 100), "#ff0000") << width_px;
    EXPECT_EQ(png.at(320, 100), "#ffffff") << width_px;
    EXPECT_EQ(png.at(1390, 399), "#ffffff") << width_px << ": the sheet is white to its last row";
  }
}

TEST(Canvas, SvgIsWellFormedAndSaysItsSizeInPixels) {
  const std::string svg = red_box(FigureFormat::kSvg);
  EXPECT_EQ(xml_problem(svg), "");
  EXPECT_THAT(svg, testing::HasSubstr("width=\"700px\" height=\"200px\""));
  EXPECT_THAT(svg, testing::HasSubstr(svg_color(kRed)));
  EXPECT_THAT(svg, testing::HasSubstr("<symbol"));  // letters are shapes: no font is needed to read them
}

TEST(Canvas, TheCheckOfXmlFindsMistakes) {
  EXPECT_EQ(xml_problem("<a b=\"1\"><c/></a>"), "");
  for (const char* broken : {"", "<a>", "<a></b>", "<a b=\"1></a>", "<a/><b/>", "<a", "</a>"})
    EXPECT_NE(xml_problem(broken), "") << broken;
}

TEST(Canvas, SameDrawingSameBytes) {
  for (const FigureFormat format : {FigureFormat::kPng, FigureFormat::kSvg}) {
    const std::string first = red_box(format);
    for (int again = 0; again < 3; ++again) EXPECT_EQ(red_box(format), first);
  }
}

TEST(Canvas, NothingIsDrawnOutsideOfAClip) {
  Canvas canvas(FigureFormat::kPng, 1400, 100);
  {
    const Canvas::Clip clip(canvas, {0, 0, 50, 100});
    canvas.fill({0, 0, 100, 100}, kRed);
  }
  canvas.fill({200, 0, 100, 100}, kRed);
  const DecodedPng png(canvas.finish());
  EXPECT_EQ(png.at(40, 50), "#ff0000");
  EXPECT_EQ(png.at(60, 50), "#ffffff");
  EXPECT_EQ(png.at(250, 50), "#ff0000");
}

TEST(Canvas, EveryMarkerIsDrawnAtItsPlaceInAShapeOfItsOwn) {
  std::vector<int> areas;
  for (const Marker marker :
       {Marker::kDot, Marker::kSquare, Marker::kTriangle, Marker::kDiamond, Marker::kCross}) {
    Canvas canvas(FigureFormat::kPng, 1400, 200);
    canvas.markers(std::vector<Point>{{100, 100}, {300, 100}}, marker, kRed, 60);
    const DecodedPng png(canvas.finish());
    EXPECT_EQ(png.at(100, 100), "#ff0000");
    EXPECT_EQ(png.at(300, 100), "#ff0000");
    EXPECT_EQ(png.at(200, 100), "#ffffff");
    EXPECT_EQ(png.count("#ff0000", {0, 0, 140, 200}), png.count("#ff0000", {0, 0, 400, 200}) / 2);
    areas.push_back(png.count("#ff0000", {0, 0, 200, 200}));
  }
  for (std::size_t i = 0; i < areas.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(areas[i], areas[j]) << i << ' ' << j;
  }
}

TEST(Canvas, AlignsAndTurnsText) {
  const auto ink_left_of = [](Align align) {
    Canvas canvas(FigureFormat::kPng, 1400, 100);
    canvas.text("MMMM", {700, 60}, {30, kBlack, align});
    const DecodedPng png(canvas.finish());
    return std::pair(png.has_ink({500, 30, 195, 40}), png.has_ink({705, 30, 195, 40}));
  };
  EXPECT_EQ(ink_left_of(Align::kLeft), std::pair(false, true));
  EXPECT_EQ(ink_left_of(Align::kCenter), std::pair(true, true));
  EXPECT_EQ(ink_left_of(Align::kRight), std::pair(true, false));

  Canvas canvas(FigureFormat::kPng, 1400, 300);
  canvas.text("MMMMMM", {700, 150}, {30, kBlack, Align::kCenter, false, /*reads_upwards=*/true});
  const DecodedPng png(canvas.finish());
  EXPECT_TRUE(png.has_ink({675, 90, 25, 20}));
  EXPECT_TRUE(png.has_ink({675, 190, 25, 20}));
  EXPECT_FALSE(png.has_ink({710, 90, 100, 120}));
}

TEST(Canvas, MeasuresText) {
  EXPECT_EQ(text_width("", 20), 0);
  EXPECT_NEAR(text_width("abcabc", 20), 2 * text_width("abc", 20), 1e-6);
  EXPECT_NEAR(text_width("abc", 40), 2 * text_width("abc", 20), 0.1);
  EXPECT_GT(text_width("abc", 20, /*is_bold=*/true), text_width("abc", 20));
}

}  // namespace
}  // namespace regimetry::report

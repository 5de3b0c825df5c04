// A sheet to draw on that becomes the bytes of a PNG or an SVG file: the only place that knows Cairo.
//
// Why: one drawing serves both formats, no screen is needed, and figures speak of boxes, lines and texts.
// Units:  figures are drawn on kSheetWidth units of width, y downwards; `width_px` says how large a unit
// becomes.
//         A PNG has twice as many pixels as `width_px`, so that it stays crisp on fine screens and in print.
// Bytes:  the same drawing gives the same bytes on one machine; another version of Cairo or of the font may
// not. Owner:  holds its surface; one canvas belongs to one thread, different canvases may draw at the same
// time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "report/figures/color.hpp"

namespace regimetry::report {

inline constexpr double kSheetWidth = 1400;

enum class FigureFormat { kPng, kSvg };

struct Point {
  double x = 0, y = 0;
};

struct Box {
  double left = 0, top = 0, width = 0, height = 0;
  [[nodiscard]] double right() const noexcept { return left + width; }
  [[nodiscard]] double bottom() const noexcept { return top + height; }
};

enum class Align { kLeft, kCenter, kRight };  // which point of a text its place is

struct TextStyle {
  double size = 18;  // units
  Color color;
  Align align = Align::kLeft;
  bool is_bold = false;
  bool reads_upwards = false;  // turned by a quarter, for the names of vertical axes
};

enum class Marker { kDot, kSquare, kTriangle, kDiamond, kCross };

class Canvas {
 public:
  // A white sheet of `height` units. `width_px` is the width of the SVG in pixels.
  Canvas(FigureFormat format, int width_px, double height);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void fill(const Box& box, const Color& color);
  // All of them as one shape, so that neighbours show no seam.
  void fill(std::span<const Box> boxes, const Color& color);
  void outline(const Box& box, const Color& color, double line_width = 1);
  // Through all points; corners are rounded.
  void line(std::span<const Point> points, const Color& color, double line_width = 1);
  void line(const Point& from, const Point& to, const Color& color, double line_width = 1);
  // One at each point, `size` across.
  void markers(std::span<const Point> centers, Marker marker, const Color& color, double size);
  // `place` is on the base line of the letters, at their left end, middle or right end.
  void text(std::string_view words, const Point& place, const TextStyle& style);

  // Nothing outside `box` is drawn until the clip ends with its life.
  class Clip {
   public:
    Clip(Canvas& canvas, const Box& box);
    ~Clip();
    Clip(const Clip&) = delete;
    Clip& operator=(const Clip&) = delete;

   private:
    Canvas& canvas_;
  };

  // The file. Ends the drawing. Throws Error (kInternal) when Cairo failed, as for want of memory.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Width of a line of text in units.
[[nodiscard]] double text_width(std::string_view words, double size, bool is_bold = false);

}  // namespace regimetry::report

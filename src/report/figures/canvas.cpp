#include "report/figures/canvas.hpp"

#include <cairo-svg.h>
#include <cairo.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "core/error.hpp"
#include "report/figures/png_bytes.hpp"

namespace regimetry::report {
namespace {

constexpr double kPngPixelsPerPx = 2;
constexpr const char* kFont = "DejaVu Sans";

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw Error(ErrorKind::kInternal, fmt::format("a figure could not be drawn: {}. Free some memory, or make "
                                                "the figures smaller.",
                                                cairo_status_to_string(status)));
}

// Cairo numbers its surfaces from the start of the program and writes the number; the file must not depend on
// it.
std::string without_surface_number(std::string svg) {
  const std::size_t begin = svg.find(" id=\"surface");
  if (begin == std::string::npos) return svg;
  const std::size_t end = svg.find('"', begin + 5);
  return svg.erase(begin, end + 1 - begin);
}

std::string png_of(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  const auto* const words = reinterpret_cast<const std::uint32_t*>(cairo_image_surface_get_data(surface));
  const std::size_t stride =
      static_cast<std::size_t>(cairo_image_surface_get_stride(surface)) / sizeof(std::uint32_t);
  const auto height = static_cast<std::size_t>(cairo_image_surface_get_height(surface));
  return png_bytes({words, stride * height}, cairo_image_surface_get_width(surface), stride);
}

// An eighth of a unit cannot be seen, and has fewer digits in an SVG.
double on_grid(double value) {
  return std::round(value * 8) / 8;
}

void set_color(cairo_t* context, const Color& color) {
  cairo_set_source_rgb(context, color.red, color.green, color.blue);
}

void select_font(cairo_t* context, double size, bool is_bold) {
  cairo_select_font_face(context, kFont, CAIRO_FONT_SLANT_NORMAL,
                         is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(context, size);
}

// Letters keep their shape and place whatever the resolution, so that both formats look alike.
void use_unhinted_letters(cairo_t* context) {
  cairo_font_options_t* const options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(context, options);
  cairo_font_options_destroy(options);
}

void add_box(cairo_t* context, const Box& box) {
  const double left = on_grid(box.left), top = on_grid(box.top);
  cairo_rectangle(context, left, top, on_grid(box.right()) - left, on_grid(box.bottom()) - top);
}

void add_corners(cairo_t* context, const Point& center, std::span<const Point> corners, double size) {
  for (const Point& corner : corners)
    cairo_line_to(context, on_grid(center.x + corner.x * size), on_grid(center.y + corner.y * size));
  cairo_close_path(context);
}

// Marks are many: half a unit is one pixel of a PNG, and fewer digits still.
Point on_mark_grid(const Point& center) {
  return {std::round(center.x * 2) / 2, std::round(center.y * 2) / 2};
}

// A line without length and with round caps is a dot, at a tenth of the bytes of a circle.
void stroke_dots(cairo_t* context, std::span<const Point> centers, double size) {
  for (const Point& center : centers) {
    const Point place = on_mark_grid(center);
    cairo_move_to(context, place.x, place.y);
    cairo_line_to(context, place.x, place.y);
  }
  cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(context, size);
  cairo_stroke(context);
}

void fill_corners(cairo_t* context, std::span<const Point> centers, std::span<const Point> corners,
                  double size) {
  for (const Point& center : centers) {
    cairo_new_sub_path(context);
    add_corners(context, on_mark_grid(center), corners, size);
  }
  cairo_fill(context);
}

}  // namespace

struct Canvas::State {
  FigureFormat format = FigureFormat::kPng;
  std::string svg;  // what Cairo has written so far
  cairo_surface_t* surface = nullptr;
  cairo_t* context = nullptr;
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    cairo_destroy(context);
    cairo_surface_destroy(surface);
  }
};

Canvas::Canvas(FigureFormat format, int width_px, double height) : state_(std::make_unique<State>()) {
  state_->format = format;
  const double scale = width_px / kSheetWidth;
  const double height_px = std::ceil(height * scale);
  if (format == FigureFormat::kSvg) {
    state_->surface = cairo_svg_surface_create_for_stream(append, &state_->svg, width_px, height_px);
    cairo_svg_surface_set_document_unit(state_->surface, CAIRO_SVG_UNIT_PX);
  } else {
    state_->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width_px * kPngPixelsPerPx),
                                   static_cast<int>(height_px * kPngPixelsPerPx));
    cairo_surface_set_device_scale(state_->surface, kPngPixelsPerPx, kPngPixelsPerPx);
  }
  require(cairo_surface_status(state_->surface));
  state_->context = cairo_create(state_->surface);
  cairo_scale(state_->context, scale, scale);
  cairo_set_line_join(state_->context, CAIRO_LINE_JOIN_ROUND);
  use_unhinted_letters(state_->context);
  fill({0, 0, kSheetWidth, std::ceil(height_px / scale)}, {1, 1, 1});
}

Canvas::~Canvas() = default;

void Canvas::fill(const Box& box, const Color& color) {
  fill(std::span(&box, 1), color);
}

void Canvas::fill(std::span<const Box> boxes, const Color& color) {
  for (const Box& box : boxes) add_box(state_->context, box);
  set_color(state_->context, color);
  cairo_fill(state_->context);
}

void Canvas::outline(const Box& box, const Color& color, double line_width) {
  add_box(state_->context, box);
  set_color(state_->context, color);
  cairo_set_line_width(state_->context, line_width);
  cairo_stroke(state_->context);
}

void Canvas::line(std::span<const Point> points, const Color& color, double line_width) {
  for (const Point& point : points) cairo_line_to(state_->context, on_grid(point.x), on_grid(point.y));
  set_color(state_->context, color);
  cairo_set_line_cap(state_->context, points.size() == 1 ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width(state_->context, line_width);
  cairo_stroke(state_->context);
}

void Canvas::line(const Point& from, const Point& to, const Color& color, double line_width) {
  line(std::array{from, to}, color, line_width);
}

void Canvas::markers(std::span<const Point> centers, Marker marker, const Color& color, double size) {
  cairo_t* const context = state_->context;
  set_color(context, color);
  constexpr double kArm = 0.2;  // half the width of an arm of the cross
  switch (marker) {
    case Marker::kDot:
      return stroke_dots(context, centers, size);
    case Marker::kSquare:
      return fill_corners(context, centers,
                          std::array<Point, 4>{{{-0.43, -0.43}, {0.43, -0.43}, {0.43, 0.43}, {-0.43, 0.43}}},
                          size);
    case Marker::kTriangle:
      return fill_corners(context, centers, std::array<Point, 3>{{{0, -0.6}, {0.58, 0.42}, {-0.58, 0.42}}},
                          size);
    case Marker::kDiamond:
      return fill_corners(context, centers,
                          std::array<Point, 4>{{{0, -0.65}, {0.5, 0}, {0, 0.65}, {-0.5, 0}}}, size);
    case Marker::kCross:
      return fill_corners(context, centers,
                          std::array<Point, 12>{{{-kArm, -0.6},
                                                 {kArm, -0.6},
                                                 {kArm, -kArm},
                                                 {0.6, -kArm},
                                                 {0.6, kArm},
                                                 {kArm, kArm},
                                                 {kArm, 0.6},
                                                 {-kArm, 0.6},
                                                 {-kArm, kArm},
                                                 {-0.6, kArm},
                                                 {-0.6, -kArm},
                                                 {-kArm, -kArm}}},
                          size);
  }
}

void Canvas::text(std::string_view words, const Point& place, const TextStyle& style) {
  const double width = text_width(words, style.size, style.is_bold);
  const double back = style.align == Align::kLeft ? 0 : style.align == Align::kCenter ? width / 2 : width;
  cairo_t* const context = state_->context;
  cairo_save(context);
  cairo_move_to(context, place.x, place.y);
  if (style.reads_upwards) cairo_rotate(context, -std::numbers::pi / 2);
  cairo_rel_move_to(context, -back, 0);
  select_font(context, style.size, style.is_bold);
  set_color(context, style.color);
  cairo_show_text(context, std::string(words).c_str());
  cairo_restore(context);
  cairo_new_path(context);
}

Canvas::Clip::Clip(Canvas& canvas, const Box& box) : canvas_(canvas) {
  cairo_save(canvas_.state_->context);
  add_box(canvas_.state_->context, box);
  cairo_clip(canvas_.state_->context);
}

Canvas::Clip::~Clip() {
  cairo_restore(canvas_.state_->context);
}

std::string Canvas::finish() {
  require(cairo_status(state_->context));
  std::string png;
  if (state_->format == FigureFormat::kPng) png = png_of(state_->surface);
  cairo_surface_finish(state_->surface);
  require(cairo_surface_status(state_->surface));
  return state_->format == FigureFormat::kPng ? png : without_surface_number(std::move(state_->svg));
}

double text_width(std::string_view words, double size, bool is_bold) {
  cairo_surface_t* const surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
  cairo_t* const context = cairo_create(surface);
  use_unhinted_letters(context);
  select_font(context, size, is_bold);
  cairo_text_extents_t extents;
  cairo_text_extents(context, std::string(words).c_str(), &extents);
  cairo_destroy(context);
  cairo_surface_destroy(surface);
  return extents.x_advance;
}

}  // namespace regimetry::report

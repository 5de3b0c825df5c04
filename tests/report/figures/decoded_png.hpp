// A PNG read back by Cairo's decoder, asked for the colours at places of the sheet.
#pragma once

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "report/figures/canvas.hpp"

namespace regimetry::report {

class DecodedPng {
 public:
  explicit DecodedPng(const std::string& bytes) {
    Source source{bytes, 0};
    cairo_surface_t* const surface = cairo_image_surface_create_from_png_stream(read, &source);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("not a PNG");
    width_ = cairo_image_surface_get_width(surface);
    height_ = cairo_image_surface_get_height(surface);
    const unsigned char* const data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    pixels_.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
    for (int y = 0; y < height_; ++y)
      std::memcpy(&pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_)], data + y * stride,
                  static_cast<std::size_t>(width_) * 4);
    cairo_surface_destroy(surface);
  }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  // "#rrggbb" of the pixel that holds this place of the sheet.
  [[nodiscard]] std::string at(double x, double y) const {
    const double scale = width_ / kSheetWidth;
    return pixel(static_cast<int>(x * scale), static_cast<int>(y * scale));
  }
  [[nodiscard]] std::string pixel(int x, int y) const {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) throw std::out_of_range("outside of the picture");
    return fmt::format("#{:06x}", value(x, y));
  }
  // Pixels of exactly this colour within a box of the sheet.
  [[nodiscard]] int count(const std::string& color, const Box& box) const {
    const double scale = width_ / kSheetWidth;
    const auto wanted = static_cast<std::uint32_t>(std::stoul(color.substr(1), nullptr, 16));
    int found = 0;
    for (int y = static_cast<int>(box.top * scale);
         y < std::min<int>(height_, static_cast<int>(box.bottom() * scale)); ++y) {
      for (int x = static_cast<int>(box.left * scale);
           x < std::min<int>(width_, static_cast<int>(box.right() * scale)); ++x)
        found += value(x, y) == wanted ? 1 : 0;
    }
    return found;
  }
  // Whether any pixel within a box of the sheet is darker than mid grey: ink.
  [[nodiscard]] bool has_ink(const Box& box) const {
    const double scale = width_ / kSheetWidth;
    for (int y = static_cast<int>(box.top * scale); y < static_cast<int>(box.bottom() * scale); ++y) {
      for (int x = static_cast<int>(box.left * scale); x < static_cast<int>(box.right() * scale); ++x) {
        const std::uint32_t rgb = value(x, y);
        if ((rgb >> 16) + (rgb >> 8 & 255) + (rgb & 255) < 3 * 100) return true;
      }
    }
    return false;
  }

 private:
  struct Source {
    const std::string& bytes;
    std::size_t place;
  };
  static cairo_status_t read(void* from, unsigned char* data, unsigned int length) {
    auto& source = *static_cast<Source*>(from);
    if (source.place + length > source.bytes.size()) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(data, source.bytes.data() + source.place, length);
    source.place += length;
    return CAIRO_STATUS_SUCCESS;
  }
  [[nodiscard]] std::uint32_t value(int x, int y) const {
    return pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                   static_cast<std::size_t>(x)] &
           0xffffff;
  }
  int width_ = 0, height_ = 0;
  std::vector<std::uint32_t> pixels_;
};

// As a picture shows it: Cairo cuts a channel off where others round it.
inline std::string hex_of(const Color& color) {
  const auto byte = [](double part) { return std::min(255, static_cast<int>(part * 256)); };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(color.red), byte(color.green), byte(color.blue));
}

}  // namespace regimetry::report

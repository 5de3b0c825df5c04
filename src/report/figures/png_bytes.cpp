#include "report/figures/png_bytes.hpp"

#include <zlib.h>

#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace regimetry::report {
namespace {

constexpr int kLevel = 6;
constexpr unsigned char kFilterUp = 2;  // each byte less the one above it

void append_number(std::string& bytes, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(value >> shift & 0xff);
}

// Length, kind, content and the check sum of both.
void append_chunk(std::string& png, std::string_view kind, std::string_view content) {
  append_number(png, static_cast<std::uint32_t>(content.size()));
  const std::size_t begin = png.size();
  png += kind;
  png += content;
  const auto* const checked = reinterpret_cast<const Bytef*>(png.data() + begin);
  append_number(png, static_cast<std::uint32_t>(::crc32(0, checked, static_cast<uInt>(png.size() - begin))));
}

void write_row(unsigned char* out, std::span<const std::uint32_t> row) {
  for (const std::uint32_t pixel : row) {
    *out++ = static_cast<unsigned char>(pixel >> 16);
    *out++ = static_cast<unsigned char>(pixel >> 8);
    *out++ = static_cast<unsigned char>(pixel);
  }
}

// All rows, each after the number of its filter.
std::vector<unsigned char> filtered_rows(std::span<const std::uint32_t> pixels, int width,
                                         std::size_t stride) {
  const std::size_t row_bytes = static_cast<std::size_t>(width) * 3, row_count = pixels.size() / stride;
  std::vector<unsigned char> filtered(row_count * (row_bytes + 1));
  std::vector<unsigned char> above(row_bytes), now(row_bytes);
  for (std::size_t row = 0; row < row_count; ++row) {
    write_row(now.data(), pixels.subspan(row * stride, static_cast<std::size_t>(width)));
    unsigned char* const out = filtered.data() + row * (row_bytes + 1);
    out[0] = kFilterUp;
    for (std::size_t i = 0; i < row_bytes; ++i) out[i + 1] = static_cast<unsigned char>(now[i] - above[i]);
    above.swap(now);
  }
  return filtered;
}

std::string compressed(const std::vector<unsigned char>& bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::string packed(size, '\0');
  if (::compress2(reinterpret_cast<Bytef*>(packed.data()), &size, bytes.data(), bytes.size(), kLevel) != Z_OK)
    throw Error(ErrorKind::kInternal, "a figure could not be compressed for want of memory. Free some.");
  packed.resize(size);
  return packed;
}

}  // namespace

std::string png_bytes(std::span<const std::uint32_t> pixels, int width, std::size_t stride) {
  std::string header;
  append_number(header, static_cast<std::uint32_t>(width));
  append_number(header, static_cast<std::uint32_t>(pixels.size() / stride));
  header += std::string_view("\x08\x02\0\0\0",
                             5);  // 8 bits, red green blue, the one compression, the filters, no interlace
  std::string png("\x89PNG\r\n\x1a\n", 8);
  append_chunk(png, "IHDR", header);
  append_chunk(png, "IDAT", compressed(filtered_rows(pixels, width, stride)));
  append_chunk(png, "IEND", "");
  return png;
}

}  // namespace regimetry::report

#include "cli/text_layout.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

namespace regimetry::cli {
namespace {

// The bytes after the first of a code point are 10xxxxxx.
[[nodiscard]] bool continues_code_point(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

void wrap_paragraph(std::string_view paragraph, std::size_t width, std::vector<std::string>& lines) {
  std::string line;
  std::size_t position = 0;
  while (position < paragraph.size()) {
    const std::size_t begin = paragraph.find_first_not_of(' ', position);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(paragraph.find(' ', begin), paragraph.size());
    const std::string_view word = paragraph.substr(begin, end - begin);
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
    position = end;
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  std::size_t columns = 0;
  for (const char byte : text) columns += continues_code_point(byte) ? 0 : 1;
  return columns;
}

std::string_view first_columns(std::string_view text, std::size_t columns) noexcept {
  std::size_t taken = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (continues_code_point(text[i])) continue;
    if (taken == columns) return text.substr(0, i);
    ++taken;
  }
  return text;
}

std::vector<std::string> wrap_text(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    wrap_paragraph(text.substr(begin, end - begin), width, lines);
    begin = end + 1;
  }
  return lines;
}

std::string grouped_number(std::int64_t value) {
  std::string digits = fmt::format("{}", value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, ",");
  }
  return digits;
}

std::string counted(std::int64_t count, std::string_view noun) {
  return grouped_number(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string short_number(double value) {
  static constexpr std::array<const char*, 5> kUnits = {"", "k", "M", "G", "T"};
  std::size_t unit = 0;
  while (std::abs(value) >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  const double size = std::abs(value);
  const int decimals = size >= 99.95 || (unit == 0 && size >= 9.995) ? 0 : size >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}{}", value, decimals, kUnits[unit]);
}

}  // namespace regimetry::cli

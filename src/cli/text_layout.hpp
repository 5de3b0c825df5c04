// Text for a screen: widths, wrapping, numbers for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::cli {

// Columns that UTF-8 text takes, counting one per code point.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

// The first `columns` columns of UTF-8 text, never cutting a code point.
[[nodiscard]] std::string_view first_columns(std::string_view text, std::size_t columns) noexcept;

// Breaks at blanks so that no line is wider than `width` (a longer word stands alone). '\n' in `text` starts
// a new line.
[[nodiscard]] std::vector<std::string> wrap_text(std::string_view text, std::size_t width);

// `1,234,567`.
[[nodiscard]] std::string grouped_number(std::int64_t value);
// `1 window`, `1,234 windows`.
[[nodiscard]] std::string counted(std::int64_t count, std::string_view noun);
// `950`, `12.3k`, `4.57M`: three digits that matter.
[[nodiscard]] std::string short_number(double value);

}  // namespace regimetry::cli

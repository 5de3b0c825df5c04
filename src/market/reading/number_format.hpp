// Numbers as exports write them: "7,278.20", "1.234,56", "190.28M", "1.5e-05", "$12.50", "-0.93%".
//
// Which mark is the decimal one cannot be told from a cell such as "1,234". So a cell answers with the set of
// styles under which it is a well-formed number, the sets of all rows are intersected, and only then is
// anything converted.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regimetry::market {

struct NumberStyle {
  char decimal = '.';
  char thousands =
      '\0';  // '\0': none. ' ' stands for every kind of blank, '\'' for the typographic one as well.
  friend bool operator==(const NumberStyle&, const NumberStyle&) = default;
};

// Simplest first: of the styles that remain possible and agree on every value, the first is taken.
inline constexpr std::array<NumberStyle, 8> kNumberStyles = {
    {{'.', '\0'}, {',', '\0'}, {'.', ','}, {',', '.'}, {'.', '\''}, {'.', ' '}, {',', ' '}, {',', '\''}}};
using NumberStyleSet = std::uint8_t;  // bit i: kNumberStyles[i]
inline constexpr NumberStyleSet kAnyNumberStyle = 0xFF;
inline constexpr NumberStyleSet kPointStyles = 0b00110101;
inline constexpr NumberStyleSet kCommaStyles = 0b11001010;

// The styles under which the cell is a number; empty when there is none.
[[nodiscard]] NumberStyleSet number_styles(std::string_view cell);
// The value under one style; nothing when the cell is no number in that style. Correctly rounded.
[[nodiscard]] std::optional<double> parse_number(std::string_view cell, NumberStyle style);

// Empty, "-", "null", "N/A", "nan" and their kin: there is no value. "None" counts here, see
// is_missing_word().
[[nodiscard]] bool is_missing(std::string_view cell);
// The same for columns of words, where "None" and "-" may be labels: only the empty cell, null, NaN and N/A.
[[nodiscard]] bool is_missing_word(std::string_view cell);
// "True", "false", in any case.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view cell);

// Without leading and trailing blanks (ASCII and no-break).
[[nodiscard]] std::string_view trim_blanks(std::string_view text) noexcept;

}  // namespace regimetry::market

#include "market/reading/number_format.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace regimetry::market {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kNarrowSpace = "\xE2\x80\xAF";
constexpr std::string_view kThinSpace = "\xE2\x80\x89";
constexpr std::string_view kTypographicQuote = "\xE2\x80\x99";
constexpr std::string_view kMinusSign = "\xE2\x88\x92";
constexpr auto kCurrencies = std::to_array<std::string_view>({"$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5"});
// No price needs more; longer cells are not worth a second look.
constexpr std::size_t kMaxNumberLength = 400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
         });
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// A cell taken apart: sign and decorations gone, `digits` holds digits and marks only, blanks and quotes in
// one spelling.
struct NumberParts {
  bool negative = false;
  std::string_view digits;
  std::string_view exponent;  // "e-05", empty when absent
  int power = 0;              // of ten: K 3, M 6, B 9, T 12
  std::string respelled;      // backs `digits` where blanks or quotes had to be respelled
};

int power_of_suffix(char suffix) {
  switch (suffix) {
    case 'k':
    case 'K':
      return 3;
    case 'm':
    case 'M':
      return 6;
    case 'b':
    case 'B':
      return 9;
    case 't':
    case 'T':
      return 12;
    default:
      return 0;
  }
}

void take_sign_and_currency(std::string_view& text, NumberParts& parts) {
  for (int round = 0; round < 2; ++round) {  // "-$5" and "$-5"
    if (take_prefix(text, "-") || take_prefix(text, kMinusSign)) {
      parts.negative = !parts.negative;
    } else {
      take_prefix(text, "+");
    }
    for (const std::string_view currency : kCurrencies) {
      if (take_prefix(text, currency)) text = trim_blanks(text);
    }
    if (text.empty() || (text.front() != '-' && text.front() != '+')) return;
    if (parts.negative) return;  // a second sign is no number; the digits check rejects it
  }
}

void take_trailing_unit(std::string_view& text, NumberParts& parts) {
  if (take_suffix(text, "%")) {
    text = trim_blanks(text);
    return;
  }
  for (const std::string_view currency : kCurrencies) {
    if (take_suffix(text, currency)) text = trim_blanks(text);
  }
  if (text.size() > 1 && (parts.power = power_of_suffix(text.back())) > 0)
    text = trim_blanks(text.substr(0, text.size() - 1));
}

void respell_marks(NumberParts& parts) {
  const bool plain = std::all_of(parts.digits.begin(), parts.digits.end(),
                                 [](char c) { return static_cast<signed char>(c) >= 0; });
  if (plain) return;
  std::string_view rest = parts.digits;
  while (!rest.empty()) {
    if (take_prefix(rest, kNoBreakSpace) || take_prefix(rest, kNarrowSpace) ||
        take_prefix(rest, kThinSpace)) {
      parts.respelled += ' ';
    } else if (take_prefix(rest, kTypographicQuote)) {
      parts.respelled += '\'';
    } else {
      parts.respelled += rest.front();
      rest.remove_prefix(1);
    }
  }
  parts.digits = parts.respelled;
}

// False when the cell cannot be a number in any style.
bool take_apart(std::string_view cell, NumberParts& parts) {
  std::string_view text = trim_blanks(cell);
  if (text.empty() || text.size() > kMaxNumberLength) return false;
  take_sign_and_currency(text, parts);
  take_trailing_unit(text, parts);
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    parts.exponent = text.substr(e);
    text = text.substr(0, e);
    std::string_view digits = parts.exponent.substr(1);
    if (!digits.empty() && (digits.front() == '+' || digits.front() == '-')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), is_digit))
      return false;
    if (parts.power != 0) return false;
  }
  parts.digits = text;
  respell_marks(parts);
  return !parts.digits.empty() && std::any_of(parts.digits.begin(), parts.digits.end(), is_digit);
}

// Are the marks in `whole` (the digits before the decimal mark) where thousands marks stand? "1,234,567", and
// "12,34,567" as counted in India.
bool is_grouped(std::string_view whole, char mark) {
  const std::size_t first_mark = whole.find(mark);
  if (first_mark == std::string_view::npos) return true;
  if (first_mark == 0 || first_mark > 3 || whole.front() == '0') return false;
  bool by_three = true;
  bool by_two = first_mark <= 2;
  std::string_view rest = whole.substr(first_mark + 1);
  for (;;) {
    const std::size_t next = rest.find(mark);
    const std::size_t length = next == std::string_view::npos ? rest.size() : next;
    const bool last = next == std::string_view::npos;
    by_three = by_three && length == 3;
    by_two = by_two && length == (last ? 3U : 2U) && mark == ',';
    if (last) return by_three || by_two;
    rest = rest.substr(next + 1);
  }
}

bool is_well_formed(std::string_view digits, NumberStyle style) {
  const std::size_t decimal = digits.find(style.decimal);
  const std::string_view whole = digits.substr(0, decimal);
  if (decimal != std::string_view::npos) {
    const std::string_view fraction = digits.substr(decimal + 1);
    if (!std::all_of(fraction.begin(), fraction.end(), is_digit)) return false;
    if (whole.empty() && fraction.empty()) return false;
  }
  const bool only_expected = std::all_of(whole.begin(), whole.end(), [&](char c) {
    return is_digit(c) || (style.thousands != '\0' && c == style.thousands);
  });
  return only_expected && (style.thousands == '\0' || is_grouped(whole, style.thousands));
}

bool is_infinity(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity");
}

double convert(const NumberParts& parts, NumberStyle style) {
  std::string plain;
  plain.reserve(parts.digits.size() + 8);
  if (parts.negative) plain += '-';
  for (const char c : parts.digits) {
    if (c == style.decimal) {
      plain += '.';
    } else if (is_digit(c)) {
      plain += c;
    }
  }
  // A unit such as M moves the decimal point in the text, so that 190.28M is 190280000 and not a rounded
  // product.
  if (parts.power > 0) {
    plain += 'e';
    plain += std::to_string(parts.power);
  }
  plain += parts.exponent;
  double value = std::numeric_limits<double>::quiet_NaN();
  fast_float::from_chars(plain.data(), plain.data() + plain.size(), value);
  return value;
}

}  // namespace

std::string_view trim_blanks(std::string_view text) noexcept {
  for (;;) {
    if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
      text.remove_prefix(1);
    } else if (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
      text.remove_suffix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(2);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(2);
    } else {
      return text;
    }
  }
}

NumberStyleSet number_styles(std::string_view cell) {
  const std::string_view trimmed = trim_blanks(cell);
  if (is_infinity(trimmed)) return kAnyNumberStyle;
  NumberParts parts;
  if (!take_apart(trimmed, parts)) return 0;
  NumberStyleSet styles = 0;
  for (std::size_t i = 0; i < kNumberStyles.size(); ++i) {
    if (is_well_formed(parts.digits, kNumberStyles[i]))
      styles = static_cast<NumberStyleSet>(styles | (1U << i));
  }
  return styles;
}

std::optional<double> parse_number(std::string_view cell, NumberStyle style) {
  const std::string_view trimmed = trim_blanks(cell);
  if (is_infinity(trimmed)) {
    const double infinity = std::numeric_limits<double>::infinity();
    return trimmed.front() == '-' ? -infinity : infinity;
  }
  NumberParts parts;
  if (!take_apart(trimmed, parts) || !is_well_formed(parts.digits, style)) return std::nullopt;
  return convert(parts, style);
}

bool is_missing_word(std::string_view cell) {
  const std::string_view text = trim_blanks(cell);
  if (text.empty()) return true;
  if (text.size() > 4) return false;
  for (const std::string_view word : {"null", "nan", "n/a", "na", "#n/a", "nat", "<na>"}) {
    if (equals_ignoring_case(text, word)) return true;
  }
  return false;
}

bool is_missing(std::string_view cell) {
  if (is_missing_word(cell)) return true;
  const std::string_view text = trim_blanks(cell);
  if (text.size() > 4) return false;
  return text == "-" || text == "--" || text == "." || equals_ignoring_case(text, "none") ||
         equals_ignoring_case(text, "nil") || text == "\xE2\x80\x94" || text == "\xE2\x80\x93";
}

std::optional<bool> parse_boolean(std::string_view cell) {
  const std::string_view text = trim_blanks(cell);
  if (equals_ignoring_case(text, "true")) return true;
  if (equals_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

}  // namespace regimetry::market

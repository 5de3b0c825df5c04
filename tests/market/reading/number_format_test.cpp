#include "market/reading/number_format.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regimetry::market {
namespace {

constexpr NumberStyle kEnglish = {'.', ','};
constexpr NumberStyle kGerman = {',', '.'};

TEST(NumberFormat, ReadsWhatExportsWrite) {
  EXPECT_EQ(parse_number("7,278.20", kEnglish), 7278.2);
  EXPECT_EQ(parse_number("7.278,20", kGerman), 7278.2);
  EXPECT_EQ(parse_number("190.28M", kEnglish), 190'280'000.0);
  EXPECT_EQ(parse_number("1.1B", kEnglish), 1'100'000'000.0);
  EXPECT_EQ(parse_number("-0.93%", kEnglish), -0.93);
  EXPECT_EQ(parse_number("$1,234.50", kEnglish), 1234.5);
  EXPECT_EQ(parse_number("-$5", kEnglish), -5.0);
  EXPECT_EQ(parse_number("12,5 \xE2\x82\xAC", kGerman), 12.5);
  EXPECT_EQ(parse_number("1'234.5", (NumberStyle{'.', '\''})), 1234.5);
  EXPECT_EQ(parse_number("1\xC2\xA0"
                         "234,5",
                         (NumberStyle{',', ' '})),
            1234.5);
  EXPECT_EQ(parse_number("12,34,567.5", kEnglish), 1234567.5);
  EXPECT_EQ(parse_number("1.5e-05", NumberStyle{}), 1.5e-05);
  EXPECT_EQ(parse_number("+.5", NumberStyle{}), 0.5);
  EXPECT_EQ(parse_number(" 42 ", NumberStyle{}), 42.0);
  EXPECT_EQ(parse_number("-inf", NumberStyle{}), -std::numeric_limits<double>::infinity());
}

TEST(NumberFormat, RefusesWhatIsNoNumber) {
  for (const char* cell :
       {"",     "-",     ".",     "abc",        "1.2.3",   "1..2", "--5", "1e", "1e+", "5x",
        "0x10", "1 2 3", "12:30", "2024-01-02", "1,2,3.4", "e5",   "%",   "K",  "5-",  "1.5.2024"}) {
    for (const NumberStyle style : kNumberStyles) EXPECT_EQ(parse_number(cell, style), std::nullopt) << cell;
    EXPECT_EQ(number_styles(cell), 0) << cell;
  }
}

TEST(NumberFormat, ThousandsMarksMustStandEveryThreeDigits) {
  EXPECT_EQ(parse_number("1,23", kEnglish), std::nullopt);
  EXPECT_EQ(parse_number("1234,567", kEnglish), std::nullopt);
  EXPECT_EQ(parse_number("0,123", kEnglish), std::nullopt);
  EXPECT_EQ(parse_number(",123", kEnglish), std::nullopt);
  EXPECT_EQ(parse_number("1.5,000", kEnglish), std::nullopt);
}

TEST(NumberFormat, ACellTellsTheStylesItAllows) {
  const auto allows = [](const char* cell, NumberStyle style) {
    for (std::size_t i = 0; i < kNumberStyles.size(); ++i) {
      if (kNumberStyles[i] == style) return (number_styles(cell) >> i & 1) == 1;
    }
    return false;
  };
  EXPECT_TRUE(allows("1,234", kEnglish));
  EXPECT_TRUE(allows("1,234", (NumberStyle{',', '\0'})));
  EXPECT_FALSE(allows("1,234.5", (NumberStyle{',', '\0'})));
  EXPECT_FALSE(allows("12,5", kEnglish));
  EXPECT_EQ(number_styles("12345"), kAnyNumberStyle);
  EXPECT_EQ(number_styles("12.5") & kCommaStyles, 0);
  EXPECT_EQ(number_styles("1.234.567") & kPointStyles, 0);
}

TEST(NumberFormat, StylesAndTheirSetsAgree) {
  for (std::size_t i = 0; i < kNumberStyles.size(); ++i) {
    const bool is_point = kNumberStyles[i].decimal == '.';
    EXPECT_EQ((kPointStyles >> i & 1) == 1, is_point);
    EXPECT_EQ((kCommaStyles >> i & 1) == 1, !is_point);
  }
}

TEST(NumberFormat, MissingMarks) {
  for (const char* cell :
       {"", "  ", "-", "--", "null", "NULL", "N/A", "nan", "NaN", "None", "NA", "#N/A", "."})
    EXPECT_TRUE(is_missing(cell)) << cell;
  for (const char* cell : {"0", "-1", "Nope", "x", "true"}) EXPECT_FALSE(is_missing(cell)) << cell;
  EXPECT_FALSE(is_missing_word("None"));
  EXPECT_FALSE(is_missing_word("-"));
  EXPECT_TRUE(is_missing_word("NaN"));
}

}  // namespace
}  // namespace regimetry::market

#include "core/printable.hpp"

#include <gtest/gtest.h>

namespace regimetry {
namespace {

TEST(Printable, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("Adj Close**"), "Adj Close**");
  EXPECT_EQ(printable("Najwy\xc5\xbcszy \xe2\x82\xac \xf0\x9f\x93\x88"),
            "Najwy\xc5\xbcszy \xe2\x82\xac \xf0\x9f\x93\x88");
}

TEST(Printable, ShowsControlsAndBytesThatAreNotUtf8AsNumbers) {
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\x1b[2J\x7f\n"), "\\x1b[2J\\x7f\\x0a");
  EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b") << "a control of C1, which some terminals obey";
  EXPECT_EQ(printable("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(printable("\xc0\x80"), "\\xc0\\x80") << "overlong";
  EXPECT_EQ(printable("\xe0\x80\x80"), "\\xe0\\x80\\x80") << "overlong";
  EXPECT_EQ(printable("\xf0\x80\x80\x80"), "\\xf0\\x80\\x80\\x80") << "overlong";
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "beyond U+10FFFF";
  EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82") << "cut short";
  EXPECT_EQ(printable("\xc3(x"), "\\xc3(x") << "no continuation";
}

TEST(Printable, CutsLongTextByCharacters) {
  EXPECT_EQ(printable("abcdef", 6), "abcdef");
  EXPECT_EQ(printable("abcdefg", 6), "abcdef...");
  EXPECT_EQ(printable("\xc3\xa4\xc3\xb6\xc3\xbc", 2), "\xc3\xa4\xc3\xb6...");
  EXPECT_EQ(printable(std::string(1'000'000, 'x')).size(), 63U);
}

TEST(PrintablePath, ShowsAnyNameWholeAndHarmless) {
  EXPECT_EQ(printable_path("/tmp/prices 2024.csv"), "/tmp/prices 2024.csv");
  EXPECT_EQ(printable_path("/tmp/\x1b[2J.csv"), "/tmp/\\x1b[2J.csv");
  EXPECT_EQ(printable_path(std::string(200, 'n')), std::string(200, 'n'));
}

}  // namespace
}  // namespace regimetry

#include "cli/text_layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::cli {
namespace {

using testing::ElementsAre;

TEST(TextLayout, CountsCodePointsAndNeverCutsThem) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("Stück"), 5U);
  EXPECT_EQ(first_columns("Stück", 3), "Stü");
  EXPECT_EQ(first_columns("ab", 5), "ab");
  EXPECT_EQ(first_columns("ab", 0), "");
}

TEST(TextLayout, WrapsAtBlanks) {
  EXPECT_THAT(wrap_text("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap_text("unbreakable x", 4), ElementsAre("unbreakable", "x"));
  EXPECT_THAT(wrap_text("a\n\nb", 10), ElementsAre("a", "", "b"));
  EXPECT_THAT(wrap_text("", 10), ElementsAre(""));
}

TEST(TextLayout, NumbersReadWell) {
  EXPECT_EQ(counted(1, "window"), "1 window");
  EXPECT_EQ(counted(1'234, "window"), "1,234 windows");
  EXPECT_EQ(grouped_number(0), "0");
  EXPECT_EQ(grouped_number(999), "999");
  EXPECT_EQ(grouped_number(1'000), "1,000");
  EXPECT_EQ(grouped_number(-1'234'567), "-1,234,567");
  EXPECT_EQ(short_number(950), "950");
  EXPECT_EQ(short_number(12'345), "12.3k");
  EXPECT_EQ(short_number(4'567'000), "4.57M");
  EXPECT_EQ(short_number(999'700), "1.00M");
  EXPECT_EQ(short_number(0.5), "0.50");
}

}  // namespace
}  // namespace regimetry::cli

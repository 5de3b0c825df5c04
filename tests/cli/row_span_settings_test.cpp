#include "cli/row_span_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What is wrong with these words; the settings are left in `rows`.
std::vector<std::string> read(RowSpanSettings& rows, const std::string& from, const std::string& until) {
  SettingSchema schema;
  rows.declare(schema, "used");
  for (const auto& [key, word] : {std::pair("from", from), std::pair("until", until)}) {
    if (word.empty()) continue;
    EXPECT_EQ(schema.find(key)->assign({word}), std::nullopt);
  }
  return schema.checks().front()();
}

TEST(RowSpanSettings, AreOpenByDefault) {
  RowSpanSettings rows;
  EXPECT_THAT(read(rows, "", ""), IsEmpty());
  EXPECT_EQ(rows.span().first, std::nullopt);
  EXPECT_EQ(rows.span().last, std::nullopt);
}

TEST(RowSpanSettings, TakeADateAsItsWholeDay) {
  RowSpanSettings rows;
  EXPECT_THAT(read(rows, "2019-12-31", "2019-12-31"), IsEmpty());
  EXPECT_EQ(format_timestamp(rows.span().first.value()), "2019-12-31T00:00:00Z");
  EXPECT_EQ(format_timestamp(rows.span().last.value()), "2019-12-31T23:59:59.999999999Z");
  EXPECT_TRUE(rows.span().last_is_date);
}

TEST(RowSpanSettings, TakeAStampAsItIs) {
  RowSpanSettings rows;
  EXPECT_THAT(read(rows, "2019-12-31T10:00+01:00", "2019-12-31 21:00:00"), IsEmpty());
  EXPECT_EQ(format_timestamp(rows.span().first.value()), "2019-12-31T09:00:00Z");
  EXPECT_EQ(format_timestamp(rows.span().last.value()), "2019-12-31T21:00:00Z");
  EXPECT_FALSE(rows.span().last_is_date);
}

TEST(RowSpanSettings, ExplainWhatIsWrong) {
  RowSpanSettings rows;
  EXPECT_THAT(read(rows, "yesterday", "31.12.2019"),
              ElementsAre(HasSubstr("from is 'yesterday'"), HasSubstr("until is '31.12.2019'")));
  RowSpanSettings reversed;
  EXPECT_THAT(read(reversed, "2020-01-01", "2019-12-31"), ElementsAre(HasSubstr("after until")));
}

}  // namespace
}  // namespace regimetry::cli

#include "cli/yaml_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string refusal(std::string_view text) {
  try {
    (void)parse_yaml(text, "s.yaml");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  ADD_FAILURE() << "was accepted";
  return {};
}

TEST(YamlDocument, KeepsValuesAndTheirLines) {
  const YamlDocument document =
      parse_yaml("# settings\nseed: 7\n\nname: 'no'\nlist: [a, b]\nmap:\n  x: 1\n", "s.yaml");
  ASSERT_EQ(document.root.entries.size(), 4U);
  const auto& entries = document.root.entries;
  EXPECT_EQ(entries[0].key, "seed");
  EXPECT_EQ(entries[0].line, 2);
  EXPECT_EQ(entries[0].value.text, "7");
  EXPECT_FALSE(entries[0].value.quoted);
  EXPECT_EQ(entries[1].value.text, "no");
  EXPECT_TRUE(entries[1].value.quoted);
  EXPECT_EQ(entries[1].line, 4);
  ASSERT_EQ(entries[2].value.items.size(), 2U);
  EXPECT_EQ(entries[2].value.items[1].text, "b");
  ASSERT_EQ(entries[3].value.entries.size(), 1U);
  EXPECT_EQ(entries[3].value.entries[0].line, 7);
  EXPECT_TRUE(document.problems.empty());
}

TEST(YamlDocument, ScalarsStayTextUntilAFieldTypeIsKnown) {
  const YamlDocument document =
      parse_yaml("a: no\nb: 0x10\nc: 1e3\nd: Null\ne:\nf: ~\ng: 'null'\n", "s.yaml");
  const auto& entries = document.root.entries;
  EXPECT_EQ(entries[0].value.text, "no");
  EXPECT_EQ(entries[1].value.text, "0x10");
  EXPECT_EQ(entries[2].value.text, "1e3");
  EXPECT_TRUE(entries[3].value.is_null());
  EXPECT_TRUE(entries[4].value.is_null());
  EXPECT_TRUE(entries[5].value.is_null());
  EXPECT_FALSE(entries[6].value.is_null());
}

TEST(YamlDocument, EmptyFilesAndCommentsHoldNoSettings) {
  for (const char* text : {"", "\n\n", "# nothing\n", "---\n", "---\n...\n", "%YAML 1.2\n---\n"}) {
    EXPECT_TRUE(parse_yaml(text, "s.yaml").root.entries.empty()) << text;
  }
}

TEST(YamlDocument, RepeatedKeysAreAllReportedAndTheFirstIsKept) {
  const YamlDocument document = parse_yaml("a: 1\nb: 2\na: 3\nm: {x: 1, x: 2}\n", "s.yaml");
  EXPECT_THAT(document.problems,
              ElementsAre(AllOf(StartsWith("s.yaml:3:"), HasSubstr("'a'"), HasSubstr("after line 1")),
                          AllOf(StartsWith("s.yaml:4:"), HasSubstr("'x'"))));
  EXPECT_EQ(document.root.entries[0].value.text, "1");
}

TEST(YamlDocument, RefusesWhatCouldExpandOrExecute) {
  EXPECT_THAT(refusal("a: &x 1\n"), AllOf(StartsWith("s.yaml:1:"), HasSubstr("anchors")));
  EXPECT_THAT(refusal("a: &x [1]\n"), HasSubstr("anchors"));
  EXPECT_THAT(refusal("\na: *x\n"), AllOf(StartsWith("s.yaml:2:"), HasSubstr("aliases")));
  EXPECT_THAT(refusal("*x : 1\n"), HasSubstr("aliases"));
  EXPECT_THAT(refusal("a: !!python/object:os.system x\n"), HasSubstr("tags"));
  EXPECT_THAT(refusal("a: !!str 1\n"), HasSubstr("tags"));
  EXPECT_THAT(refusal("a: !local {}\n"), HasSubstr("tags"));
  EXPECT_THAT(refusal("<<: {a: 1}\n"), HasSubstr("merge keys"));
}

TEST(YamlDocument, RefusesOtherShapesAtTheTop) {
  EXPECT_THAT(refusal("- a\n- b\n"), HasSubstr("'key: value' lines"));
  EXPECT_THAT(refusal("just text\n"), HasSubstr("'key: value' lines"));
  EXPECT_THAT(refusal("a: 1\n---\nb: 2\n"), AllOf(StartsWith("s.yaml:2:"), HasSubstr("second document")));
  EXPECT_THAT(refusal("? [a, b]\n: 1\n"), HasSubstr("a key must be one word"));
}

TEST(YamlDocument, SyntaxErrorsCarryTheirLine) {
  EXPECT_THAT(refusal("a: 1\nb: [1, 2\nc: 3\n"), AllOf(StartsWith("s.yaml:3:"), HasSubstr("not valid YAML")));
  EXPECT_THAT(refusal("a: 1\n\tb: 2\n"), StartsWith("s.yaml:2:"));
  EXPECT_THAT(refusal("a: 'open\n"), HasSubstr("not valid YAML"));
  EXPECT_THAT(refusal(std::string("a: \0b\n", 6)), HasSubstr("UTF-8"));
  EXPECT_THAT(refusal("a: \xff\xfe\n"), HasSubstr("UTF-8"));
}

TEST(YamlDocument, LimitsDepthSizeAndCount) {
  const auto nested = [](int depth) {
    return "a: " + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_NO_THROW(
      (void)parse_yaml(nested(kMaxYamlDepth - 1), "s.yaml"));  // the mapping at the top is a level too
  EXPECT_THAT(refusal(nested(kMaxYamlDepth)), HasSubstr("deeper than 16 levels"));
  EXPECT_THAT(refusal(std::string(500'000, '[')), HasSubstr("deeper than 16 levels"));
  std::string blocks;
  for (int i = 0; i < 200'000; ++i) blocks += "- ";
  EXPECT_THAT(refusal(blocks), HasSubstr("deeper than 16 levels"));

  std::string many = "a: [";
  for (std::size_t i = 0; i <= kMaxYamlNodes; ++i) many += "1,";
  EXPECT_THAT(refusal(many + "]"), HasSubstr("more than 100000 values"));
  EXPECT_THAT(refusal("a: " + std::string(kMaxYamlBytes, 'x')), HasSubstr("at most 1048576"));
}

}  // namespace
}  // namespace regimetry::cli

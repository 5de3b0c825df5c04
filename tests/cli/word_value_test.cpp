#include "cli/word_value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace regimetry::cli {
namespace {

using testing::HasSubstr;

template <typename T>
T parsed(const std::string& word, const SettingTraits& traits = {}) {
  T value{};
  EXPECT_EQ(parse_word(word, traits, value), std::nullopt) << word;
  return value;
}

// What is wrong with the word; the value must stay as it was.
template <typename T>
std::string problem(const std::string& word, const SettingTraits& traits = {}, T value = {}) {
  const T before = value;
  const auto text = parse_word(word, traits, value);
  EXPECT_TRUE(text.has_value()) << word;
  EXPECT_EQ(value, before) << word;
  return text.value_or("");
}

TEST(WordValue, SwitchesTakeThePairsPeopleWrite) {
  for (const char* word : {"true", "True", "TRUE", "yes", "Yes", "on", "ON", "1"})
    EXPECT_TRUE(parsed<bool>(word)) << word;
  bool value = true;
  for (const char* word : {"false", "False", "no", "NO", "off", "0"}) {
    value = true;
    EXPECT_EQ(parse_word(word, {}, value), std::nullopt);
    EXPECT_FALSE(value) << word;
  }
  EXPECT_EQ(problem<bool>("maybe"), "'maybe' is neither true nor false");
  EXPECT_EQ(problem<bool>(""), "'' is neither true nor false");
}

TEST(WordValue, IntegersAreReadExactlyToTheirLimits) {
  EXPECT_EQ(parsed<int>("-3"), -3);
  EXPECT_EQ(parsed<int>("+7"), 7);
  EXPECT_EQ(parsed<std::int64_t>("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parsed<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parsed<std::uint64_t>("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_THAT(problem<int>("2147483648"), HasSubstr("out of range; allowed: -2147483648 to 2147483647"));
  EXPECT_THAT(problem<std::int64_t>("9223372036854775808"), HasSubstr("out of range"));
  EXPECT_THAT(problem<std::uint64_t>("-1"), HasSubstr("allowed: 0 or more"));
}

TEST(WordValue, LargeCountsMayBeWrittenShort) {
  EXPECT_EQ(parsed<std::int64_t>("1e6"), 1'000'000);
  EXPECT_EQ(parsed<std::int64_t>("5_000_000"), 5'000'000);
  EXPECT_EQ(parsed<int>("2E3"), 2000);
  EXPECT_EQ(parsed<int>("0e5"), 0);
  EXPECT_THAT(problem<int>("1e10"), HasSubstr("out of range"));
}

TEST(WordValue, WhatIsNotAWholeNumberIsSaidSo) {
  for (const char* word : {"", "abc", "1.5", "1e-3", "0x10", "12 ", " 12", "_1", "1_", "1__2", "--3", "+-3",
                           "e5", "1e", "+", "1,000", "1e999999999999"}) {
    EXPECT_EQ(problem<int>(word), "'" + std::string(word) + "' is not a whole number") << word;
  }
}

TEST(WordValue, NumbersAreFiniteWithADecimalPoint) {
  EXPECT_DOUBLE_EQ(parsed<double>("0.1"), 0.1);
  EXPECT_DOUBLE_EQ(parsed<double>("-1e-12"), -1e-12);
  EXPECT_DOUBLE_EQ(parsed<double>("+.5"), 0.5);
  EXPECT_EQ(problem<double>("1,5"), "'1,5' is not a number; the decimal mark is a point");
  EXPECT_EQ(problem<double>("nan"), "'nan' is not a finite number");
  EXPECT_EQ(problem<double>("inf"), "'inf' is not a finite number");
  EXPECT_EQ(problem<double>("++1"), "'++1' is not a number");
  EXPECT_EQ(problem<double>("1e999"), "1e999 does not fit a 64-bit number");
}

TEST(WordValue, RangesAreInclusiveAndNamed) {
  const SettingTraits window{.minimum = 2, .maximum = 500};
  EXPECT_EQ(parsed<int>("2", window), 2);
  EXPECT_EQ(parsed<int>("500", window), 500);
  EXPECT_EQ(problem<int>("1", window), "1 is out of range; allowed: 2 to 500");
  EXPECT_EQ(problem<int>("99999999999", window), "99999999999 is out of range; allowed: 2 to 500");
  EXPECT_EQ(problem<double>("-0.5", {.minimum = 0}), "-0.5 is out of range; allowed: 0 or more");
  EXPECT_EQ(problem<double>("0.3", {.maximum = 0.25}), "0.3 is out of range; allowed: at most 0.25");
}

TEST(WordValue, TextKeepsEveryWordAndChecksChoices) {
  EXPECT_EQ(parsed<std::string>("no"), "no");
  EXPECT_EQ(parsed<std::string>(""), "");
  const SettingTraits policy{.choices = {"error", "drop", "repair"}};
  EXPECT_EQ(parsed<std::string>("drop", policy), "drop");
  EXPECT_EQ(problem<std::string>("drpo", policy),
            "'drpo' is not one of error, drop, repair; did you mean 'drop'?");
  EXPECT_EQ(problem<std::string>("xyz", policy), "'xyz' is not one of error, drop, repair");
}

TEST(WordValue, PathsAreNotEmptyAndHoldNoNul) {
  EXPECT_EQ(parsed<std::filesystem::path>("a b/c"), "a b/c");
  EXPECT_THAT(problem<std::filesystem::path>(""), HasSubstr("empty"));
  EXPECT_THAT(problem<std::filesystem::path>(std::string("a\0b", 3)), HasSubstr("NUL"));
}

}  // namespace
}  // namespace regimetry::cli

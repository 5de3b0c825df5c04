#include "core/json_error_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry {
namespace {

template <class Reader>
std::string words_of(const std::string& text, Reader read) {
  try {
    read(nlohmann::json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    return json_error_words(error);
  }
  return "no error";
}

std::string parse_words(const std::string& text) {
  return words_of(text, [](const nlohmann::json&) {});
}

TEST(JsonErrorWords, TellAFileThatBreaksOffFromOneThatIsNoJson) {
  EXPECT_EQ(parse_words("{\n  \"ids\": [0,"), "it breaks off at line 2");
  EXPECT_EQ(parse_words("{\n  \"name\": \"half"), "it breaks off at line 2");
  EXPECT_EQ(parse_words("{\n  oh no\n}"), "line 2, column 3 is no JSON");
  EXPECT_EQ(parse_words(""), "it breaks off at line 1");
  EXPECT_EQ(parse_words("{} {}"), "line 1, column 4 is no JSON");
}

TEST(JsonErrorWords, NameAMissingKey) {
  EXPECT_EQ(words_of("{}", [](const nlohmann::json& json) { (void)json.at("rows"); }), "it lacks 'rows'");
}

TEST(JsonErrorWords, SayThatAValueIsOfAnotherKind) {
  EXPECT_EQ(words_of("[1]", [](const nlohmann::json& json) { (void)json.at(0).get<std::string>(); }),
            "a value is of another kind than it was written with");
  EXPECT_EQ(words_of("[1]", [](const nlohmann::json& json) { (void)json.at("rows"); }),
            "a value is of another kind than it was written with");
}

}  // namespace
}  // namespace regimetry

#include "market/reading/json_line_parser.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace regimetry::market {
namespace {

// The members of a line, or its error, as text: "k=1;w='x'".
std::string parsed(std::string_view line) {
  JsonLineParser parser;
  std::string text;
  try {
    parser.open(line);
    std::string_view key;
    JsonValue value;
    while (parser.next(key, value)) {
      text += std::string(key) + "=";
      switch (value.kind) {
        case JsonValue::Kind::kNull:
          text += "null";
          break;
        case JsonValue::Kind::kBoolean:
          text += value.boolean ? "true" : "false";
          break;
        case JsonValue::Kind::kNumber:
          text +=
              value.is_integer ? std::to_string(value.integer) : "~" + nlohmann::json(value.number).dump();
          break;
        case JsonValue::Kind::kWord:
          text += "'" + std::string(value.word) + "'";
          break;
        case JsonValue::Kind::kNested:
          text += "nested";
          break;
      }
      text += ";";
    }
    return text;
  } catch (const JsonLineError& error) {
    return "error at " + std::to_string(error.column);
  }
}

TEST(JsonLineParser, ReadsMembersOfEveryKind) {
  EXPECT_EQ(parsed(R"({"a":1,"b":-2.5,"c":"x","d":true,"e":false,"f":null,"g":{"x":[1,"}"]},"h":[]})"),
            "a=1;b=~-2.5;c='x';d=true;e=false;f=null;g=nested;h=nested;");
  EXPECT_EQ(parsed(" { \"a\" : 1 , \"b\" : 2 } \r"), "a=1;b=2;");
  EXPECT_EQ(parsed("{}"), "");
}

TEST(JsonLineParser, UnescapesAsTheReferenceReaderDoes) {
  for (const char* word :
       {R"("\"\\\/\b\f\n\r\t")", R"("\u0041\u00e9\u20ac\ud83d\ude00")", R"("plain é")", R"("")"}) {
    const std::string expected = nlohmann::json::parse(word).get<std::string>();
    EXPECT_EQ(parsed(std::string("{\"k\":") + word + "}"), "k='" + expected + "';");
  }
}

TEST(JsonLineParser, ReadsNumbersCorrectlyRounded) {
  JsonLineParser parser;
  std::string_view key;
  JsonValue value;
  for (const char* number : {"0.1", "1e-7", "123456789.123456789", "4.9e-324", "1.7976931348623157e308",
                             "-0.0", "9007199254740993"}) {
    const std::string line = std::string("{\"k\":") + number + "}";
    parser.open(line);
    ASSERT_TRUE(parser.next(key, value));
    const double expected = std::strtod(number, nullptr);
    EXPECT_EQ(value.number, expected) << number;
    EXPECT_EQ(std::signbit(value.number), std::signbit(expected)) << number;
  }
  parser.open("{\"k\":-1e999,\"l\":1e-999}");
  ASSERT_TRUE(parser.next(key, value));
  EXPECT_EQ(value.number, -INFINITY);
  ASSERT_TRUE(parser.next(key, value));
  EXPECT_EQ(value.number, 0);
}

TEST(JsonLineParser, RefusesWhatIsNotJson) {
  for (const char* line : {"",
                           "[1]",
                           "{",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{\"a\":01}",
                           "{\"a\":1.}",
                           "{\"a\":.5}",
                           "{\"a\":+1}",
                           "{\"a\":1e}",
                           "{\"a\":tru}",
                           "{\"a\":NaN}",
                           "{\"a\":\"x}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\u12g4\"}",
                           "{\"a\":\"\\ud800\"}",
                           "{\"a\":\"\\udc00\"}",
                           "{\"a\":1} {\"b\":2}",
                           "{\"a\":[}]}",
                           "{\"a\":[",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":\"\x01\"}",
                           "{\"a\":-}",
                           "{\"a\":nul"}) {
    EXPECT_TRUE(parsed(line).starts_with("error")) << line << " gave " << parsed(line);
  }
}

TEST(JsonLineParser, NeverAcceptsWhatTheReferenceReaderRefuses) {
  // Every line that is one byte away from a good one.
  const std::string good = R"({"a":-1.5e3,"b":"\u00e9x","c":[1,{"d":null}],"e":true})";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char c : {'"', '\\', '{', '}', '[', ']', ',', ':', '0', 'x', ' '}) {
      std::string line = good;
      line[i] = c;
      const auto reference = nlohmann::json::parse(line, nullptr, false);
      const bool is_nested_part = i >= good.find('[') && i <= good.find(']');  // skipped, not checked
      if (is_nested_part) continue;
      EXPECT_EQ(parsed(line).starts_with("error"), reference.is_discarded()) << line;
    }
  }
}

}  // namespace
}  // namespace regimetry::market

#include "market/reading/json_line_parser.hpp"

#include <charconv>
#include <cstdlib>
#include <system_error>

namespace regimetry::market {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

void append_utf8(std::string& out, unsigned code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

}  // namespace

void JsonLineParser::fail(const char* what) const {
  throw JsonLineError{what, at_ - begin_ + 1};
}

void JsonLineParser::skip_blanks() noexcept {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r')) ++at_;
}

void JsonLineParser::expect(char c, const char* what) {
  if (at_ == end_ || *at_ != c) fail(what);
  ++at_;
}

void JsonLineParser::open(std::string_view line) {
  begin_ = at_ = line.data();
  end_ = begin_ + line.size();
  is_first_ = true;
  skip_blanks();
  if (at_ != end_ && *at_ == '[') fail("an array was found where every line should be one object {...}");
  expect('{', "expected an object, which begins with '{'");
}

bool JsonLineParser::next(std::string_view& key, JsonValue& value) {
  skip_blanks();
  if (at_ != end_ && *at_ == '}') {
    ++at_;
    skip_blanks();
    if (at_ != end_) fail("there is more after the object");
    return false;
  }
  if (!is_first_) {
    expect(',', "expected ',' or '}'");
    skip_blanks();
  }
  is_first_ = false;
  expect('"', "expected a key in quotes");
  key = read_string(key_buffer_);
  skip_blanks();
  expect(':', "expected ':' after the key");
  skip_blanks();
  if (at_ == end_) fail("the line ends before the value");

  value = JsonValue{};
  switch (*at_) {
    case '"':
      ++at_;
      value.kind = JsonValue::Kind::kWord;
      value.word = read_string(word_buffer_);
      break;
    case 't':
    case 'f':
      value.kind = JsonValue::Kind::kBoolean;
      value.boolean = *at_ == 't';
      read_literal(value.boolean ? "true" : "false");
      break;
    case 'n':
      read_literal("null");
      break;
    case '{':
    case '[':
      value.kind = JsonValue::Kind::kNested;
      skip_nested();
      break;
    default:
      read_number(value);
  }
  return true;
}

std::string_view JsonLineParser::read_string(std::string& unescaped) {
  const char* start = at_;
  while (at_ != end_ && *at_ != '"' && *at_ != '\\' && static_cast<unsigned char>(*at_) >= 0x20) ++at_;
  if (at_ != end_ && *at_ == '"')
    return {start, static_cast<std::size_t>(at_++ - start)};  // nothing to unescape
  unescaped.assign(start, at_);
  while (at_ != end_ && *at_ != '"') {
    if (static_cast<unsigned char>(*at_) < 0x20) fail("a control character stands in a string");
    if (*at_ == '\\')
      read_escape(unescaped);
    else
      unescaped += *at_++;
  }
  expect('"', "the line ends within a string");
  return unescaped;
}

void JsonLineParser::read_escape(std::string& out) {
  ++at_;  // the backslash
  if (at_ == end_) fail("the line ends within a string");
  const char c = *at_++;
  switch (c) {
    case '"':
    case '\\':
    case '/':
      out += c;
      return;
    case 'b':
      out += '\b';
      return;
    case 'f':
      out += '\f';
      return;
    case 'n':
      out += '\n';
      return;
    case 'r':
      out += '\r';
      return;
    case 't':
      out += '\t';
      return;
    case 'u':
      break;
    default:
      fail("there is no such escape in JSON");
  }
  unsigned code = read_hex4();
  if (code >= 0xD800 && code < 0xDC00) {  // the first half of a character outside the basic plane
    if (end_ - at_ < 2 || at_[0] != '\\' || at_[1] != 'u') fail("half a character in a \\u escape");
    at_ += 2;
    const unsigned low = read_hex4();
    if (low < 0xDC00 || low > 0xDFFF) fail("half a character in a \\u escape");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  } else if (code >= 0xDC00 && code <= 0xDFFF) {
    fail("half a character in a \\u escape");
  }
  append_utf8(out, code);
}

unsigned JsonLineParser::read_hex4() {
  unsigned code = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    if (at_ == end_) fail("the line ends within a \\u escape");
    const char c = *at_;
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) fail("a \\u escape needs four hexadecimal digits");
    code = code * 16 + static_cast<unsigned>(digit);
  }
  return code;
}

void JsonLineParser::read_number(JsonValue& value) {
  const char* start = at_;
  if (at_ != end_ && *at_ == '-') ++at_;
  if (at_ == end_ || !is_digit(*at_)) fail("expected a value");
  if (*at_ == '0' && at_ + 1 != end_ && is_digit(at_[1])) fail("a number begins with a zero too many");
  while (at_ != end_ && is_digit(*at_)) ++at_;
  const char* end_of_integer = at_;
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    if (at_ == end_ || !is_digit(*at_)) fail("expected a digit after the decimal point");
    while (at_ != end_ && is_digit(*at_)) ++at_;
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (at_ == end_ || !is_digit(*at_)) fail("expected a digit in the exponent");
    while (at_ != end_ && is_digit(*at_)) ++at_;
  }
  value.kind = JsonValue::Kind::kNumber;
  if (end_of_integer == at_) {
    value.is_integer = std::from_chars(start, at_, value.integer).ec == std::errc{};
  }
  const auto [stop, problem] = std::from_chars(start, at_, value.number);
  if (problem ==
      std::errc::result_out_of_range) {  // nothing was stored: tell the too large from the too small
    value.number = std::strtod(std::string(start, at_).c_str(), nullptr);
  }
}

void JsonLineParser::read_literal(std::string_view literal) {
  if (static_cast<std::size_t>(end_ - at_) < literal.size() ||
      std::string_view(at_, literal.size()) != literal) {
    fail("expected a value");
  }
  at_ += literal.size();
}

void JsonLineParser::skip_nested() {
  // Only brackets and strings matter: what is inside is left out anyway.
  std::string open;
  do {
    if (at_ == end_) fail("the line ends within brackets");
    const char c = *at_++;
    if (c == '"')
      (void)read_string(word_buffer_);
    else if (c == '{' || c == '[')
      open += c;
    else if (c == '}' || c == ']') {
      if (open.back() != (c == '}' ? '{' : '[')) fail("brackets do not match");
      open.pop_back();
    }
  } while (!open.empty());
}

}  // namespace regimetry::market

// One line of JSON, a flat object, read in place.
//
// Why our own: a general reader builds a tree of every row; a bar is a dozen known keys, and ten million of
// them should take seconds. It is strict: everything that is not JSON by RFC 8259 is an error, save that a
// number may be too large (infinity).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace regimetry::market {

struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kWord, kNested } kind = Kind::kNull;
  bool boolean = false;
  double number = 0;
  bool is_integer = false;  // kNumber: `integer` holds it exactly
  std::int64_t integer = 0;
  std::string_view word;  // kWord: unescaped; valid until the next call
};

// Walks over the members of one object. Usage: open(line); while (next(key, value)) ...; it throws
// JsonLineError.
class JsonLineParser {
 public:
  // Starts on `line`, which must hold one object and nothing else but blanks.
  void open(std::string_view line);
  // The next member; false after the last.
  [[nodiscard]] bool next(std::string_view& key, JsonValue& value);

 private:
  void skip_blanks() noexcept;
  void expect(char c, const char* what);
  [[nodiscard]] std::string_view read_string(std::string& unescaped);
  void read_escape(std::string& out);
  [[nodiscard]] unsigned read_hex4();
  void read_number(JsonValue& value);
  void read_literal(std::string_view literal);
  void skip_nested();
  [[noreturn]] void fail(const char* what) const;

  const char* begin_ = nullptr;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  bool is_first_ = true;
  std::string key_buffer_, word_buffer_;
};

// What is wrong and at which byte of the line, counting from 1.
struct JsonLineError {
  std::string what;
  std::int64_t column = 0;
};

}  // namespace regimetry::market

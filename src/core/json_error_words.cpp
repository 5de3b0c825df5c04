#include "core/json_error_words.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/printable.hpp"

namespace regimetry {
namespace {

// Numbers that the library gives its errors; its documentation lists them.
constexpr int kNoSuchKey = 403;

// What stands between the first `opening` and the next `closing` after it; empty when there is no such thing.
std::string_view between(std::string_view text, std::string_view opening, std::string_view closing) {
  const std::size_t begin = text.find(opening);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + opening.size());
  const std::size_t end = text.find(closing);
  return end == std::string_view::npos ? std::string_view() : text.substr(0, end);
}

std::string syntax_words(std::string_view message) {
  const std::string_view line = between(message, "at line ", ","), column = between(message, "column ", ":");
  if (line.empty() || column.empty()) return "it is no JSON";
  for (const char* ending : {"unexpected end of input", "missing closing quote"})
    if (message.find(ending) != std::string_view::npos) return fmt::format("it breaks off at line {}", line);
  return fmt::format("line {}, column {} is no JSON", line, column);
}

}  // namespace

std::string json_error_words(const nlohmann::json::exception& error) {
  const std::string_view message = error.what();
  if (dynamic_cast<const nlohmann::json::parse_error*>(&error) != nullptr) return syntax_words(message);
  if (error.id == kNoSuchKey) return fmt::format("it lacks '{}'", printable(between(message, "key '", "'")));
  return "a value is of another kind than it was written with";
}

}  // namespace regimetry

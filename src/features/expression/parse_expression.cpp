#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "core/error.hpp"
#include "features/expression/expression.hpp"

namespace regimetry::features {
namespace {

// Far beyond any real formula, near enough to keep recursion off the stack's end.
constexpr int kDeepestNesting = 100;
constexpr int kMostOperations = 1'000;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Expression parse() {
    Expression result = comparison();
    skip_blanks();
    if (at_ < text_.size()) fail(fmt::format("'{}' is not expected here", text_[at_]));
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    constexpr std::size_t kMostShown = 120;
    const std::string shown =
        text_.size() <= kMostShown ? std::string(text_) : std::string(text_.substr(0, kMostShown)) + "...";
    throw Error(ErrorKind::kUsage, fmt::format("feature '{}': {}, at character {}", shown, what,
                                               std::min(at_, text_.size()) + 1));
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  // Takes `sign` when it is next.
  bool take(std::string_view sign) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }

  Expression binary(std::string_view sign, std::size_t position, Expression left, Expression right) {
    if (++operations_ > kMostOperations)
      fail(fmt::format("more than {} operations in one expression; define parts of it", kMostOperations));
    Expression result;
    result.kind = Expression::Kind::kBinary;
    result.name = sign;
    result.position = position;
    result.arguments.push_back(std::move(left));
    result.arguments.push_back(std::move(right));
    return result;
  }

  Expression comparison() {
    if (++depth_ > kDeepestNesting) fail("the nesting is too deep");
    Expression left = sum();
    for (const std::string_view sign : {"<=", ">=", "<", ">"}) {
      const std::size_t position = at_;
      if (!take(sign)) continue;
      left = binary(sign, position, std::move(left), sum());
      break;
    }
    --depth_;
    return left;
  }

  Expression sum() {
    Expression left = product();
    for (;;) {
      const std::size_t position = at_;
      if (take("+")) {
        left = binary("+", position, std::move(left), product());
      } else if (take("-")) {
        left = binary("-", position, std::move(left), product());
      } else {
        return left;
      }
    }
  }

  Expression product() {
    Expression left = factor();
    for (;;) {
      const std::size_t position = at_;
      if (take("*")) {
        left = binary("*", position, std::move(left), factor());
      } else if (take("/")) {
        left = binary("/", position, std::move(left), factor());
      } else {
        return left;
      }
    }
  }

  Expression factor() {
    skip_blanks();
    const std::size_t position = at_;
    if (!take("-")) return primary();
    if (++depth_ > kDeepestNesting) fail("the nesting is too deep");
    Expression result;
    result.kind = Expression::Kind::kNegate;
    result.position = position;
    result.arguments.push_back(factor());
    --depth_;
    return result;
  }

  Expression primary() {
    skip_blanks();
    if (at_ >= text_.size()) fail(text_.empty() ? "it is empty" : "it ends where a value should stand");
    const char c = text_[at_];
    if (c == '(') return parenthesis();
    if (c == '`') return quoted_name();
    if ((c >= '0' && c <= '9') || c == '.') return number();
    if (is_name_start(c)) return name_or_call();
    fail(fmt::format("'{}' is not expected here", c));
  }

  Expression parenthesis() {
    ++at_;
    Expression inner = comparison();
    if (!take(")")) fail("a ')' is missing");
    return inner;
  }

  Expression quoted_name() {
    Expression result;
    result.kind = Expression::Kind::kName;
    result.position = at_;
    result.is_quoted = true;
    const std::size_t end = text_.find('`', at_ + 1);
    if (end == std::string_view::npos) fail("the closing ` is missing");
    result.name = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return result;
  }

  Expression number() {
    Expression result;
    result.position = at_;
    const char* const first = text_.data() + at_;
    const auto [end, problem] = std::from_chars(first, text_.data() + text_.size(), result.number);
    if (problem != std::errc()) fail("this is not a number");
    at_ += static_cast<std::size_t>(end - first);
    return result;
  }

  Expression name_or_call() {
    Expression result;
    result.kind = Expression::Kind::kName;
    result.position = at_;
    while (at_ < text_.size() && is_name_part(text_[at_])) result.name += text_[at_++];
    if (!take("(")) return result;
    result.kind = Expression::Kind::kCall;
    if (take(")")) return result;
    do {
      result.argument_names.push_back(argument_name());
      result.arguments.push_back(comparison());
    } while (take(","));
    if (!take(")")) fail(fmt::format("a ')' is missing after the arguments of {}", result.name));
    return result;
  }

  // "period" of `period = 14`, else nothing.
  std::string argument_name() {
    skip_blanks();
    std::size_t end = at_;
    while (end < text_.size() && is_name_part(text_[end])) ++end;
    std::size_t sign = end;
    while (sign < text_.size() && is_blank(text_[sign])) ++sign;
    if (end == at_ || !is_name_start(text_[at_]) || sign >= text_.size() || text_[sign] != '=') return {};
    std::string name(text_.substr(at_, end - at_));
    at_ = sign + 1;
    return name;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operations_ = 0;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

bool is_name_start(char c) noexcept {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_name_part(char c) noexcept {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '.';
}

Expression parse_expression(std::string_view text) {
  return Parser(trimmed(text)).parse();
}

std::vector<std::string> split_expressions(std::string_view list) {
  std::vector<std::string> parts;
  int depth = 0;
  bool is_quoted = false;
  std::size_t begin = 0;
  const auto finish = [&](std::size_t end) {
    const std::string_view part = trimmed(list.substr(begin, end - begin));
    if (!part.empty()) parts.emplace_back(part);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '`') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if ((c == ',' || c == ';' || c == '\n') && depth <= 0) finish(i);
  }
  finish(list.size());
  return parts;
}

}  // namespace regimetry::features

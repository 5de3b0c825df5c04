#include "market/simulation/name_problems.hpp"

#include <fmt/format.h>

#include <map>

#include "core/printable.hpp"

namespace regimetry::market {
namespace {

constexpr std::size_t kLongestName = 64;  // bytes
constexpr std::string_view kRefused = ",;|\"'`\\";

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::optional<std::string> name_problem(std::string_view key, std::string_view name) {
  if (name.empty()) return fmt::format("{}: a name is empty; give at least one letter", key);
  const std::string shown = printable(name);
  if (name.size() > kLongestName) {
    return fmt::format("{}: '{}' has {} bytes; at most {} are supported", key, shown, name.size(),
                       kLongestName);
  }
  if (printable(name, name.size()) != name) {
    return fmt::format(
        "{}: '{}' holds control characters, such as a line break, or bytes that are not UTF-8; use letters, "
        "digits and signs that can be printed",
        key, shown);
  }
  if (const std::size_t at = name.find_first_of(kRefused); at != std::string_view::npos) {
    return fmt::format(
        "{}: '{}' holds {}, which separates or quotes values in files; use another sign, such as _", key,
        shown, name[at]);
  }
  if (name.front() == ' ' || name.back() == ' ') {
    return fmt::format("{}: '{}' begins or ends with a space, which readers of text files drop; leave it out",
                       key, shown);
  }
  return std::nullopt;
}

std::vector<std::string> name_problems(std::string_view key, const std::vector<std::string>& names) {
  std::vector<std::string> problems;
  std::map<std::string, std::size_t> first_places;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::optional<std::string> problem = name_problem(key, names[i])) {
      problems.push_back(std::move(*problem));
      continue;
    }
    const auto [place, is_new] = first_places.emplace(lower_case(names[i]), i);
    if (is_new) continue;
    problems.push_back(
        fmt::format("{}: '{}' (name {}) is the same as '{}' (name {}); give every regime a name "
                    "of its own, different also when upper and lower case are not told apart",
                    key, names[i], i + 1, names[place->second], place->second + 1));
  }
  return problems;
}

}  // namespace regimetry::market

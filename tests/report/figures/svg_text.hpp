// What an SVG file holds, read in the plainest way.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/figures/color.hpp"

namespace regimetry::report {

// What is wrong with the XML; empty when every element is closed in its order and every attribute is quoted.
inline std::string xml_problem(std::string_view text) {
  std::vector<std::string> open;
  std::size_t place = 0;
  int roots = 0;
  while ((place = text.find('<', place)) != std::string_view::npos) {
    const std::size_t end = text.find('>', place);
    if (end == std::string_view::npos) return "a tag is not closed";
    const std::string_view tag = text.substr(place + 1, end - place - 1);
    place = end + 1;
    if (tag.empty() || tag.find('<') != std::string_view::npos) return fmt::format("no tag: '{}'", tag);
    if (tag[0] == '?') continue;
    const std::string name(
        tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag[0] == '/' ? 1 : 0)));
    if (tag[0] == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return fmt::format("'{}' closes nothing", tag);
      open.pop_back();
      continue;
    }
    int quotes = 0;
    for (const char c : tag) quotes += c == '"' ? 1 : 0;
    if (quotes % 2 != 0) return fmt::format("a quote is missing in '{}'", tag);
    if (open.empty() && ++roots > 1) return "two roots";
    if (tag.back() != '/') open.push_back(name);
  }
  if (roots == 0) return "no element";
  return open.empty() ? "" : fmt::format("'{}' stays open", open.back());
}

// A colour as Cairo writes it: percents with as many decimals as they need.
inline std::string svg_color(const Color& color) {
  const auto part = [](double value) {
    std::string digits = fmt::format("{:.6f}", value * 100);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
  };
  return fmt::format("rgb({}%,{}%,{}%)", part(color.red), part(color.green), part(color.blue));
}

}  // namespace regimetry::report

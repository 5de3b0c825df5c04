#include "cli/command_name.hpp"

#include <algorithm>

namespace regimetry::cli {

std::string_view group_of(std::string_view command_name) {
  const std::size_t blank = command_name.find(' ');
  return blank == std::string_view::npos ? std::string_view() : command_name.substr(0, blank);
}

std::string_view verb_of(std::string_view command_name) {
  const std::size_t blank = command_name.find(' ');
  return blank == std::string_view::npos ? command_name : command_name.substr(blank + 1);
}

std::string section_key(std::string_view command_name) {
  std::string key(command_name);
  std::replace_if(
      key.begin(), key.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return key;
}

}  // namespace regimetry::cli

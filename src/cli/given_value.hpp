// A value as somebody gave it, before the field's type has looked at it.
#pragma once

#include <string>
#include <vector>

#include "cli/setting_schema.hpp"

namespace regimetry::cli {

struct GivenValue {
  const Setting* setting = nullptr;  // borrowed from the schema
  std::vector<std::string> words;    // one for scalars
  bool is_null = false;              // YAML's null; words is empty then
  std::string place;                 // opens messages: "eurusd.yaml:7: window_size", "--window-size"
  std::string origin;                // as show-config tells it: "eurusd.yaml:7", "flag --window-size"
};

// The word as the values of `setting`: cut at commas where the setting's type does that, else itself.
[[nodiscard]] std::vector<std::string> words_for(const Setting& setting, const std::string& word);

}  // namespace regimetry::cli

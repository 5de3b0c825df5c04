// The feature sets that come with regimetry: names for lists of expressions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regimetry::features {

struct BuiltInSet {
  std::string name;
  std::string meaning;
  std::vector<std::string> features;  // expressions
};

[[nodiscard]] const std::vector<BuiltInSet>& built_in_sets();
[[nodiscard]] const BuiltInSet* find_built_in_set(std::string_view name);

}  // namespace regimetry::features

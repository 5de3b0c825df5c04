// The structure of regimes for people: who they are, how sticky, what follows, what they tell apart.
#pragma once

#include <string>
#include <vector>

#include "regimes/structure/describe_structure.hpp"

namespace regimetry::cli {

// A table and a few sentences. `names` of the regimes where labels were words, else empty.
[[nodiscard]] std::string structure_words(const regimes::Structure& structure,
                                          const std::vector<std::string>& names);

}  // namespace regimetry::cli

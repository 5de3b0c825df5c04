// A comparison of methods as a person reads it.
#pragma once

#include <string>

#include "labelling/compare_methods.hpp"

namespace regimetry::cli {

// One table of the methods, and one of how far each pair agrees.
[[nodiscard]] std::string comparison_words(const labelling::MethodComparison& comparison);

}  // namespace regimetry::cli

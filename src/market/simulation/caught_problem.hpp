// Checks that throw, as entries of a list: users are told everything that is wrong at once.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"

namespace regimetry::market {

// Runs `check`; its Error (kUsage) becomes an entry of `problems`, other errors pass. True when there was
// none.
template <typename Check>
bool passes(std::vector<std::string>& problems, const Check& check) {
  try {
    check();
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUsage) throw;
    problems.emplace_back(error.what());
    return false;
  }
}

}  // namespace regimetry::market

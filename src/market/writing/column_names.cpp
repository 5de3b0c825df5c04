#include "market/writing/column_names.hpp"

#include <fmt/format.h>

#include "core/lower_case.hpp"

namespace regimetry::market {

std::string ColumnNames::claim(const std::string& wanted) {
  const std::string base = wanted.empty() ? "column" : wanted;
  std::string name = base;
  for (int n = 2; !used_.insert(lower_case(name)).second; ++n) name = fmt::format("{}_{}", base, n);
  return name;
}

}  // namespace regimetry::market

// The values at some places of a list.
#pragma once

#include <cstddef>
#include <ranges>
#include <vector>

namespace regimetry {

// `values[i]` for each i of `places`; empty where there are no values at all, as where a column is absent.
template <std::ranges::random_access_range Values, std::ranges::range Places>
[[nodiscard]] auto gather(const Values& values, const Places& places) {
  std::vector<std::ranges::range_value_t<Values>> gathered;
  if (std::ranges::empty(values)) return gathered;
  gathered.reserve(std::ranges::size(places));
  for (const auto place : places) gathered.push_back(values[static_cast<std::size_t>(place)]);
  return gathered;
}

}  // namespace regimetry

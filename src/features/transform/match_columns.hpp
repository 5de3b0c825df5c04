// The columns that a transform takes <-> the columns of a table that it is applied to.
#pragma once

#include <cstddef>
#include <vector>

#include "features/transform/input_table.hpp"

namespace regimetry::features {

// Where a column of the transform stands in a table to transform; `is_empty`: it is there and holds nothing.
struct MatchedColumn {
  std::size_t index = 0;
  bool is_empty = false;
};

// By name, in the order wanted. A column without any value fits any kind; booleans and numbers that are 0 or
// 1 fit each other. Throws Error (kData) that names every column that is missing or of another kind.
[[nodiscard]] std::vector<MatchedColumn> match_columns(const InputTable& table,
                                                       const std::vector<InputColumn>& wanted);

}  // namespace regimetry::features

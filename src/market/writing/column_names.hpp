// Names for the columns of one file, each made unique.
//
// Why without regard to case: DuckDB and many readers see no difference between `Close` and `close`.
#pragma once

#include <set>
#include <string>

namespace regimetry::market {

class ColumnNames {
 public:
  // `wanted`, or the first of wanted_2, wanted_3, ... that is free; "column" for an empty name.
  [[nodiscard]] std::string claim(const std::string& wanted);

 private:
  std::set<std::string> used_;  // in lower case
};

}  // namespace regimetry::market

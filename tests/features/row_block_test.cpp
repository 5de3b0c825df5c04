#include "features/row_block.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace regimetry::features {
namespace {

TEST(StoreRows, TransposesAnyNumberOfColumns) {
  for (const std::size_t width : {1, 15, 16, 17, 95}) {
    std::vector<std::vector<double>> columns(width, std::vector<double>(5));
    std::vector<const double*> places;
    for (std::size_t k = 0; k < width; ++k) {
      for (std::size_t row = 0; row < 5; ++row)
        columns[k][row] = 100.25 * static_cast<double>(k) + static_cast<double>(row);
      places.push_back(columns[k].data());
    }
    std::vector<float> rows(5 * width);
    store_rows(places, 5, rows.data());
    for (std::size_t row = 0; row < 5; ++row) {
      for (std::size_t k = 0; k < width; ++k)
        ASSERT_EQ(rows[row * width + k], static_cast<float>(columns[k][row])) << width;
    }
  }
}

}  // namespace
}  // namespace regimetry::features

// How bars are laid down in a file.
#pragma once

#include <cstdint>

namespace regimetry::market {

enum class RowOrder : std::uint8_t {
  kByTime,   // rows of an instrument in order of time; equal stamps keep their order
  kAsGiven,  // rows as they stand in the bars: for data whose order is itself what is to be kept
};

struct WriteOptions {
  RowOrder row_order = RowOrder::kByTime;
};

}  // namespace regimetry::market

// The label of a row that belongs to no regime, such as the bars before the first whole window.
#pragma once

#include <cstdint>

namespace regimetry::regimes {

inline constexpr std::int32_t kNoRegime = -1;  // every negative label means the same

}  // namespace regimetry::regimes

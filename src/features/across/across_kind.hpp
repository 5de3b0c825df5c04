// Ways to look at all instruments at one stamp.
//
// Time: a value at stamp t is made from the values of all instruments at that same stamp and from nothing
// later. Where instruments close at different hours, bars that share a stamp may still end at different
// moments: that is the data's.
#pragma once

#include <cstdint>
#include <string_view>

namespace regimetry::features {

enum class AcrossKind : std::uint8_t {
  kRank,        // share of the other instruments below, ties count half: 0 lowest, 1 highest; 0.5 when alone
  kMean,        // plain mean over all instruments
  kDeviation,   // population deviation over all instruments
  kSectorMean,  // plain mean over the instruments of the same sector; missing for one in no sector
};
[[nodiscard]] std::string_view across_kind_name(AcrossKind kind) noexcept;  // "across_rank", ...

}  // namespace regimetry::features

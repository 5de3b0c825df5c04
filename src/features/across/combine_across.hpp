// The values of all instruments at one stamp -> what each is told about the others.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "features/across/across_kind.hpp"

namespace regimetry::features {

inline constexpr std::int32_t kNoSector = -1;

// Scratch memory of one thread.
class AcrossCombiner {
 public:
  // values[i] of the instruments that have a bar at this stamp; sectors[i] says which sector each is in (any
  // numbers from 0 on, or kNoSector). Missing values take no part and get a missing result, and so does what
  // is in no sector where sectors count. Results replace the values. The order of instruments must be the
  // same wherever the same bits are wanted.
  void combine(AcrossKind kind, std::span<double> values, std::span<const std::int32_t> sectors);

 private:
  void rank(std::span<double> values);
  void spread(AcrossKind kind, std::span<double> values) const;
  void sector_means(std::span<double> values, std::span<const std::int32_t> sectors);

  std::vector<std::pair<double, std::size_t>> order_;
  std::vector<double> sums_;
  std::vector<std::int64_t> counts_;
};

}  // namespace regimetry::features

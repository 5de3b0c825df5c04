#include "features/across/across_kind.hpp"

namespace regimetry::features {

std::string_view across_kind_name(AcrossKind kind) noexcept {
  switch (kind) {
    case AcrossKind::kRank:
      return "across_rank";
    case AcrossKind::kMean:
      return "across_mean";
    case AcrossKind::kDeviation:
      return "across_deviation";
    case AcrossKind::kSectorMean:
      break;
  }
  return "sector_mean";
}

}  // namespace regimetry::features

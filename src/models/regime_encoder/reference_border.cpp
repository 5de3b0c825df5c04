#include "models/regime_encoder/reference_border.hpp"

#include <fmt/format.h>

namespace regimetry::models {

std::string reference_border() {
  constexpr int kRevision = 1;  // raised when the meaning of a call changes
  return fmt::format("regimetry {}, border {}, weights of {} bytes", REGIMETRY_VERSION, kRevision,
                     sizeof(RegimeEncoderWeights));
}

}  // namespace regimetry::models

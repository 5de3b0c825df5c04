#include "regimes/structure/transition_profile.hpp"

#include "core/portable_math.hpp"

namespace regimetry::regimes {

std::vector<TransitionProfile> profile_transitions(const MatrixD& matrix) {
  std::vector<TransitionProfile> profiles;
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    TransitionProfile profile;
    profile.stickiness = matrix(row, row);
    for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
      const double p = matrix(row, column);
      if (p > 0) profile.entropy -= p * portable_log(p);
      if (column == row || p <= profile.next_probability) continue;
      profile.next = static_cast<std::int32_t>(column);
      profile.next_probability = p;
    }
    if (!(profile.entropy > 0)) profile.entropy = 0;  // no negative zero
    profiles.push_back(profile);
  }
  return profiles;
}

}  // namespace regimetry::regimes

#include "regimes/hidden_markov/student_dof.hpp"

#include "core/gamma_functions.hpp"
#include "core/portable_math.hpp"

namespace regimetry::regimes {

double update_student_dof(double dof, double width, double mean_log_less_trust) noexcept {
  const double known = 1 + mean_log_less_trust + digamma((dof + width) / 2) - portable_log((dof + width) / 2);
  // Half the slope of the expected log likelihood; it falls from left to right.
  const auto slope = [&](double candidate) {
    return portable_log(candidate / 2) - digamma(candidate / 2) + known;
  };
  double low = kLeastStudentDof, high = kMostStudentDof;
  if (!(slope(low) > 0)) return low;
  if (!(slope(high) < 0)) return high;
  while (high - low > 1e-9 * high) {
    const double middle = 0.5 * (low + high);
    (slope(middle) > 0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace regimetry::regimes

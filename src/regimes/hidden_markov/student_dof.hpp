// The step of expectation maximisation that finds degrees of freedom of Student-t laws (Liu and Rubin 1995,
// the ECM step).
#pragma once

namespace regimetry::regimes {

// 2.1: any lower and the variance is gone; 100: as good as Gaussian.
inline constexpr double kLeastStudentDof = 2.1, kMostStudentDof = 100;

// The dof in kLeastStudentDof..kMostStudentDof at which the expected log likelihood is greatest. `dof`: the
// present one; `width`: D; `mean_log_less_trust`: mean of log u - u over the rows owned, u = (dof + D) / (dof
// + distance).
[[nodiscard]] double update_student_dof(double dof, double width, double mean_log_less_trust) noexcept;

}  // namespace regimetry::regimes

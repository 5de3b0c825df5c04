#include "market/simulation/regime_scaling.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <unsupported/Eigen/MatrixFunctions>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

using ComplexMatrix = Eigen::MatrixXcd;
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Rounding in logm and expm leaves entries this far from what they should be.
constexpr double kRoundingTolerance = 1e-9;
constexpr double kSnap = 1099511627776.0;  // 2^40

Eigen::MatrixXd whole_power(Eigen::MatrixXd base, std::int64_t exponent) {
  Eigen::MatrixXd power = Eigen::MatrixXd::Identity(base.rows(), base.cols());
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) power = power * base;
    base = base * base;
  }
  return power;
}

[[noreturn]] void fail(double exponent, const std::string& reason) {
  throw Error(ErrorKind::kUsage, fmt::format("the transition matrix has no power {:.6g} that is a matrix of "
                                             "probabilities: {}. These regimes cannot be "
                                             "watched on bars of that length; choose a --timeframe that "
                                             "holds a whole number of the given bars, or "
                                             "give a transition matrix for the wanted timeframe.",
                                             exponent, reason));
}

// Complex on purpose: a negative eigenvalue has a complex logarithm, which the real routine would turn into
// NaN.
Eigen::MatrixXd fractional_power(const Eigen::MatrixXd& base, double exponent) {
  const ComplexMatrix logarithm = ComplexMatrix(base.cast<std::complex<double>>()).log();
  const ComplexMatrix power = ComplexMatrix(logarithm * exponent).exp();
  if (!power.real().allFinite() || !power.imag().allFinite()) fail(exponent, "it is singular");
  if (power.imag().cwiseAbs().maxCoeff() > kRoundingTolerance)
    fail(exponent, "it has a negative or complex eigenvalue without a real root");
  return power.real();
}

Eigen::MatrixXd checked_stochastic(Eigen::MatrixXd matrix, double exponent) {
  for (Eigen::Index from = 0; from < matrix.rows(); ++from) {
    for (Eigen::Index to = 0; to < matrix.cols(); ++to) {
      if (!(matrix(from, to) >= -kRoundingTolerance)) {
        fail(exponent, fmt::format("row {} column {} would be {:.6g}", from + 1, to + 1, matrix(from, to)));
      }
    }
    if (std::abs(matrix.row(from).sum() - 1) > 1e3 * kRoundingTolerance) {
      fail(exponent, fmt::format("row {} would sum to {:.9g}", from + 1, matrix.row(from).sum()));
    }
  }
  // The last bits depend on the processor and its mathematics library. Off the diagonal they are dropped
  // (what is left is a multiple of 2^-40, about 1e-12), and the diagonal takes the rest, so that every
  // machine simulates the same regimes.
  matrix = (matrix.cwiseMax(0.0).array() * kSnap).round() / kSnap;
  for (Eigen::Index from = 0; from < matrix.rows(); ++from) {
    matrix(from, from) = 0;
    matrix(from, from) = std::max(0.0, 1 - matrix.row(from).sum());
  }
  return matrix;
}

}  // namespace

std::vector<double> transition_power(const std::vector<double>& transition, int regime_count,
                                     double exponent) {
  const Eigen::MatrixXd base = Eigen::Map<const RowMatrix>(transition.data(), regime_count, regime_count);
  const bool is_whole = exponent == std::floor(exponent) && exponent < 1e9;
  const RowMatrix power = checked_stochastic(
      is_whole ? whole_power(base, static_cast<std::int64_t>(exponent)) : fractional_power(base, exponent),
      exponent);
  return {power.data(), power.data() + power.size()};
}

RegimeParameters rescale(const RegimeParameters& parameters, double length_ratio, Timeframe timeframe) {
  RegimeParameters scaled = parameters;
  scaled.timeframe = timeframe;
  if (length_ratio == 1) return scaled;
  for (double& mean : scaled.means) mean *= length_ratio;
  for (double& sd : scaled.sds) sd *= std::sqrt(length_ratio);
  scaled.transition = transition_power(parameters.transition, parameters.regime_count(), length_ratio);
  return scaled;
}

}  // namespace regimetry::market

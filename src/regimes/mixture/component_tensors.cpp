#include "regimes/mixture/component_tensors.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/error.hpp"
#include "regimes/fitted_tensors.hpp"

namespace regimetry::regimes {
namespace {

void require(bool holds, const std::string& problem) {
  if (!holds) throw Error(ErrorKind::kData, problem + " Fit again, or copy the file again.");
}

void require_symmetric(const MatrixD& covariances, std::int64_t width) {
  for (Eigen::Index k = 0; k < covariances.rows() / width; ++k) {
    const auto covariance = covariances.middleRows(k * width, width);
    require(covariance == covariance.transpose(),
            fmt::format("The tensor 'covariances' is not symmetric for regime {}.", k));
    require(covariance.diagonal().minCoeff() > 0,
            fmt::format("The tensor 'covariances' holds a variance that is not above 0 for regime {}.", k));
  }
}

}  // namespace

void add_component_tensors(const GaussianComponents& components, TensorFile& file) {
  file.tensors["means"] = tensor_of(components.means);
  file.tensors[components.shape == CovarianceShape::kFull ? "covariances" : "variances"] =
      tensor_of(components.covariances);
}

GaussianComponents read_component_tensors(const TensorFile& file) {
  GaussianComponents components;
  components.means = require_matrix_d(file, "means", -1);
  const std::int64_t count = components.means.rows(), width = components.means.cols();
  components.shape = file.tensors.contains("variances") ? CovarianceShape::kDiagonal : CovarianceShape::kFull;
  const bool is_full = components.shape == CovarianceShape::kFull;
  const std::string name = is_full ? "covariances" : "variances";
  components.covariances = require_matrix_d(file, name, width);
  const std::int64_t rows = is_full ? count * width : count;
  require(components.covariances.rows() == rows,
          fmt::format("The tensor '{}' has {} rows; {} regimes of {} columns need {}.", name,
                      components.covariances.rows(), count, width, rows));
  if (is_full) require_symmetric(components.covariances, width);
  if (!is_full)
    require(components.covariances.minCoeff() > 0,
            "The tensor 'variances' holds a variance that is not above 0.");
  return components;
}

void require_chances(std::span<const double> chances, double least, std::string_view tensor) {
  double sum = 0;
  for (const double chance : chances) {
    require(chance >= least, fmt::format("The tensor '{}' holds the chance {}; the least there is is {}.",
                                         tensor, chance, least));
    sum += chance;
  }
  require(std::abs(sum - 1) <= 1e-6,
          fmt::format("The chances of the tensor '{}' add up to {}, not to 1.", tensor, sum));
}

}  // namespace regimetry::regimes

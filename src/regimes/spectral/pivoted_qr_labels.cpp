#include "regimes/spectral/pivoted_qr_labels.hpp"

#include <Eigen/SVD>
#include <cassert>

namespace regimetry::regimes {
namespace {

// The K rows of which each is the longest once its part along the earlier ones is taken out.
MatrixD pivot_rows(const MatrixD& coordinates) {
  MatrixD rest = coordinates, pivots(coordinates.cols(), coordinates.cols());
  for (Eigen::Index k = 0; k < pivots.rows(); ++k) {
    Eigen::Index longest = 0;
    rest.rowwise().squaredNorm().maxCoeff(&longest);
    pivots.row(k) = coordinates.row(longest);
    const double length = rest.row(longest).norm();
    if (!(length > 0)) continue;
    const Eigen::RowVectorXd direction = rest.row(longest) / length;
    for (Eigen::Index row = 0; row < rest.rows(); ++row)
      rest.row(row) -= rest.row(row).dot(direction) * direction;
  }
  return pivots;
}

}  // namespace

std::vector<std::int32_t> pivoted_qr_labels(const Eigen::Ref<const MatrixF>& coordinates) {
  assert(coordinates.rows() >= coordinates.cols() && coordinates.cols() >= 1);
  const MatrixD values = coordinates.cast<double>();
  // The rotation nearest to the pivots turns each group's rows along one axis.
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(pivot_rows(values).transpose(),
                                              Eigen::ComputeFullU | Eigen::ComputeFullV);
  const MatrixD turn = svd.matrixU().lazyProduct(svd.matrixV().transpose());
  const MatrixD turned = values.lazyProduct(turn).cwiseAbs();
  std::vector<std::int32_t> labels(static_cast<std::size_t>(values.rows()));
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    Eigen::Index label = 0;
    turned.row(row).maxCoeff(&label);
    labels[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(label);
  }
  return labels;
}

}  // namespace regimetry::regimes

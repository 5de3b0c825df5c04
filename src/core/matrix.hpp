// Row-major matrices of Eigen, as every room outside the networks passes them.
//
// For rooms that link Eigen: core itself does not, so that the neural core builds without it.
#pragma once

#include <Eigen/Core>

namespace regimetry {

using MatrixF = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixD = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace regimetry

// Principal components: the orthogonal directions in which rows vary most.
//
// Exact: eigenvectors of the covariance (division by N - 1), so the cost grows with the cube of the width.
// Signs:  the coordinate of largest magnitude of each axis is positive, the first of them when several are.
// Same:   bit-identical for any thread count.
#pragma once

#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::projection {

// A fitted projection. Places any rows, those of the fit included; const members may run in parallel.
struct PrincipalComponents {
  Eigen::RowVectorXd mean;        // [D]
  MatrixD axes;                   // [C, D], orthonormal rows, by falling variance
  std::vector<double> variances;  // [C], of the rows of the fit along each axis
  double total_variance = 0;      // along all D axes

  // rows [M, D] -> [M, C]. A row's answer does not depend on the other rows. Throws Error (kUsage) when the
  // width is another one.
  [[nodiscard]] MatrixF transform(const Eigen::Ref<const MatrixF>& rows) const;
};

// `rows` [N, D] finite; 1 <= axis_count <= D, else Error (kUsage). Columns that are constant have no part in
// any axis that has variance; of a single row all variances are 0.
[[nodiscard]] PrincipalComponents fit_principal_components(const Eigen::Ref<const MatrixF>& rows,
                                                           int axis_count, ThreadPool& pool);

}  // namespace regimetry::projection

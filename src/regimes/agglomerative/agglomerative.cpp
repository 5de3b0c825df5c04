#include "regimes/agglomerative/agglomerative.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "regimes/agglomerative/ward_tree.hpp"
#include "regimes/mixture/require_distinct_rows.hpp"
#include "regimes/require_finite.hpp"

namespace regimetry::regimes {
namespace {

void require_usable(const Eigen::Ref<const MatrixF>& values, const AgglomerativeOptions& options) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("The options of agglomerative clustering: {}.", fmt::join(problems, "; ")));
  require_finite(values);
  if (values.rows() > options.most_rows)
    throw Error(
        ErrorKind::kData,
        fmt::format("Agglomerative clustering compares every row with every other, and {} rows are more "
                    "than the {} it is allowed. Use --method kmeans, or fit one row in {}.",
                    values.rows(), options.most_rows,
                    (values.rows() + options.most_rows - 1) / options.most_rows));
  require_distinct_rows(values, RowBlocks(values), options.regime_count);
}

MatrixD means_of(const Eigen::Ref<const MatrixF>& values, const std::vector<std::int32_t>& labels,
                 int count) {
  MatrixD means = MatrixD::Zero(count, values.cols());
  std::vector<double> sizes(static_cast<std::size_t>(count), 0.0);
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    const std::int32_t label = labels[static_cast<std::size_t>(row)];
    means.row(label) += values.row(row).cast<double>();
    sizes[static_cast<std::size_t>(label)] += 1;
  }
  for (Eigen::Index k = 0; k < means.rows(); ++k) means.row(k) /= sizes[static_cast<std::size_t>(k)];
  return means;
}

double sum_of_squares(const Eigen::Ref<const MatrixF>& values, const std::vector<std::int32_t>& labels,
                      const MatrixD& means) {
  double sum = 0;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      const double deviation =
          static_cast<double>(values(row, column)) - means(labels[static_cast<std::size_t>(row)], column);
      sum += deviation * deviation;
    }
  }
  return sum;
}

}  // namespace

std::vector<std::string> AgglomerativeOptions::problems() const {
  std::vector<std::string> list;
  if (regime_count < 1) list.push_back(fmt::format("n_clusters is {}; it must be at least 1", regime_count));
  if (most_rows < 1) list.push_back(fmt::format("most_rows is {}; it must be at least 1", most_rows));
  return list;
}

AgglomerativeFit fit_agglomerative(const RegimeRows& rows, const AgglomerativeOptions& options) {
  require_usable(rows.values, options);
  std::vector<std::int32_t> labels = cut_tree(ward_tree(rows.values), options.regime_count);
  MatrixD means = means_of(rows.values, labels, options.regime_count);
  const double objective = sum_of_squares(rows.values, labels, means);
  AgglomerativeFit result{{},
                          AgglomerativeRegimes(KMeansRegimes(
                              std::move(means), objective / static_cast<double>(rows.values.size())))};
  result.fit.labels = std::move(labels);
  result.fit.objective = objective;
  result.fit.objective_meaning = "sum of squared distances to the means";
  result.fit.has_converged = true;
  result.fit.iterations = 1;
  result.fit.probabilities = MatrixD(rows.values.rows(), options.regime_count);
  for (Eigen::Index row = 0; row < rows.values.rows(); ++row)
    (void)result.model.nearest().assign(
        {rows.values.row(row).data(), static_cast<std::size_t>(rows.values.cols())},
        {result.fit.probabilities.row(row).data(), static_cast<std::size_t>(options.regime_count)});
  return result;
}

}  // namespace regimetry::regimes

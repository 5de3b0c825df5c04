#include "regimes/alignment/best_assignment.hpp"

#include <limits>

namespace regimetry::regimes {
namespace {

// Assigns one row after another; potentials keep every reduced cost at least 0, so that the cheapest way to
// make room for the next row is a shortest path.
class AssignmentSolver {
 public:
  explicit AssignmentSolver(const MatrixD& cost)  // [A, B], A <= B
      : cost_(cost),
        row_potential_(static_cast<std::size_t>(cost.rows()), 0.0),
        column_potential_(static_cast<std::size_t>(cost.cols()), 0.0),
        row_of_(static_cast<std::size_t>(cost.cols()), -1) {
    for (std::int64_t row = 0; row < cost.rows(); ++row) add(row);
  }

  [[nodiscard]] std::vector<std::int64_t> column_of_each_row() const {
    std::vector<std::int64_t> columns(row_potential_.size(), -1);
    for (std::size_t column = 0; column < row_of_.size(); ++column) {
      if (row_of_[column] >= 0)
        columns[static_cast<std::size_t>(row_of_[column])] = static_cast<std::int64_t>(column);
    }
    return columns;
  }

 private:
  void add(std::int64_t new_row) {
    const std::size_t column_count = row_of_.size();
    std::vector<double> distance(column_count, std::numeric_limits<double>::infinity());
    std::vector<std::int64_t> from(column_count, -1);  // the column before, on the path; -1: the new row
    std::vector<bool> is_settled(column_count, false);
    std::int64_t row = new_row, column = -1;
    double length = 0;
    do {
      std::int64_t nearest = -1;
      for (std::size_t next = 0; next < column_count; ++next) {
        if (is_settled[next]) continue;
        const double reached = length + reduced_cost(row, next);
        if (reached < distance[next]) {
          distance[next] = reached;
          from[next] = column;
        }
        if (nearest < 0 || distance[next] < distance[static_cast<std::size_t>(nearest)])
          nearest = static_cast<std::int64_t>(next);
      }
      column = nearest;
      length = distance[static_cast<std::size_t>(column)];
      is_settled[static_cast<std::size_t>(column)] = true;
      row = row_of_[static_cast<std::size_t>(column)];
    } while (row >= 0);
    update_potentials(new_row, distance, is_settled, length);
    shift_along_path(new_row, column, from);
  }

  [[nodiscard]] double reduced_cost(std::int64_t row, std::size_t column) const {
    return cost_(row, static_cast<Eigen::Index>(column)) - row_potential_[static_cast<std::size_t>(row)] -
           column_potential_[column];
  }

  void update_potentials(std::int64_t new_row, const std::vector<double>& distance,
                         const std::vector<bool>& is_settled, double length) {
    row_potential_[static_cast<std::size_t>(new_row)] += length;
    for (std::size_t column = 0; column < row_of_.size(); ++column) {
      if (!is_settled[column]) continue;
      const double slack = length - distance[column];
      column_potential_[column] -= slack;
      if (row_of_[column] >= 0) row_potential_[static_cast<std::size_t>(row_of_[column])] += slack;
    }
  }

  void shift_along_path(std::int64_t new_row, std::int64_t column, const std::vector<std::int64_t>& from) {
    while (column >= 0) {
      const std::int64_t before = from[static_cast<std::size_t>(column)];
      row_of_[static_cast<std::size_t>(column)] =
          before >= 0 ? row_of_[static_cast<std::size_t>(before)] : new_row;
      column = before;
    }
  }

  const MatrixD& cost_;
  std::vector<double> row_potential_, column_potential_;
  std::vector<std::int64_t> row_of_;  // of each column; -1 while free
};

}  // namespace

std::vector<std::int64_t> best_assignment(const Eigen::Ref<const MatrixD>& benefit) {
  if (benefit.rows() <= benefit.cols()) {
    const MatrixD cost = -benefit;
    return AssignmentSolver(cost).column_of_each_row();
  }
  const MatrixD cost = -benefit.transpose();
  const std::vector<std::int64_t> row_of_each_column = AssignmentSolver(cost).column_of_each_row();
  std::vector<std::int64_t> columns(static_cast<std::size_t>(benefit.rows()), -1);
  for (std::size_t column = 0; column < row_of_each_column.size(); ++column)
    columns[static_cast<std::size_t>(row_of_each_column[column])] = static_cast<std::int64_t>(column);
  return columns;
}

}  // namespace regimetry::regimes

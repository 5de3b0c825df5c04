// How likely each regime of a hidden Markov model makes each row.
//
// Gaussian:   log density = scale - distance / 2
// Student-t:  log density = scale - (dof + D) / 2 * log(1 + distance / dof)
#pragma once

#include <span>
#include <vector>

#include "regimes/hidden_markov/hidden_markov_law.hpp"
#include "regimes/mixture/gaussian_density.hpp"

namespace regimetry::regimes {

// What the E step keeps of all N rows. Reused from iteration to iteration.
struct EmissionTable {
  // [N, K]: density over the greatest of the row's K, so 0..1 with a 1 in every row. A density that is more
  // than 745 nats below the greatest is 0, which no path through it could make up for.
  std::vector<double> relative;
  double log_greatest = 0;           // sum over rows of the log of the greatest density
  std::vector<double> distances;     // [K, N], squared, in the regime's spread; for Student-t only
  std::vector<double> log_excesses;  // [K, N], log(1 + distance / dof); for Student-t only
};

class Emission {
 public:
  explicit Emission(const HiddenMarkovLaw& law);

  [[nodiscard]] const GaussianDensity& density() const noexcept { return density_; }
  void fill(const RowColumns& rows, EmissionTable& table) const;
  // [N, K]
  [[nodiscard]] MatrixD log_densities(const RowColumns& rows) const;
  // Of one row [D]: the same bits as its row of log_densities(). Writes [K].
  void log_densities_of(std::span<const float> row, std::span<double> out) const noexcept;

 private:
  void fill_block(const RowColumns& rows, std::int64_t first, std::int64_t count, EmissionTable* table,
                  std::span<double> logs) const;

  GaussianDensity density_;
  std::vector<double> student_dof_;  // [K] or empty
  std::vector<double> scales_;       // [K]
};

}  // namespace regimetry::regimes

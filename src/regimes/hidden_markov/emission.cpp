#include "regimes/hidden_markov/emission.hpp"

#include <algorithm>

#include "core/gamma_functions.hpp"
#include "core/portable_math.hpp"
#include "regimes/mixture/density_block.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kBlock = RowColumns::kBlock;

// Of a Student-t law: log Gamma((dof + D) / 2) - log Gamma(dof / 2) - D / 2 log(dof / 2), to be added to the
// Gaussian's scale; it goes to 0 as dof grows.
double student_scale(double dof, double width) {
  return log_gamma((dof + width) / 2) - log_gamma(dof / 2) - width / 2 * portable_log(dof / 2);
}

}  // namespace

Emission::Emission(const HiddenMarkovLaw& law) : density_(law.components), student_dof_(law.student_dof) {
  for (int k = 0; k < law.regime_count(); ++k) {
    double scale = density_.log_scale(k);
    if (!student_dof_.empty())
      scale += student_scale(student_dof_[static_cast<std::size_t>(k)], static_cast<double>(law.width()));
    scales_.push_back(scale);
  }
}

// Log densities [K, count] of one block; keeps what the M step of Student-t laws needs in `table`, if given.
void Emission::fill_block(const RowColumns& rows, std::int64_t first, std::int64_t count,
                          EmissionTable* table, std::span<double> logs) const {
  const auto width = static_cast<double>(density_.width());
  for (int k = 0; k < density_.count(); ++k) {
    const auto regime = static_cast<std::size_t>(k);
    const std::span<double> mine =
        logs.subspan(regime * static_cast<std::size_t>(count), static_cast<std::size_t>(count));
    density_.distances(k, rows, first, mine);
    if (student_dof_.empty()) {
      for (double& value : mine) value = scales_[regime] - 0.5 * value;
      continue;
    }
    const double dof = student_dof_[regime], power = 0.5 * (dof + width);
    const auto place = static_cast<std::ptrdiff_t>(k * rows.row_count() + first);
    if (table != nullptr) std::copy(mine.begin(), mine.end(), table->distances.begin() + place);
    for (double& value : mine) value = 1 + value / dof;
    portable_log(mine, mine);
    if (table != nullptr) std::copy(mine.begin(), mine.end(), table->log_excesses.begin() + place);
    for (double& value : mine) value = scales_[regime] - power * value;
  }
}

void Emission::fill(const RowColumns& rows, EmissionTable& table) const {
  const int regime_count = density_.count();
  const auto cells = static_cast<std::size_t>(rows.row_count() * regime_count);
  table.relative.resize(cells);
  if (!student_dof_.empty()) table.distances.resize(cells), table.log_excesses.resize(cells);
  table.log_greatest = 0;
  std::vector<double> buffer(static_cast<std::size_t>(kBlock * regime_count));
  for (std::int64_t first = 0; first < rows.row_count(); first += kBlock) {
    const std::int64_t count = std::min(kBlock, rows.row_count() - first);
    const std::span<double> logs(buffer.data(), static_cast<std::size_t>(count * regime_count));
    fill_block(rows, first, count, &table, logs);
    table.log_greatest += subtract_greatest(logs, count, regime_count);
    portable_exp(logs, logs);
    write_by_row(logs, count, regime_count, table.relative.data() + first * regime_count);
  }
}

MatrixD Emission::log_densities(const RowColumns& rows) const {
  const int regime_count = density_.count();
  MatrixD result(rows.row_count(), regime_count);
  std::vector<double> buffer(static_cast<std::size_t>(kBlock * regime_count));
  for (std::int64_t first = 0; first < rows.row_count(); first += kBlock) {
    const std::int64_t count = std::min(kBlock, rows.row_count() - first);
    const std::span<double> logs(buffer.data(), static_cast<std::size_t>(count * regime_count));
    fill_block(rows, first, count, nullptr, logs);
    write_by_row(logs, count, regime_count, result.data() + first * regime_count);
  }
  return result;
}

void Emission::log_densities_of(std::span<const float> row, std::span<double> out) const noexcept {
  const auto width = static_cast<double>(density_.width());
  for (int k = 0; k < density_.count(); ++k) {
    const auto regime = static_cast<std::size_t>(k);
    const double distance = density_.distance(k, row);
    if (student_dof_.empty()) {
      out[regime] = scales_[regime] - 0.5 * distance;
      continue;
    }
    const double dof = student_dof_[regime];
    out[regime] = scales_[regime] - 0.5 * (dof + width) * portable_log(1 + distance / dof);
  }
}

}  // namespace regimetry::regimes

#include "market/simulation/truth_columns.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace regimetry::market {
namespace {

Column number_column(std::string name, std::vector<double> numbers) {
  return {.name = std::move(name),
          .kind = ColumnKind::kNumber,
          .numbers = std::move(numbers),
          .codes = {},
          .categories = {},
          .times = {}};
}

// Categories stand in the order of the regimes, so that a code is a regime number in every column.
Column regime_column(std::string name, std::vector<std::int32_t> codes,
                     const std::vector<std::string>& names) {
  return {.name = std::move(name),
          .kind = ColumnKind::kCategory,
          .numbers = {},
          .codes = std::move(codes),
          .categories = names,
          .times = {}};
}

std::vector<double> true_sds(const RegimeParameters& parameters, const SimulatedInstrument& instrument) {
  std::vector<double> sds(instrument.regimes.size());
  for (std::size_t t = 0; t < sds.size(); ++t)
    sds[t] = parameters.sds[static_cast<std::size_t>(instrument.regimes[t])];
  if (!instrument.sd_multipliers.empty()) {
    for (std::size_t t = 0; t < sds.size(); ++t) sds[t] *= instrument.sd_multipliers[t];
  }
  return sds;
}

}  // namespace

void append_truth_columns(const RegimeParameters& parameters, OracleAnswer answer,
                          SimulatedInstrument& instrument) {
  std::vector<Column>& extras = instrument.bars.extras;
  const std::vector<std::string>& names = parameters.names;
  extras.push_back(regime_column("true_regime", instrument.regimes, names));
  extras.push_back(number_column("true_sd", true_sds(parameters, instrument)));
  extras.push_back(regime_column("oracle_viterbi", std::move(answer.viterbi), names));
  extras.push_back(regime_column("oracle_filter", std::move(answer.filter), names));
  extras.push_back(regime_column("oracle_smoother", std::move(answer.smoother), names));
  for (std::size_t k = 0; k < names.size(); ++k) {
    extras.push_back(number_column("oracle_filter_p_" + names[k], std::move(answer.filter_p[k])));
  }
  for (std::size_t k = 0; k < names.size(); ++k) {
    extras.push_back(number_column("oracle_smoother_p_" + names[k], std::move(answer.smoother_p[k])));
  }
  extras.push_back(number_column("oracle_p_up", std::move(answer.p_up)));
}

bool is_truth_column(std::string_view name) {
  return name.starts_with("true_") || name.starts_with("oracle_");
}

void drop_truth_columns(Bars& bars) {
  std::erase_if(bars.extras, [](const Column& column) { return is_truth_column(column.name); });
}

}  // namespace regimetry::market

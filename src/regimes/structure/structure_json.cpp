#include "regimes/structure/structure_json.hpp"

#include <cmath>
#include <string>

#include "regimes/structure/decision_table.hpp"

namespace regimetry::regimes {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json number(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

template <typename Matrix>
Json matrix_json(const Matrix& matrix) {
  Json rows = Json::array();
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    Json values = Json::array();
    for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
      if constexpr (std::is_floating_point_v<typename Matrix::Scalar>) {
        values.push_back(number(matrix(row, column)));
      } else {
        values.push_back(matrix(row, column));
      }
    }
    rows.push_back(std::move(values));
  }
  return rows;
}

Json dwell_json(const DwellTimes& times) {
  return {{"spells", times.lengths.size()},
          {"cut_off_spells", times.cut_off_spells},
          {"mean_bars", number(times.mean)},
          {"median_bars", number(times.median)},
          {"longest_bars", times.longest},
          {"geometric_distance", number(times.geometric_distance)},
          {"geometric_p_value", number(times.geometric_p_value)}};
}

Json returns_json(const RegimeReturns& returns) {
  Json forward = Json::array();
  for (const ForwardReturn& one : returns.forward) {
    forward.push_back({{"horizon_bars", one.horizon_bars},
                       {"count", one.count},
                       {"mean", number(one.mean)},
                       {"mean_absolute", number(one.mean_absolute)}});
  }
  return {{"count", returns.count},
          {"mean", number(returns.mean)},
          {"deviation", number(returns.deviation)},
          {"annual_return", number(returns.annual_return)},
          {"annual_volatility", number(returns.annual_volatility)},
          {"sharpe", number(returns.sharpe)},
          {"max_drawdown", number(returns.max_drawdown)},
          {"forward", std::move(forward)}};
}

Json test_json(const std::optional<SeparationTest>& test) {
  if (!test) return nullptr;
  return {{"count", test->count},
          {"eta_squared", number(test->eta_squared)},
          {"null_mean", number(test->null_mean)},
          {"p_value", number(test->p_value)}};
}

Json separation_json(const Separation& separation) {
  Json horizons = Json::array();
  for (const Separation::Horizon& one : separation.horizons) {
    horizons.push_back({{"horizon_bars", one.horizon_bars},
                        {"absolute_return", test_json(one.absolute)},
                        {"return", test_json(one.signed_return)}});
  }
  return {{"separates", separation.words},
          {"separates_volatility", separation.separates_volatility},
          {"separates_direction", separation.separates_direction},
          {"shifts", separation.shifts},
          {"horizons", std::move(horizons)}};
}

Json regime_json(const Structure& structure, std::size_t k) {
  const TransitionProfile& profile = structure.profiles[k];
  const RegimeAdvice advice = advise(profile);
  Json json = {{"regime", k},
               {"rows", structure.rows_of[k]},
               {"stickiness", profile.stickiness},
               {"most_likely_next", profile.next ? Json(*profile.next) : Json(nullptr)},
               {"next_probability", profile.next_probability},
               {"entropy", profile.entropy},
               {"volatile", advice.is_volatile},
               {"note", advice.note},
               {"role", advice.role},
               {"action", advice.action},
               {"stationary", number(structure.stationary[k])},
               {"dwell", dwell_json(structure.dwell_times[k])}};
  if (!structure.returns.empty()) json["returns"] = returns_json(structure.returns[k]);
  return json;
}

}  // namespace

nlohmann::ordered_json to_json(const Structure& structure) {
  Json regimes = Json::array();
  for (std::size_t k = 0; k < structure.rows_of.size(); ++k) regimes.push_back(regime_json(structure, k));
  Json json = {
      {"rows", structure.row_count},
      {"labelled_rows", structure.labelled_rows},
      {"instruments", structure.instrument_count},
      {"regime_count", structure.regime_count()},
      {"bars_per_year", structure.bars_per_year > 0 ? number(structure.bars_per_year) : Json(nullptr)},
      {"switches", structure.switches},
      {"switches_per_year", number(structure.switches_per_year)},
      {"regimes", std::move(regimes)},
      {"transitions",
       {{"counts", matrix_json(structure.counts)},
        {"probabilities", matrix_json(structure.matrix)},
        {"low", matrix_json(structure.intervals.low)},
        {"high", matrix_json(structure.intervals.high)},
        {"block_length", number(structure.intervals.block_length)}}},
      {"first_passage_bars", matrix_json(structure.first_passage_bars)},
      {"order_test",
       {{"triples", structure.order.triples},
        {"statistic", number(structure.order.statistic)},
        {"degrees_of_freedom", structure.order.degrees_of_freedom},
        {"chi_squared_p_value", number(structure.order.chi_squared_p_value)},
        {"bootstrap_p_value", number(structure.order.bootstrap_p_value)}}},
      {"separation", structure.separation ? separation_json(*structure.separation) : Json(nullptr)},
      {"replicates", structure.replicates},
      {"dependence", structure.dependence.empty() ? Json(nullptr) : Json(structure.dependence)},
      {"notes", structure.notes}};
  return json;
}

}  // namespace regimetry::regimes

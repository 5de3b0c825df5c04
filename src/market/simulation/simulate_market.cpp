#include "market/simulation/simulate_market.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

#include "market/simulation/instrument_simulator.hpp"
#include "market/simulation/splits.hpp"
#include "market/simulation/truth_columns.hpp"

namespace regimetry::market {
namespace {

// All that one instrument contributes to the market.
struct FinishedInstrument {
  Bars bars;
  OracleScores scores;
  std::vector<double> regime_counts;  // [K]
  std::vector<DefectRecord> defects;
};

// A planted signal is of no use without knowing how well it can be used at best.
bool wants_scores(const SimulationOptions& options) {
  return options.truth || options.signal_strength > 0;
}

double measure_bars_per_year(const std::vector<TimestampNs>& stamps) {
  if (stamps.size() < 2) return 0;
  const double years =
      static_cast<double>(stamps.back() - stamps.front()) / (365.25 * static_cast<double>(kNsPerDay));
  return static_cast<double>(stamps.size() - 1) / years;
}

FinishedInstrument finish_instrument(const MarketPlan& plan, int instrument_idx) {
  const SimulationOptions& options = plan.options;
  const auto stream = [&](const char* name) {
    return plan.rng.stream(name, static_cast<std::uint64_t>(instrument_idx));
  };
  SimulatedInstrument instrument = simulate_instrument(plan, instrument_idx);
  instrument.bars.bars_per_year = measure_bars_per_year(instrument.bars.timestamps);
  FinishedInstrument finished;
  finished.regime_counts.assign(plan.parameters.means.size(), 0.0);
  for (const std::int32_t regime : instrument.regimes)
    finished.regime_counts[static_cast<std::size_t>(regime)] += 1;
  if (wants_scores(options)) {
    const OracleInput input = instrument.oracle_input();
    OracleAnswer answer = ask_oracle(plan.parameters, input);
    finished.scores = score_oracle(plan.parameters, input, answer, instrument.regimes);
    if (options.truth) append_truth_columns(plan.parameters, std::move(answer), instrument);
  }
  if (options.splits > 0) apply_splits(instrument.bars, options.splits, stream("simulate.splits"));
  finished.bars = std::move(instrument.bars);
  if (!options.defects.empty()) {
    DefectiveBars defective = inject_defects(std::move(finished.bars), options.defects, options.defect_rate,
                                             stream("simulate.defects"));
    finished.bars = std::move(defective.bars);
    finished.defects = std::move(defective.records);
  }
  return finished;
}

nlohmann::json regimes_json(const RegimeParameters& parameters, const std::vector<double>& shares) {
  const std::vector<double> stationary = parameters.stationary_shares();
  nlohmann::json regimes = nlohmann::json::array();
  for (int k = 0; k < parameters.regime_count(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    nlohmann::json row = nlohmann::json::array();
    for (int to = 0; to < parameters.regime_count(); ++to) row.push_back(parameters.transition_at(k, to));
    regimes.push_back({{"name", parameters.names[at]},
                       {"mean", parameters.means[at]},
                       {"sd", parameters.sds[at]},
                       {"transition", std::move(row)},
                       {"mean_dwell_bars", parameters.mean_dwell_bars(k)},
                       {"long_run_share", stationary[at]},
                       {"share", shares[at]}});
  }
  return regimes;
}

nlohmann::json simulation_json(const MarketPlan& plan, std::uint64_t seed, const SimulatedMarket& market) {
  const SimulationOptions& options = plan.options;
  const RegimeParameters& parameters = plan.parameters;
  nlohmann::json json{{"seed", seed},
                      {"preset", options.means.empty() ? nlohmann::json(options.preset) : nlohmann::json()},
                      {"timeframe", parameters.timeframe.name()},
                      {"bars", options.bars},
                      {"instruments", options.instruments},
                      {"calendar", calendar_name(plan.calendar.kind)},
                      {"student_t_dof", parameters.student_t_dof ? nlohmann::json(*parameters.student_t_dof)
                                                                 : nlohmann::json()},
                      {"dwell_shape", parameters.dwell_shape},
                      {"garch_alpha", options.garch_alpha},
                      {"garch_beta", options.garch_beta},
                      {"shared_regime", options.shared_regime},
                      {"market_correlation", options.market_correlation},
                      {"sector_correlation", options.sector_correlation.value_or(options.market_correlation)},
                      {"sectors", options.sectors},
                      {"signal_strength", options.signal_strength},
                      {"overnight_share", options.calendar.overnight_share},
                      {"splits", options.splits},
                      {"regimes", regimes_json(parameters, market.regime_shares)}};
  if (wants_scores(options)) json["oracle_scores"] = to_json(market.scores);
  if (!options.defects.empty()) {
    json["defects"] = nlohmann::json::array();
    for (const DefectRecord& record : market.defects) json["defects"].push_back(to_json(record));
  }
  return json;
}

CorrelationOptions correlations_of(const SimulationOptions& options) {
  return {options.market_correlation, options.sector_correlation.value_or(options.market_correlation),
          options.sectors};
}

std::vector<FinishedInstrument> finish_instruments(const MarketPlan& plan, ThreadPool& pool,
                                                   Observer& observer) {
  std::vector<FinishedInstrument> instruments(static_cast<std::size_t>(plan.options.instruments));
  std::atomic<std::int64_t> done = 0;
  pool.parallel_for(plan.options.instruments, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      instruments[static_cast<std::size_t>(i)] = finish_instrument(plan, static_cast<int>(i));
      observer.on_progress("simulate", ++done, plan.options.instruments);
    }
  });
  return instruments;
}

}  // namespace

SimulatedMarket simulate_market(const SimulationOptions& options, std::uint64_t seed, ThreadPool& pool,
                                Observer& observer) {
  SimulatedMarket market;
  market.parameters = resolve_parameters(options);
  const Rng rng(seed);
  const BarCalendar calendar = make_calendar(options.calendar, market.parameters.timeframe, options.bars);
  const CrossSection cross_section(correlations_of(options), options.bars, rng, pool);
  const MarketPlan plan{options, market.parameters, calendar, cross_section, rng};

  std::vector<FinishedInstrument> instruments = finish_instruments(plan, pool, observer);

  // Symbols count with four digits, so the order of numbers is the order of names.
  std::vector<OracleScores> scores;
  market.regime_shares.assign(market.parameters.means.size(), 0.0);
  const double bar_count = static_cast<double>(options.bars) * options.instruments;
  for (FinishedInstrument& instrument : instruments) {
    scores.push_back(instrument.scores);
    for (std::size_t k = 0; k < market.regime_shares.size(); ++k)
      market.regime_shares[k] += instrument.regime_counts[k] / bar_count;
    std::move(instrument.defects.begin(), instrument.defects.end(), std::back_inserter(market.defects));
    market.data.instruments.push_back(std::move(instrument.bars));
  }
  market.scores = mean_scores(scores);
  market.data.metadata["simulation"] = simulation_json(plan, seed, market);
  return market;
}

}  // namespace regimetry::market

#include "regimes/structure/describe_structure.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "regimes/structure/markov_chain.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kMostDraws = 200'000'000;  // rows times replicates

void require_equal_lengths(const StructureRows& rows) {
  const bool covers_all =
      rows.sequences.empty() ? rows.labels.empty() : rows.sequences.back().end == std::ssize(rows.labels);
  if (!covers_all) {
    throw Error(ErrorKind::kUsage,
                fmt::format("the sequences do not cover the {} labels", rows.labels.size()));
  }
  if (!rows.timestamps.empty() && rows.timestamps.size() != rows.labels.size()) {
    throw Error(ErrorKind::kUsage, fmt::format("{} labels and {} stamps: give one stamp for each label",
                                               rows.labels.size(), rows.timestamps.size()));
  }
  if (rows.close.empty() || rows.close.size() == rows.labels.size()) return;
  throw Error(ErrorKind::kUsage, fmt::format("{} labels and {} prices: give one price for each label",
                                             rows.labels.size(), rows.close.size()));
}

std::int64_t affordable_replicates(std::int64_t wanted, std::int64_t row_count) {
  return std::min(wanted, std::max(kFewestReplicates, kMostDraws / std::max<std::int64_t>(row_count, 1)));
}

// A separation costs as much as there are runs, so the default number of draws is affordable for any rows.
std::int64_t separation_shifts(std::int64_t replicates, std::int64_t horizon_count, std::int64_t row_count) {
  const std::int64_t affordable = affordable_replicates(kMostDraws, row_count);
  return std::max(replicates, std::min(fewest_shifts(horizon_count),
                                       std::max(StructureOptions{}.replicates, affordable)));
}

void count_rows(const StructureRows& rows, Structure& structure) {
  structure.row_count = std::ssize(rows.labels);
  structure.instrument_count = std::ssize(rows.sequences);
  structure.rows_of.assign(static_cast<std::size_t>(regime_count_of(rows.labels)), 0);
  for (const std::int32_t label : rows.labels) {
    if (label < 0) continue;
    ++structure.rows_of[static_cast<std::size_t>(label)];
    ++structure.labelled_rows;
  }
  if (structure.labelled_rows == 0) throw Error(ErrorKind::kData, "no row has a regime");
}

void count_switches(Structure& structure) {
  const std::int64_t all = structure.counts.sum();
  structure.switches = all - structure.counts.diagonal().sum();
  const bool is_known = all > 0 && structure.bars_per_year > 0;
  structure.switches_per_year =
      is_known ? static_cast<double>(structure.switches) / static_cast<double>(all) * structure.bars_per_year
               : std::numeric_limits<double>::quiet_NaN();
}

std::vector<double> row_shares(const Structure& structure) {
  std::vector<double> shares;
  for (const std::int64_t count : structure.rows_of)
    shares.push_back(static_cast<double>(count) / static_cast<double>(structure.labelled_rows));
  return shares;
}

void take_notes(const StructureOptions& options, Structure& structure) {
  std::vector<std::size_t> absent, never_left;
  for (std::size_t k = 0; k < structure.rows_of.size(); ++k) {
    if (structure.rows_of[k] == 0) {
      absent.push_back(k);
    } else if (structure.counts.row(static_cast<Eigen::Index>(k)).sum() == 0) {
      never_left.push_back(k);
    }
  }
  if (!absent.empty())
    structure.notes.push_back(
        fmt::format("no row carries {}: their rows and columns are zero", fmt::join(absent, ", ")));
  if (!never_left.empty())
    structure.notes.push_back(fmt::format(
        "no transition leads out of {}: what follows is unknown, and long-run numbers count it as "
        "never left",
        fmt::join(never_left, ", ")));
  const auto present = structure.rows_of.size() - absent.size();
  if (present == 1)
    structure.notes.emplace_back("there is a single regime: nothing to switch to or to compare");
  if (structure.replicates < options.replicates)
    structure.notes.push_back(
        fmt::format("{} draws behind intervals and p-values instead of {}, for there are "
                    "{} rows",
                    structure.replicates, options.replicates, structure.row_count));
  if (structure.separation && structure.separation->shifts > structure.replicates)
    structure.notes.push_back(
        fmt::format("{} draws behind what the regimes separate instead of {}, for fewer find nothing over {} "
                    "horizons",
                    structure.separation->shifts, structure.replicates, options.horizons_bars.size()));
}

std::string dependence_words(std::int64_t instrument_count) {
  if (instrument_count <= 1) return {};
  return fmt::format(
      "Intervals and the tests of memory and of dwell times count {} instruments as independent: where "
      "instruments change regime together, intervals are too narrow and these p-values too small.",
      instrument_count);
}

}  // namespace

std::vector<std::string> StructureOptions::problems() const {
  std::vector<std::string> problems;
  if (replicates < kFewestReplicates) {
    problems.push_back(
        fmt::format("replicates is {}; fewer than {} say too little about the ends of an interval",
                    replicates, kFewestReplicates));
  }
  if (horizons_bars.empty()) problems.emplace_back("horizons is empty; give at least one, such as 1");
  for (const std::int64_t horizon : horizons_bars) {
    if (horizon < 1) problems.push_back(fmt::format("horizons has {}; a horizon is at least 1", horizon));
  }
  return problems;
}

Structure describe_structure(const StructureRows& rows, const StructureOptions& options, const Rng& rng,
                             ThreadPool& pool) {
  require_equal_lengths(rows);
  Structure structure;
  count_rows(rows, structure);
  structure.bars_per_year = rows.bars_per_year;
  structure.replicates = affordable_replicates(options.replicates, structure.row_count);
  const int regime_count = structure.regime_count();

  const std::vector<Transition> transitions = list_transitions(rows.labels, rows.sequences);
  structure.counts = count_transitions(transitions, regime_count);
  structure.matrix = transition_matrix(structure.counts);
  structure.intervals =
      bootstrap_transitions(transitions, regime_count, {structure.replicates, 0}, rng, pool);
  structure.profiles = profile_transitions(structure.matrix);
  count_switches(structure);

  structure.dwell_times =
      measure_dwell_times(rows.labels, rows.sequences, regime_count, structure.replicates, rng, pool);
  structure.stationary = stationary_distribution(structure.matrix, row_shares(structure));
  structure.first_passage_bars = mean_first_passage(structure.matrix);
  structure.order =
      test_markov_order(rows.labels, rows.sequences, regime_count, structure.replicates, rng, pool);

  if (!rows.close.empty()) {
    structure.returns = measure_returns(rows.labels, rows.close, rows.sequences, regime_count,
                                        rows.bars_per_year, options.horizons_bars);
    const std::int64_t shifts =
        separation_shifts(structure.replicates, std::ssize(options.horizons_bars), structure.row_count);
    structure.separation = measure_separation(rows.labels, rows.close, rows.sequences,
                                              share_calendar(rows.timestamps, rows.sequences), regime_count,
                                              options.horizons_bars, shifts, rng, pool);
  }
  structure.dependence = dependence_words(structure.instrument_count);
  take_notes(options, structure);
  return structure;
}

}  // namespace regimetry::regimes

#include "labelling/audit_asof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include "regimes/model/fit_method.hpp"

namespace regimetry::labelling {
namespace {

using regimes::AsofLabels;

// Equal as numbers is not enough: a missing value is the same as a missing value.
bool is_same_bits(double first, double second) {
  return std::bit_cast<std::uint64_t>(first) == std::bit_cast<std::uint64_t>(second);
}

// A source of which some rows may be gone, and where the others stood.
struct ChangedSource {
  RegimeSource source;
  std::vector<double> returns;
  std::vector<std::int64_t> rows;
};

ChangedSource taken_away(const RegimeSource& whole, std::span<const double> returns, TimestampNs cut) {
  ChangedSource changed;
  for (const SourceInstrument& one : whole.instruments) {
    const auto begin = static_cast<std::int64_t>(changed.rows.size());
    for (std::int64_t row = one.rows.begin; row < one.rows.end; ++row)
      if (whole.timestamps[static_cast<std::size_t>(row)] <= cut) changed.rows.push_back(row);
    const auto end = static_cast<std::int64_t>(changed.rows.size());
    if (end > begin) {
      changed.source.instruments.push_back(one);
      changed.source.instruments.back().rows = {begin, end};
    }
  }
  changed.source.values = whole.values(changed.rows, Eigen::all);
  for (const std::int64_t row : changed.rows) {
    changed.source.timestamps.push_back(whole.timestamps[static_cast<std::size_t>(row)]);
    if (!returns.empty()) changed.returns.push_back(returns[static_cast<std::size_t>(row)]);
  }
  return changed;
}

ChangedSource upside_down(const RegimeSource& whole, std::span<const double> returns, TimestampNs cut) {
  ChangedSource changed{whole, {returns.begin(), returns.end()}, {}};
  for (std::int64_t row = 0; row < whole.size(); ++row) {
    changed.rows.push_back(row);
    if (whole.timestamps[static_cast<std::size_t>(row)] <= cut) continue;
    changed.source.values.row(row) = (-3.0F * whole.values.row(row)).array() + 1.0F;
    if (!returns.empty()) changed.returns[static_cast<std::size_t>(row)] *= -3;
  }
  return changed;
}

class AsofAuditor {
 public:
  AsofAuditor(const RegimeSource& source, std::span<const double> returns, const AsofLabelling& labelling)
      : source_(source), returns_(returns), labelling_(labelling), whole_(labelling(source, returns)) {
    for (const std::int32_t id : whole_.ids) audit_.labelled_rows += id == regimes::kNoRegime ? 0 : 1;
  }

  // Stamps spread evenly over those with labels.
  const std::vector<TimestampNs>& choose_cuts(std::int64_t count) {
    std::vector<TimestampNs> labelled;
    for (std::size_t row = 0; row < whole_.ids.size(); ++row)
      if (whole_.ids[row] != regimes::kNoRegime) labelled.push_back(source_.timestamps[row]);
    std::sort(labelled.begin(), labelled.end());
    labelled.erase(std::unique(labelled.begin(), labelled.end()), labelled.end());
    const auto total = static_cast<std::int64_t>(labelled.size());
    for (std::int64_t i = 1; i <= count; ++i) {
      const std::int64_t at = i * total / (count + 1);
      if (at < total) audit_.cuts.push_back(labelled[static_cast<std::size_t>(at)]);
    }
    audit_.cuts.erase(std::unique(audit_.cuts.begin(), audit_.cuts.end()), audit_.cuts.end());
    return audit_.cuts;
  }

  void try_futures(TimestampNs cut) {
    compare(taken_away(source_, returns_, cut), cut, "taken away");
    compare(upside_down(source_, returns_, cut), cut, "turned upside down");
  }

  AsofAudit take() {
    audit_.ids = std::move(whole_.ids);
    return std::move(audit_);
  }

 private:
  void compare(const ChangedSource& changed, TimestampNs cut, const char* future) {
    const AsofLabels labels = labelling_(changed.source, changed.returns);
    AsofDifference difference{.cut = cut, .future = future, .symbol = {}};
    for (std::size_t row = 0; row < changed.rows.size(); ++row) {
      const auto there = static_cast<std::size_t>(changed.rows[row]);
      if (source_.timestamps[there] > cut) continue;
      if (labels.ids[row] == regimes::kNoRegime && whole_.ids[there] == regimes::kNoRegime) continue;
      ++audit_.compared_rows;
      const bool is_same = labels.ids[row] == whole_.ids[there] &&
                           is_same_bits(labels.probabilities[row], whole_.probabilities[there]);
      if (is_same || difference.differing_rows++ > 0) continue;
      difference.stamp = source_.timestamps[there];
      difference.symbol = symbol_of(changed.rows[row]);
      difference.whole = whole_.ids[there];
      difference.changed = labels.ids[row];
    }
    if (difference.differing_rows > 0) audit_.differences.push_back(std::move(difference));
  }

  [[nodiscard]] std::string symbol_of(std::int64_t row) const {
    for (const SourceInstrument& one : source_.instruments)
      if (row >= one.rows.begin && row < one.rows.end) return one.symbol;
    return {};
  }

  const RegimeSource& source_;
  std::span<const double> returns_;
  const AsofLabelling& labelling_;
  AsofLabels whole_;
  AsofAudit audit_;
};

}  // namespace

std::vector<std::string> AsofAuditOptions::problems() const {
  if (cut_count >= 1) return {};
  return {fmt::format("regime_cuts is {}: at least 1 is needed", cut_count)};
}

AsofAudit audit_labelling(const RegimeSource& source, std::span<const double> returns,
                          const AsofLabelling& labelling, const AsofAuditOptions& audit, Observer& observer) {
  AsofAuditor auditor(source, returns, labelling);
  const std::vector<TimestampNs>& cuts = auditor.choose_cuts(audit.cut_count);
  const auto total = static_cast<std::int64_t>(cuts.size());
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    observer.on_progress("futures", static_cast<std::int64_t>(i), total);
    auditor.try_futures(cuts[i]);
  }
  observer.on_progress("futures", total, total);
  return auditor.take();
}

AsofAudit audit_asof(const RegimeSource& source, std::span<const double> returns, const LabelOptions& options,
                     const AsofAuditOptions& audit, const Rng& rng, ThreadPool& pool, Observer& observer) {
  const regimes::FitFunction fit = [&](const regimes::RegimeRows& rows) {
    regimes::MethodFit fitted = fit_method(rows, options.regimes, rng, pool);
    return regimes::NamedFit{std::move(fitted.fit), std::move(fitted.method)};
  };
  const AsofLabelling labelling = [&](const RegimeSource& rows, std::span<const double> row_returns) {
    const std::vector<IndexRange> sequences = rows.sequences();
    return label_asof({{rows.values, sequences}, rows.timestamps, row_returns}, options.is_scaled,
                      options.asof, fit, pool, silent_observer());
  };
  return audit_labelling(source, returns, labelling, audit, observer);
}

nlohmann::json to_json(const AsofAudit& audit) {
  nlohmann::json cuts = nlohmann::json::array(), differences = nlohmann::json::array();
  for (const TimestampNs cut : audit.cuts) cuts.push_back(format_timestamp(cut));
  for (const AsofDifference& one : audit.differences)
    differences.push_back({{"cut", format_timestamp(one.cut)},
                           {"future", one.future},
                           {"symbol", one.symbol},
                           {"timestamp", format_timestamp(one.stamp)},
                           {"whole", one.whole},
                           {"changed", one.changed},
                           {"differing_rows", one.differing_rows}});
  return {{"cuts", std::move(cuts)},
          {"labelled_rows", audit.labelled_rows},
          {"compared_rows", audit.compared_rows},
          {"differences", std::move(differences)}};
}

}  // namespace regimetry::labelling

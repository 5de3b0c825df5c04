// Every method on the same rows: one table, and how far they agree.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "labelling/label_regimes.hpp"

namespace regimetry::labelling {

struct ComparedMethod {
  regimes::RegimeMethod method = regimes::RegimeMethod::kSpectral;
  std::string failure;  // why it could not be fitted; empty: it was. The rest then says nothing.
  int regime_count = 0;
  bool has_converged = false;
  std::optional<double> penalty;
  double objective = 0;
  std::string objective_meaning;
  double switches_per_year = 0;  // NaN where the bars of a year are not known
  double mean_stay_rows = 0;     // rows from one switch to the next
  double smallest_share = 0;     // of the rows, in the regime with the fewest
  // Share of the rows with a label known at the time where it is the final one. Absent: there are none.
  std::optional<double> asof_agreement;
  std::vector<std::int32_t> ids;  // [N] of the rows compared
};

struct MethodComparison {
  std::vector<std::int64_t>
      rows;  // [N] of the source that were compared, ascending; all unless said otherwise
  std::vector<ComparedMethod> methods;
  // [M, M] adjusted Rand index of each pair; NaN where one of them failed.
  MatrixD agreement;
};
[[nodiscard]] nlohmann::json to_json(const MethodComparison& comparison);

// Share of the rows with a label known at the time where it is the final one; nothing when there are none.
[[nodiscard]] std::optional<double> asof_agreement(const LabelledRegimes& labelled);

struct CompareOptions {
  LabelOptions labels;
  // Above so many rows, the latest are compared: the others are fitted on those alone, and `first` is judged
  // there. Absent: all are.
  std::optional<std::int64_t> most_rows = {};
};

// `first` was labelled with the method of `options`; the others are now, each for as many regimes as it found
// and with its own usual persistence. One that fails does not stop the rest.
[[nodiscard]] MethodComparison compare_methods(const LabelledRegimes& first, const RegimeSource& source,
                                               std::span<const double> returns, const CompareOptions& options,
                                               const Rng& rng, ThreadPool& pool, Observer& observer);

}  // namespace regimetry::labelling

// The tables of the Python tool: what to do in each regime, by thresholds on stickiness and entropy.
//
// Thresholds look at the numbers before they are rounded; files hold three decimals (python_number.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "regimes/structure/transition_profile.hpp"

namespace regimetry::regimes {

struct RegimeAdvice {
  bool is_volatile = false;  // entropy above 0.4: the next regime is uncertain; says nothing about prices
  std::string_view note;     // Strategy_Note, by stickiness above 0.90, above 0.75, or less
  std::string_view role;     // "Trend Holder", "High-Risk / Choppy", "Moderate Regime"
  std::string_view action;   // what belongs to the role
};
[[nodiscard]] RegimeAdvice advise(const TransitionProfile& profile);

// The texts of regime_decision_table.csv, cluster_role_summary.csv and regime_metadata.json; profile i is
// regime i.
[[nodiscard]] std::string decision_table_csv(const std::vector<TransitionProfile>& profiles);
[[nodiscard]] std::string role_summary_csv(const std::vector<TransitionProfile>& profiles);
[[nodiscard]] std::string regime_metadata_json(const std::vector<TransitionProfile>& profiles);
// transition_matrix.csv: header 0..K-1, one line per regime, no index, digits that read back exactly.
[[nodiscard]] std::string transition_matrix_csv(const MatrixD& matrix);

}  // namespace regimetry::regimes

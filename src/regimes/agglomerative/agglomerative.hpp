// Agglomerative clustering: Ward's hierarchy (ward_tree.hpp), cut where K clusters are left.
//
// Labels are numbered in the order in which they first occur. The hierarchy never takes a join back, so a row
// can be nearer to another cluster's mean than to its own: there the greatest probability, which goes by
// means, is not the label's. The order and the sequences of rows play no part; nothing is drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regimes/agglomerative/agglomerative_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct AgglomerativeOptions {
  int regime_count = 4;  // K
  // Refuse more rows than this: the time grows with their square.
  std::int64_t most_rows = 20000;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct AgglomerativeFit {
  RegimeFit fit;
  AgglomerativeRegimes model;
};

// Throws Error: kUsage for options with problems, kData for values that are not finite, for fewer distinct
// rows than regimes and for more than most_rows rows, saying what to do instead.
[[nodiscard]] AgglomerativeFit fit_agglomerative(const RegimeRows& rows, const AgglomerativeOptions& options);

}  // namespace regimetry::regimes

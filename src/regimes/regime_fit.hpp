// What a method says of the rows it was fitted on. Every method answers in this form.
//
// Shape:  N rows, K regimes; rows of several sequences (instruments) follow each other.
// Time:   descriptive: label n may depend on rows after n. What was known at the time: OnlineRegimes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

struct RegimeFit {
  std::vector<std::int32_t> labels;  // [N], each 0..K-1; every one of them occurs
  MatrixD probabilities;             // [N, K], rows sum to 1: how sure; the method's page says in which sense
  double objective = 0;              // what the method makes small
  std::string objective_meaning;     // "sum of squared distances", "negative log likelihood", ...
  bool has_converged = false;        // false: usable, but the solver stopped at its limit
  std::int64_t iterations = 0;       // of the best start
  std::vector<std::string> notes;    // what a user should know: regimes that died, parts that were joined
};

}  // namespace regimetry::regimes

// What a call of an indicator says, put beside what the catalogue asks for: `ema_ratio(volume, slow = 30)`.
//
// Why here: the name of a column and the series under it must come from the same reading of the call.
#pragma once

#include <string>
#include <vector>

#include "features/catalogue/feature_entry.hpp"
#include "features/expression/expression.hpp"

namespace regimetry::features {

struct BoundCall {
  std::vector<double> values;          // one per parameter, defaults filled in
  const Expression* series = nullptr;  // the series that the call names; points into the call
  std::string problem;                 // in words for the user; empty when everything fits
};

// Parameters come in order or by name; a series stands first, by itself or as `series = ...`.
[[nodiscard]] BoundCall bind_call(const FeatureEntry& entry, const Expression& call);

}  // namespace regimetry::features

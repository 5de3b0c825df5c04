// Whether rows are what a model was fitted on: the one gate before a model says anything of a source.
#pragma once

#include "labelling/regime_source.hpp"
#include "regimes/model/regime_model.hpp"

namespace regimetry::labelling {

// Throws Error (kData) when they are not, saying what both are: other columns, another number of them,
// another encoder, another scale before the encoder, windows of another size. What either does not know of
// itself is not compared.
void require_model_rows(const regimes::RegimeModel& model, const RegimeSource& source);

}  // namespace regimetry::labelling

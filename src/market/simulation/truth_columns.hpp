// The truth about an instrument as columns beside its bars.
#pragma once

#include "market/simulation/instrument_simulator.hpp"
#include "market/simulation/oracle.hpp"

namespace regimetry::market {

// Appends the true_ and oracle_ columns listed in simulate_market.hpp to instrument.bars. Takes the answer's
// vectors.
void append_truth_columns(const RegimeParameters& parameters, OracleAnswer answer,
                          SimulatedInstrument& instrument);

}  // namespace regimetry::market

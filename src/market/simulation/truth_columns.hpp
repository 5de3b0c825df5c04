// The truth about an instrument as columns beside its bars.
#pragma once

#include <string_view>

#include "market/simulation/instrument_simulator.hpp"
#include "market/simulation/oracle.hpp"

namespace regimetry::market {

// Appends the true_ and oracle_ columns listed in simulate_market.hpp to instrument.bars. Takes the answer's
// vectors.
void append_truth_columns(const RegimeParameters& parameters, OracleAnswer answer,
                          SimulatedInstrument& instrument);
// Whether a column holds answers: its name begins with true_ or oracle_.
[[nodiscard]] bool is_truth_column(std::string_view name);
// Takes them out of simulated bars, whose other columns are public knowledge.
void drop_truth_columns(Bars& bars);

}  // namespace regimetry::market

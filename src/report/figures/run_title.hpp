// The words at the head of a figure that say which market, which bars and which times it shows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "report/regime_run.hpp"

namespace regimetry::report {

// "EURUSD 1d — regimes"; without a symbol the name of the source file stands for it, without either `what`
// alone.
[[nodiscard]] std::string run_title(const RegimeRun& run, std::string_view what);
// "2015-01-02 to 2023-10-05 UTC · 2,269 bars", from bar `first` to the last.
[[nodiscard]] std::string span_words(const RegimeRun& run, std::int64_t first = 0);

}  // namespace regimetry::report

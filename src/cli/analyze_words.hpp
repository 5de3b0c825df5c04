// What `analyze` says at the end, in plain words.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/analyze_market.hpp"

namespace regimetry::cli {

// Headline, sentences, how well each method found known regimes, and the warnings that matter most, of
// regime_summary.json.
[[nodiscard]] std::string summary_words(const nlohmann::ordered_json& summary, std::size_t width);

// One line per instrument. `summaries` as the instruments; null for those that failed.
[[nodiscard]] std::string overview_words(const analysis::MarketAnalysis& analysis,
                                         const std::vector<nlohmann::ordered_json>& summaries);

// How long each stage took, and which were left out.
[[nodiscard]] std::string timing_words(const std::vector<analysis::StageRecord>& stages);

}  // namespace regimetry::cli

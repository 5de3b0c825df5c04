// What was found and how, without the rows: `regimes.json`.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "labelling/compare_methods.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/regime_maps.hpp"
#include "labelling/regime_source.hpp"

namespace regimetry::labelling {

inline constexpr const char* kRegimeRecordFile = "regimes.json";

// `config`: the resolved settings. `maps` may hold none. Keys as docs/regimes.md lists them.
[[nodiscard]] nlohmann::json regime_record(const RegimeSource& source, const LabelledRegimes& labelled,
                                           const LabelOptions& options, const RegimeMaps& maps,
                                           const std::optional<MethodComparison>& comparison,
                                           const nlohmann::json& config);

// The part of it that tells of the maps: [{"method", "rows", "trustworthiness", ...}].
[[nodiscard]] nlohmann::json to_json(const RegimeMaps& maps);

}  // namespace regimetry::labelling

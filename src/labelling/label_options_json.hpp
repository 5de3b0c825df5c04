// The options of a labelling as they travel with its model, and back.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "labelling/label_regimes.hpp"

namespace regimetry::labelling {

struct StoredLabelOptions {
  LabelOptions options;
  std::uint64_t seed = 0;
};

[[nodiscard]] nlohmann::json to_json(const StoredLabelOptions& stored);
// Throws Error (kData) naming what is missing or unknown; `source` is the file, for messages.
[[nodiscard]] StoredLabelOptions label_options_of(const nlohmann::json& settings, const std::string& source);

}  // namespace regimetry::labelling

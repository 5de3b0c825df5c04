#include "analysis/analyze_options.hpp"

#include <utility>

namespace regimetry::analysis {

const char* row_kind_name(RowKind kind) noexcept {
  return kind == RowKind::kFeatures ? "features" : "embeddings";
}

const char* stage_name(StageName stage) noexcept {
  switch (stage) {
    case StageName::kFeatures:
      return "features";
    case StageName::kTransform:
      return "transform";
    case StageName::kEmbeddings:
      return "embeddings";
    case StageName::kRegimes:
      return "regimes";
    case StageName::kStructure:
      return "structure";
    case StageName::kMaps:
      return "maps";
    case StageName::kLevels:
      return "levels";
    case StageName::kReport:
      return "report";
    case StageName::kData:
      break;
  }
  return "data";
}

nlohmann::json AnalyzeOptions::config_up_to(StageName stage) const {
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [name, own] : settings)
    if (name <= stage && own.is_object()) values.update(own);
  return {{"command", "analyze"}, {"version", version}, {"settings", std::move(values)}};
}

}  // namespace regimetry::analysis

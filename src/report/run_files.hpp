// What the files of an analysed instrument are called: whoever writes one and whoever shows it agree here.
#pragma once

namespace regimetry::report {

inline constexpr const char* kBarsFile = "bars.parquet";
inline constexpr const char* kHealthFile = "health.json";
inline constexpr const char* kFeaturesFile = "features.parquet";
inline constexpr const char* kScalerFile = "scaler.json";
inline constexpr const char* kEncoderFile = "encoder.safetensors";
inline constexpr const char* kEmbeddingsFile = "embeddings.npy";
inline constexpr const char* kAssignmentsFile = "cluster_assignments.csv";
inline constexpr const char* kRegimesFile = "regimes.json";
inline constexpr const char* kMatchFile = "truth_match.json";
inline constexpr const char* kStructureFile = "structure.json";
inline constexpr const char* kAsofFolder = "asof";  // the structure of labels known at the time
inline constexpr const char* kMapsFile = "maps.json";
inline constexpr const char* kLevelsFile = "levels.json";
inline constexpr const char* kRunFile = "run.json";
inline constexpr const char* kOverviewFile = "overview.html";
inline constexpr const char* kReportFile = "report.html";
inline constexpr const char* kSummaryFile = "summary.md";
inline constexpr const char* kSummaryJsonFile = "regime_summary.json";

}  // namespace regimetry::report

// The stages of an instrument, each files to files, in the order in which data walks through them.
//
// Why files between stages: each is what the command of that name would write, so anyone can look at it, go
// on from it by hand, or leave it as it is in the next run.
#pragma once

#include "analysis/analyze_options.hpp"
#include "analysis/read_instruments.hpp"
#include "analysis/stage_runner.hpp"
#include "core/parallel.hpp"

namespace regimetry::analysis {

// What every stage works with. Borrows all but the settings.
struct StageContext {
  const AnalyzeOptions& options;
  nlohmann::json
      config;  // settings that this stage and those before it read, as they travel with its outputs
  const std::filesystem::path& folder;
  ThreadPool& pool;
  Observer& observer;
};

// Each returns the files it wrote and one line about them. They read what earlier ones wrote into the folder.

// Bars of one instrument, and what was found in them: bars.parquet, health.json.
[[nodiscard]] StageOutcome write_bars(const StageContext& context, const CleanInstrument& instrument);
// A table of signals as it stands: bars.parquet.
[[nodiscard]] StageOutcome write_signal_table(const StageContext& context);
// features.parquet
[[nodiscard]] StageOutcome compute_feature_stage(const StageContext& context);
// scaler.json: the scale of the encoder's input, learned where labels known at the time begin.
[[nodiscard]] StageOutcome fit_scale(const StageContext& context);
// embeddings.npy and what belongs to it, encoder.safetensors
[[nodiscard]] StageOutcome embed_stage(const StageContext& context);
// cluster_assignments.csv, regimes.json, truth_match.json, regime_model/, baselines
[[nodiscard]] StageOutcome label_stage(const StageContext& context);
// structure.json and the tables beside it, of final labels here and of those known at the time in asof/
[[nodiscard]] StageOutcome structure_stage(const StageContext& context);
// maps.json, pca_coords.csv, ...
[[nodiscard]] StageOutcome map_stage(const StageContext& context);
// levels.json
[[nodiscard]] StageOutcome level_stage(const StageContext& context);

// The file that holds the features of each bar, relative to the folder.
[[nodiscard]] const char* feature_file(const AnalyzeOptions& options) noexcept;
// The file that regimes are made from, relative to the folder.
[[nodiscard]] std::string row_file(const AnalyzeOptions& options);

}  // namespace regimetry::analysis

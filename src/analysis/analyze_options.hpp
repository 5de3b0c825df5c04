// Everything that decides what `analyze` makes of market data.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "embeddings/embedding_engine_choice.hpp"
#include "features/compute_features.hpp"
#include "features/sets/feature_set.hpp"
#include "features/transform/feature_columns.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/regime_maps.hpp"
#include "market/market_data.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_options.hpp"
#include "models/regime_encoder/encoder_options.hpp"
#include "windows/windows.hpp"

namespace regimetry::analysis {

// What regimes are made from.
enum class RowKind {
  kFeatures,    // the features of each bar
  kEmbeddings,  // windows of them, sent through an encoder
};
[[nodiscard]] const char* row_kind_name(RowKind kind) noexcept;  // "features", "embeddings"

// The part of the settings that a stage reads, for its key.
enum class StageName {
  kData,
  kFeatures,
  kTransform,
  kEmbeddings,
  kRegimes,
  kStructure,
  kMaps,
  kLevels,
  kReport
};
[[nodiscard]] const char* stage_name(StageName stage) noexcept;  // "data", "features", ...

struct DataOptions {
  std::vector<std::string> inputs;  // files, globs, folders; one file where it is a table of signals
  bool is_signal_table = false;     // columns are features as they stand, and nothing is computed from bars
  // The one instrument to analyse, by symbol without regard to case, '_', '/' and '-'; where there is only
  // one, it is called so. Absent: all.
  std::optional<std::string> instrument;
  market::ReadOptions reading;
  market::QualityOptions quality;
};

struct AnalyzeOptions {
  DataOptions data;
  // The features to compute from bars; called once per instrument, also at the same time for several.
  std::function<features::FeatureSet(const market::MarketData& data, Observer& observer)> choose_features;
  features::ComputeOptions compute;
  features::FeatureColumnOptions columns = {};  // of a table of signals
  windows::WindowOptions windows;
  models::RegimeEncoderOptions encoder;  // feature_count and window_size come from the data
  embeddings::EngineOptions engine;
  std::string embeddings_file = "embeddings.npy";
  RowKind rows = RowKind::kFeatures;
  labelling::LabelOptions labels;
  // The other methods are fitted too, on the last rows where there are more than `most_compared_rows`, and
  // without labels known at the time.
  bool compares_methods = true;
  std::int64_t most_compared_rows = 10'000;
  labelling::RegimeMapOptions maps;
  std::uint64_t seed = 42;
  bool skips_nothing = false;  // runs stages that would come out as they are
  std::string version;         // of the program
  std::string program;         // digest of its binary
  std::string command;         // that gives this result again, for people to copy
  nlohmann::json config;       // resolved settings with where each came from, for run.json
  // The same without where they came from, by the first stage that reads them: {key: {"value": ...}}. A stage
  // that is not there has none of its own.
  std::map<StageName, nlohmann::json> settings;

  // Settings that this stage and those before it read, in the form that travels with outputs: what a later
  // stage was told must not change the bytes of an earlier one.
  [[nodiscard]] nlohmann::json config_up_to(StageName stage) const;
};

}  // namespace regimetry::analysis

#include <fmt/format.h>

#include "analysis/stages.hpp"
#include "features/files/write_features.hpp"
#include "market/reading/read_market.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {

const char* feature_file(const AnalyzeOptions& options) noexcept {
  return options.data.is_signal_table ? report::kBarsFile : report::kFeaturesFile;
}

StageOutcome compute_feature_stage(const StageContext& context) {
  const market::MarketData data =
      market::read_market({(context.folder / report::kBarsFile).string()}, {}, context.pool, context.observer)
          .data;
  const features::FeatureSet set = context.options.choose_features(data, context.observer);
  features::FeatureData made =
      features::compute_features(data, set, context.options.compute, context.pool, context.observer);
  made.metadata["config"] = context.config;
  made.metadata["version"] = context.options.version;
  features::write_features(context.folder / report::kFeaturesFile, made, context.pool, context.observer);
  return {{report::kFeaturesFile},
          fmt::format("{} features, the longest warm-up is {} bars", set.features().size(), set.warmup())};
}

}  // namespace regimetry::analysis

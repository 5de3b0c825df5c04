#include <fmt/format.h>

#include <filesystem>

#include "analysis/final_labels.hpp"
#include "analysis/stages.hpp"
#include "core/atomic_file.hpp"
#include "core/rng.hpp"
#include "labelling/label_files.hpp"
#include "labelling/regime_maps.hpp"
#include "labelling/regime_record.hpp"
#include "labelling/regime_source.hpp"
#include "regimes/model/regime_model_files.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {

using namespace regimetry::labelling;

StageOutcome map_stage(const StageContext& context) {
  const AnalyzeOptions& options = context.options;
  const RegimeSource source = read_regime_source(context.folder / row_file(options), options.columns, {},
                                                 context.pool, silent_observer());
  const regimes::RegimeModel model = regimes::read_regime_model(context.folder / kModelFolder);
  const RegimeMaps maps = map_rows(model.scaler().scale(source.values), options.maps, Rng(options.seed),
                                   context.pool, context.observer);
  StageOutcome outcome{{report::kMapsFile},
                       fmt::format("{} maps of {} rows", maps.maps.size(), maps.rows.size())};
  write_maps(context.folder, maps, source, final_labels_at(context.folder, source.timestamps, context.pool));
  write_file_atomically(context.folder / report::kMapsFile, to_json(maps).dump(2) + "\n");
  for (const RegimeMap& map : maps.maps)
    for (const char* ending : {"npy", "csv"})
      outcome.outputs.push_back(fmt::format("{}_coords.{}", map_name(map.method), ending));
  return outcome;
}

}  // namespace regimetry::analysis

// A folder of artifacts -> what reports tell of.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/parallel.hpp"
#include "report/regime_run.hpp"

namespace regimetry::report {

// Reads what `analyze` or `cluster` wrote into `folder`; parts that are not there stay empty. True regimes
// get the numbers of the found ones that they match best, so that both have the same colours. `run`: what
// run.json says; null: nothing. Throws Error: kUsage when the folder holds no labels, or those of several
// instruments; kData for a damaged file, naming it.
[[nodiscard]] RegimeRun read_regime_run(const std::filesystem::path& folder, nlohmann::ordered_json run,
                                        ThreadPool& pool);

// run.json of a folder without the stage that makes the report, as `analyze` hands it to that stage; null
// where there is none. Throws Error (kData) when it is damaged.
[[nodiscard]] nlohmann::ordered_json read_run_record(const std::filesystem::path& folder);

}  // namespace regimetry::report

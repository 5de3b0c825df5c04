// Any table -> a file that appears whole or not at all, in the format that its name asks for.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/writing/output_table.hpp"

namespace regimetry::market {

// `metadata` (an object) goes into the Parquet key `regimetry`, or beside text into `<file>.meta.json`, there
// with the kinds of the columns and the size of the text. Throws Error (kUsage) for an unknown extension.
void write_table(const std::filesystem::path& path, const OutputTable& table, nlohmann::json metadata,
                 ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market

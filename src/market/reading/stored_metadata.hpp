// What was stored about the data beside its columns, brought back.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/observer.hpp"
#include "market/column_table.hpp"

namespace regimetry::market {

// The object in `<path>.meta.json`; null when there is no such file. A broken one is told and ignored; so is
// one that describes other bytes than the file has now, save for a note.
[[nodiscard]] nlohmann::json read_sidecar(const std::filesystem::path& path, Observer& observer);

// Turns columns back into the kinds they had when they were written: text cannot tell words that look like
// numbers, or columns without any value, from others.
void restore_column_kinds(ColumnTable& table, const nlohmann::json& metadata);

// Without the keys that describe the file itself and are made anew by every writer.
[[nodiscard]] nlohmann::json lasting_metadata(nlohmann::json metadata);

}  // namespace regimetry::market

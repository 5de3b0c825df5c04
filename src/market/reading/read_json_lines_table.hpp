// JSON lines, one flat object per row -> columns with kinds.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/reading/raw_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

// Keys may come in any order and differ from line to line; a key that is absent or null is missing. Numbers
// in a column whose key says time stay exact; strings become categories, or times where the key says time and
// every string is ISO 8601. Nested values are left out with a note. Also from .gz and .zst. Empty lines are
// skipped. Throws Error (kData) with `file:line` for what is not JSON, duplicated keys, and columns that mix
// numbers and words.
[[nodiscard]] RawTable read_json_lines_table(const std::filesystem::path& path, const ReadOptions& options,
                                             ThreadPool& pool, Observer& observer);
// The same from memory; for tests and fuzzing.
[[nodiscard]] RawTable parse_json_lines_table(std::string_view bytes, std::string_view name,
                                              const ReadOptions& options, ThreadPool& pool,
                                              Observer& observer);

}  // namespace regimetry::market

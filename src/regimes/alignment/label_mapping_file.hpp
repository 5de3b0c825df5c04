// Which number each label of a run was given, kept in `regime_label_mapping.json`: `{"0": 2, "1": 0}`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>

namespace regimetry::regimes {

inline constexpr const char* kMappingFile = "regime_label_mapping.json";

using LabelMapping = std::map<std::int32_t, std::int32_t>;  // label of the run -> number that lasts

// Atomic.
void write_label_mapping(const std::filesystem::path& path, const LabelMapping& mapping);
// Throws Error (kData) naming the entry unless the file is an object of different whole numbers, none
// negative, under whole numbers.
[[nodiscard]] LabelMapping read_label_mapping(const std::filesystem::path& path);

}  // namespace regimetry::regimes

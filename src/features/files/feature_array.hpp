// Features as one matrix in a .npy file, with names and stamps in two files beside it.
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "features/feature_table.hpp"
#include "features/files/raw_features.hpp"

namespace regimetry::features {

// The metadata of a matrix without stamps says {kTimeKey: kRowNumbers}.
inline constexpr const char* kTimeKey = "time";
inline constexpr const char* kRowNumbers = "row numbers";

// `instruments` in writing order, all with the same names. See write_features.hpp for the three files.
void write_feature_array(const std::filesystem::path& path,
                         const std::vector<const FeatureTable*>& instruments, const nlohmann::json& metadata,
                         Observer& observer);

// What write_feature_array() wrote, refused when the three files are not of one writing; or any matrix [T, F]
// (or vector [T]) of numbers, whose rows then count as nanoseconds 0, 1, 2, ... and whose columns are f0, f1,
// ... Throws Error (kData).
[[nodiscard]] FeatureData read_feature_array(const std::filesystem::path& path, Observer& observer);

// Whether its values are float32, so that read_feature_array() rounds nothing.
[[nodiscard]] bool is_float32_array(const std::filesystem::path& path);
// The same file with numbers as double, for one of another type than float32: a price near 10^8 would lose
// its digits before a scale is learned from it.
[[nodiscard]] RawFeatures read_raw_feature_array(const std::filesystem::path& path, Observer& observer);

// "dir/x.npy" -> "dir/x.names.json", "dir/x.timestamps.npy"
[[nodiscard]] std::filesystem::path names_path_of(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path timestamps_path_of(const std::filesystem::path& path);

}  // namespace regimetry::features

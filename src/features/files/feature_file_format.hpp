// What a file of features is, by the extension of its name: a table, or a bare matrix.
#pragma once

#include <filesystem>

namespace regimetry::features {

// `.npy`, in any case.
[[nodiscard]] bool is_array_path(const std::filesystem::path& path);

// Throws Error (kUsage) unless write_features() knows the extension, listing those that it knows.
void require_feature_extension(const std::filesystem::path& path);

}  // namespace regimetry::features

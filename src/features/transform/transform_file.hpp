// A fitted transform <-> JSON, without losing a bit and without trusting the file. docs/transforms.md shows
// it.
//
// Doubles are written with digits that read back to the same bits; neither NaN nor infinity can stand in the
// file. Its key "sha256" is the digest of everything else in it, whatever the blanks and the order of keys.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "features/transform/column_transform.hpp"

namespace regimetry::features {

// 64 hexadecimal digits, the same for equal transforms.
[[nodiscard]] std::string digest_of(const FittedTransform& fitted);

[[nodiscard]] nlohmann::json to_json(const FittedTransform& fitted);
// `source` stands for the file in messages. Throws Error (kData) naming the place: an unknown or missing key,
// an unknown step, a value of another type, parts that do not fit together, another digest.
[[nodiscard]] FittedTransform transform_from_json(const nlohmann::json& json, const std::string& source);

void write_transform(const std::filesystem::path& path, const FittedTransform& fitted);
[[nodiscard]] FittedTransform read_transform(const std::filesystem::path& path);

}  // namespace regimetry::features

// Embeddings <-> files: a matrix that NumPy reads, and what belongs to it beside it.
//
// `dir/x.npy`                       [N, D] float32
// `dir/x_timestamps.npy`            [N] int64, nanoseconds UTC of each window's last row
// `dir/x_instruments.npy`           [N] int32, index into the metadata's "instruments"; only where there are
//                                   several
// `dir/embedding_metadata.json`     how they came about, and digests of the other two: one per folder
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "embeddings/embeddings.hpp"

namespace regimetry::embeddings {

// Throws Error (kUsage) when the name does not end in .npy.
void require_embedding_extension(const std::filesystem::path& path);

// Each file appears whole or not at all; the same embeddings give the same bytes. Warns when the metadata of
// other embeddings in that folder is replaced.
void write_embeddings(const std::filesystem::path& path, const Embeddings& embeddings, Observer& observer);

// What write_embeddings() wrote, refused when the files are not of one writing; or any matrix [N, D], whose
// rows then count as nanoseconds 0, 1, 2, ... of one instrument without a name. Throws Error (kData), also
// for a value that is not finite.
[[nodiscard]] Embeddings read_embeddings(const std::filesystem::path& path, Observer& observer);

// "dir/x.npy" -> "dir/x_timestamps.npy", "dir/x_instruments.npy", "dir/embedding_metadata.json"
[[nodiscard]] std::filesystem::path timestamps_path_of(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path instruments_path_of(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path metadata_path_of(const std::filesystem::path& path);

}  // namespace regimetry::embeddings

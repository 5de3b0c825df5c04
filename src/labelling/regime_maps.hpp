// Maps of the rows that regimes were made of: PCA, t-SNE, UMAP, with how far each can be believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/matrix.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "labelling/regime_source.hpp"
#include "projection/map_quality.hpp"

namespace regimetry::labelling {

enum class MapMethod { kPca, kTsne, kUmap };
[[nodiscard]] std::string_view map_name(MapMethod method) noexcept;  // "pca", "tsne", "umap"

struct RegimeMapOptions {
  std::vector<MapMethod> methods = {MapMethod::kPca, MapMethod::kTsne, MapMethod::kUmap};
  // Above so many rows, every n-th is mapped, with the smallest n that keeps to it. More cost time in
  // proportion.
  std::int64_t most_rows = 10'000;
};

struct RegimeMap {
  MapMethod method = MapMethod::kPca;
  MatrixF coordinates;       // [M, 2]
  bool has_quality = false;  // false: too few rows to judge by
  projection::MapQuality quality;
};

struct RegimeMaps {
  std::vector<std::int64_t> rows;  // [M] of the source, ascending
  std::vector<RegimeMap> maps;
};

// `scaled` [N, D]: the rows as the method read them.
[[nodiscard]] RegimeMaps map_rows(const Eigen::Ref<const MatrixF>& scaled, const RegimeMapOptions& options,
                                  const Rng& rng, ThreadPool& pool, Observer& observer);

// `tsne_coords.npy`, `tsne_coords.csv` and so on, of all maps; those of an earlier run that are not made now
// are removed, for they show other labels. `ids` [N].
void write_maps(const std::filesystem::path& folder, const RegimeMaps& maps, const RegimeSource& source,
                std::span<const std::int32_t> ids);

}  // namespace regimetry::labelling

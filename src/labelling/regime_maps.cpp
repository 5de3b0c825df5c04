#include "labelling/regime_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "projection/principal_components.hpp"
#include "projection/projection_files.hpp"
#include "projection/tsne/tsne.hpp"
#include "projection/umap/umap.hpp"

namespace regimetry::labelling {
namespace {

constexpr std::int64_t kQualityNeighbors = 15;

std::vector<std::int64_t> every_nth(std::int64_t count, std::int64_t most) {
  const std::int64_t step = std::max<std::int64_t>(1, (count + most - 1) / most);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < count; row += step) rows.push_back(row);
  return rows;
}

void tell(const std::vector<std::string>& notes, MapMethod method, Observer& observer) {
  for (const std::string& note : notes) observer.on_note(fmt::format("{}: {}", map_name(method), note));
}

// The first two components; a single column has no second.
MatrixF pca_of(const MatrixF& rows, ThreadPool& pool) {
  const int axes = rows.cols() < 2 ? 1 : 2;
  MatrixF coordinates = MatrixF::Zero(rows.rows(), 2);
  coordinates.leftCols(axes) = projection::fit_principal_components(rows, axes, pool).transform(rows);
  return coordinates;
}

MatrixF coordinates_of(MapMethod method, const MatrixF& rows, const Rng& rng, ThreadPool& pool,
                       Observer& observer) {
  switch (method) {
    case MapMethod::kPca:
      break;
    case MapMethod::kTsne: {
      projection::TsneMap map = projection::tsne(rows, {}, rng, pool, observer);
      tell(map.notes, method, observer);
      return std::move(map.coordinates);
    }
    case MapMethod::kUmap: {
      const projection::UmapMap map(rows, {}, rng, pool, observer);
      tell(map.notes(), method, observer);
      return map.coordinates();
    }
  }
  return pca_of(rows, pool);
}

}  // namespace

std::string_view map_name(MapMethod method) noexcept {
  switch (method) {
    case MapMethod::kTsne:
      return "tsne";
    case MapMethod::kUmap:
      return "umap";
    case MapMethod::kPca:
      break;
  }
  return "pca";
}

RegimeMaps map_rows(const Eigen::Ref<const MatrixF>& scaled, const RegimeMapOptions& options, const Rng& rng,
                    ThreadPool& pool, Observer& observer) {
  RegimeMaps made;
  if (options.methods.empty()) return made;
  made.rows = every_nth(scaled.rows(), options.most_rows);
  if (static_cast<std::int64_t>(made.rows.size()) < scaled.rows())
    observer.on_note(fmt::format("maps show {} of {} rows, evenly spread", made.rows.size(), scaled.rows()));
  const MatrixF rows = scaled(made.rows, Eigen::all);
  for (const MapMethod method : options.methods) {
    RegimeMap& map = made.maps.emplace_back();
    map.method = method;
    map.coordinates = coordinates_of(method, rows, rng, pool, observer);
    map.has_quality = rows.rows() > 2 * kQualityNeighbors;
    if (map.has_quality)
      map.quality = projection::map_quality(rows, map.coordinates,
                                            {.neighbor_count = kQualityNeighbors, .most_rows = 2'000}, pool);
  }
  return made;
}

void write_maps(const std::filesystem::path& folder, const RegimeMaps& maps, const RegimeSource& source,
                std::span<const std::int32_t> ids) {
  std::vector<TimestampNs> timestamps;
  std::vector<std::string> symbols;
  std::vector<std::int32_t> labels;
  std::size_t instrument = 0;
  for (const std::int64_t row : maps.rows) {
    while (row >= source.instruments[instrument].rows.end) ++instrument;
    timestamps.push_back(source.timestamps[static_cast<std::size_t>(row)]);
    labels.push_back(ids[static_cast<std::size_t>(row)]);
    if (source.instruments.size() > 1) symbols.push_back(source.instruments[instrument].symbol);
  }
  for (const MapMethod method : {MapMethod::kPca, MapMethod::kTsne, MapMethod::kUmap})
    for (const char* ending : {".npy", ".csv"})
      std::filesystem::remove(folder / fmt::format("{}_coords{}", map_name(method), ending));
  for (const RegimeMap& map : maps.maps)
    projection::write_projection(folder, map_name(map.method), map.coordinates,
                                 {timestamps, symbols, labels});
}

}  // namespace regimetry::labelling

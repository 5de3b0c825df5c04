// Maps the rows of a .npy file and says how long it took: what compare_with_python.py runs beside the Python
// libraries.
//
//   projection_map_file tsne|umap|pca ROWS.npy THREADS MAP.npy
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string_view>

#include "core/npy.hpp"
#include "projection/principal_components.hpp"
#include "projection/tsne/tsne.hpp"
#include "projection/umap/umap.hpp"

namespace {

using namespace regimetry;

MatrixF map_rows(std::string_view method, const MatrixF& rows, ThreadPool& pool) {
  if (method == "tsne") return projection::tsne(rows, {}, Rng(42), pool, silent_observer()).coordinates;
  if (method == "umap") return projection::UmapMap(rows, {}, Rng(42), pool, silent_observer()).coordinates();
  return projection::fit_principal_components(rows, 2, pool).transform(rows);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "usage: projection_map_file tsne|umap|pca ROWS.npy THREADS MAP.npy\n");
    return 2;
  }
  const NpyArray array = read_npy(argv[2]);
  const std::vector<float> values = array.as_float32();
  const MatrixF rows = Eigen::Map<const MatrixF>(values.data(), array.shape.at(0), array.shape.at(1));
  ThreadPool pool(std::atoi(argv[3]));
  const auto start = std::chrono::steady_clock::now();
  const MatrixF map = map_rows(argv[1], rows, pool);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("{:.4f}\n", seconds.count());
  const std::array<std::int64_t, 2> shape{map.rows(), 2};
  write_npy(argv[4], std::span<const float>(map.data(), static_cast<std::size_t>(map.size())), shape);
  return 0;
}

// spectral_speed ROWS.npy REGIMES LABELS.npy: clusters, writes the labels, and prints a line of JSON with the
// best of three times. For compare_with_sklearn.py, which times the same rows with scikit-learn.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <limits>
#include <string>

#include "core/npy.hpp"
#include "regimes/spectral/spectral.hpp"

namespace regimetry::regimes {
namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void run(const char* rows_path, int regime_count, const char* labels_path) {
  const NpyArray array = read_npy(rows_path);
  std::vector<float> values = array.as_float32();
  const MatrixF rows = Eigen::Map<MatrixF>(values.data(), array.shape.at(0), array.shape.at(1));
  ThreadPool pool;
  const SpectralOptions options{.regime_count = regime_count};
  double total = std::numeric_limits<double>::infinity(), coordinates_alone = total;
  std::vector<std::int32_t> labels;
  SpectralCoordinates coordinates;
  for (int round = 0; round < 3; ++round) {
    const double begin = seconds_now();
    coordinates =
        compute_spectral_coordinates({rows, {}}, {options.neighbor_count, regime_count}, Rng(1), pool);
    const double middle = seconds_now();
    labels = fit_spectral({rows, {}}, coordinates, options, Rng(1), pool).fit.labels;
    total = std::min(total, seconds_now() - begin);
    coordinates_alone = std::min(coordinates_alone, middle - begin);
  }
  write_npy(labels_path, labels, std::array{static_cast<std::int64_t>(labels.size())});
  fmt::print(
      "{{\"seconds\": {:.4f}, \"coordinates\": {:.4f}, \"residual\": {:.2e}, \"solver\": \"{}\", "
      "\"products\": {}, \"parts\": {}}}\n",
      total, coordinates_alone, coordinates.largest_residual, coordinates.solver, coordinates.products,
      coordinates.part_count);
}

}  // namespace
}  // namespace regimetry::regimes

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: spectral_speed ROWS.npy REGIMES LABELS.npy\n");
    return 2;
  }
  regimetry::regimes::run(argv[1], std::stoi(argv[2]), argv[3]);
  return 0;
}

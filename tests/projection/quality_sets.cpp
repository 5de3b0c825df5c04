#include "projection/quality_sets.hpp"

#include <cstdint>

namespace regimetry::projection {
namespace {

constexpr int kRows = 1200;

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  // In [0, 1), a multiple of 2^-32.
  double uniform() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 32) * 0x1p-32;
  }
  // Nearly normal: twelve uniforms less six.
  double bell() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t state_;
};

MatrixF blobs() {
  Draws draws(1);
  double centers[10][10];
  for (auto& center : centers)
    for (double& value : center) value = 3 * draws.bell();
  MatrixF rows(kRows, 10);
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < 10; ++column)
      rows(row, column) = static_cast<float>(centers[row % 10][column] + draws.bell());
  return rows;
}

// A parabola bent over a wave, and a second coordinate across: no sines, which libraries round differently.
MatrixF sheet() {
  Draws draws(2);
  MatrixF rows(kRows, 3);
  for (int row = 0; row < kRows; ++row) {
    const double along = 4 * draws.uniform(), across = 6 * draws.uniform();
    const double turn = along - static_cast<double>(static_cast<int>(along));
    const double side = static_cast<int>(along) % 2 == 0 ? 1.0 : -1.0;
    rows(row, 0) = static_cast<float>(2 * along);
    rows(row, 1) = static_cast<float>(across);
    rows(row, 2) = static_cast<float>(side * 12 * turn * (1 - turn));
  }
  return rows;
}

MatrixF series() {
  Draws draws(3);
  double places[6][32], state[32] = {};
  for (auto& place : places)
    for (double& value : place) value = draws.bell();
  int at = 0;
  MatrixF rows(kRows, 32);
  for (int row = 0; row < kRows; ++row) {
    if (draws.uniform() < 0.02) at = static_cast<int>(6 * draws.uniform());
    for (int column = 0; column < 32; ++column) {
      state[column] = 0.9 * state[column] + 0.1 * places[at][column] + 0.2 * draws.bell();
      rows(row, column) = static_cast<float>(state[column]);
    }
  }
  return rows;
}

}  // namespace

std::vector<QualitySet> quality_sets() {
  return {{"blobs", blobs()}, {"sheet", sheet()}, {"series", series()}};
}

}  // namespace regimetry::projection

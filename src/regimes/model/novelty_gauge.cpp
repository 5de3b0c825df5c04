#include "regimes/model/novelty_gauge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "regimes/fitted_tensors.hpp"

namespace regimetry::regimes {
namespace {

constexpr const char* kLandmarksName = "novelty.landmarks";
constexpr const char* kUsualName = "novelty.usual_distances";
// Enough for quantiles to the thousandth; evenly spread, as the landmarks are.
constexpr std::int64_t kMostProbes = 4096;
constexpr std::int64_t kProbesPerChunk = 64;

// `count` indices spread evenly over 0 .. total - 1.
std::vector<std::int64_t> spread_evenly(std::int64_t total, std::int64_t count) {
  count = std::min(total, count);
  std::vector<std::int64_t> indices;
  indices.reserve(static_cast<std::size_t>(count));
  for (std::int64_t index = 0; index < count; ++index) indices.push_back(index * total / count);
  return indices;
}

}  // namespace

NoveltyGauge::NoveltyGauge(const RegimeRows& rows, const NoveltyOptions& options, ThreadPool& pool)
    : width_(rows.values.cols()) {
  choose_landmarks(rows, options.most_landmarks);
  measure_usual_distances(rows, options, pool);
}

void NoveltyGauge::choose_landmarks(const RegimeRows& rows, std::int64_t most) {
  landmark_rows_ = spread_evenly(rows.values.rows(), most);
  landmark_count_ = static_cast<std::int64_t>(landmark_rows_.size());
  landmarks_.resize(static_cast<std::size_t>(width_ * landmark_count_));
  for (std::int64_t column = 0; column < width_; ++column)
    for (std::int64_t landmark = 0; landmark < landmark_count_; ++landmark)
      landmarks_[static_cast<std::size_t>(column * landmark_count_ + landmark)] =
          rows.values(landmark_rows_[static_cast<std::size_t>(landmark)], column);
}

void NoveltyGauge::measure_usual_distances(const RegimeRows& rows, const NoveltyOptions& options,
                                           ThreadPool& pool) {
  const std::vector<std::int64_t> probes = spread_evenly(rows.values.rows(), kMostProbes);
  std::vector<float> distances(probes.size());
  pool.parallel_for(static_cast<std::int64_t>(probes.size()), kProbesPerChunk, [&](IndexRange chunk) {
    std::vector<float> row(static_cast<std::size_t>(width_));
    for (std::int64_t probe = chunk.begin; probe < chunk.end; ++probe) {
      const std::int64_t index = probes[static_cast<std::size_t>(probe)];
      Eigen::Map<Eigen::RowVectorXf>(row.data(), width_) = rows.values.row(index);
      const auto sequence =
          std::find_if(rows.sequences.begin(), rows.sequences.end(),
                       [&](const IndexRange& range) { return index >= range.begin && index < range.end; });
      const std::int64_t first = std::max(sequence->begin, index - options.rows_apart + 1);
      const std::int64_t end = std::min(sequence->end, index + options.rows_apart);
      const auto skipped_begin = std::lower_bound(landmark_rows_.begin(), landmark_rows_.end(), first);
      const auto skipped_end = std::lower_bound(landmark_rows_.begin(), landmark_rows_.end(), end);
      distances[static_cast<std::size_t>(probe)] = static_cast<float>(std::sqrt(squared_distance(
          row, skipped_begin - landmark_rows_.begin(), skipped_end - landmark_rows_.begin())));
    }
  });
  for (const float distance : distances)
    if (std::isfinite(distance)) usual_.push_back(distance);  // infinite: no landmark far enough in time
  std::sort(usual_.begin(), usual_.end());
}

double NoveltyGauge::squared_distance(std::span<const float> row, std::int64_t skipped_begin,
                                      std::int64_t skipped_end) const {
  // Landmarks in blocks whose sums stay in registers; each sum is over columns in order, whatever the block.
  constexpr std::int64_t kBlock = 64;
  float least = std::numeric_limits<float>::infinity();
  for (std::int64_t first = 0; first < landmark_count_; first += kBlock) {
    const std::int64_t count = std::min(kBlock, landmark_count_ - first);
    std::array<float, kBlock> sums{};
    for (std::int64_t column = 0; column < width_; ++column) {
      const float value = row[static_cast<std::size_t>(column)];
      const float* landmark = landmarks_.data() + column * landmark_count_ + first;
      for (std::int64_t i = 0; i < count; ++i) {
        const float difference = value - landmark[i];
        sums[static_cast<std::size_t>(i)] += difference * difference;
      }
    }
    for (std::int64_t i = 0; i < count; ++i) {
      const bool is_skipped = first + i >= skipped_begin && first + i < skipped_end;
      if (!is_skipped) least = std::min(least, sums[static_cast<std::size_t>(i)]);
    }
  }
  return least;
}

double NoveltyGauge::distance(std::span<const float> row) const {
  return std::sqrt(squared_distance(row, 0, 0));
}

double NoveltyGauge::share_nearer(double distance) const noexcept {
  if (usual_.empty()) return 0;
  const auto nearer = std::lower_bound(usual_.begin(), usual_.end(), static_cast<float>(distance));
  return static_cast<double>(nearer - usual_.begin()) / static_cast<double>(usual_.size());
}

bool NoveltyGauge::is_unlike_training(double distance) const noexcept {
  return !usual_.empty() && static_cast<float>(distance) > usual_.back();
}

void NoveltyGauge::add_to(TensorFile& file) const {
  file.tensors[kLandmarksName] = TensorData::from_float32(landmarks_, {width_, landmark_count_});
  file.tensors[kUsualName] = TensorData::from_float32(usual_, {static_cast<std::int64_t>(usual_.size())});
}

NoveltyGauge::NoveltyGauge(const TensorFile& file, std::int64_t width) : width_(width) {
  const MatrixF landmarks = require_matrix_f(file, kLandmarksName, -1);
  if (landmarks.rows() != width)
    throw Error(ErrorKind::kData,
                fmt::format("The tensor '{}' has {} rows; one per column of the data are {}.", kLandmarksName,
                            landmarks.rows(), width));
  landmark_count_ = landmarks.cols();
  landmarks_.assign(landmarks.data(), landmarks.data() + landmarks.size());
  usual_ = require_list_f(file, kUsualName);
  if (!std::is_sorted(usual_.begin(), usual_.end()))
    throw Error(ErrorKind::kData, fmt::format("The tensor '{}' holds distances out of order.", kUsualName));
}

}  // namespace regimetry::regimes

// How far a row lies from everything that a fit has seen.
//
// A sample of the training rows are landmarks; the distance of a row is that to the nearest of them. What is
// usual is told by the training rows themselves: the distance of each to the nearest landmark that is not its
// neighbour in time: windows that overlap and features with a memory always lie close to the next row, which
// a new row has not in the training. So new rows of the same process spread evenly over the shares.
//
// Shape:  landmarks [M, D]; usual distances: M' sorted values.
// Units:  Euclidean, of scaled rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "core/safetensors.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct NoveltyOptions {
  // More make the distance finer and each question slower (1,024 of 64 values: some microseconds).
  std::int64_t most_landmarks = 1024;
  // Rows of one sequence nearer than this in time are no evidence of what is usual: the memory_length() of
  // the rows, or the length of the windows that they were made of where that is more.
  std::int64_t rows_apart = 1;
};

class NoveltyGauge {
 public:
  // `rows` as the method reads them.
  NoveltyGauge(const RegimeRows& rows, const NoveltyOptions& options, ThreadPool& pool);
  // As written by to_tensors(). Throws Error (kData) when something is missing or does not fit `width`.
  NoveltyGauge(const TensorFile& file, std::int64_t width);

  [[nodiscard]] double distance(std::span<const float> row) const;
  // Share of the training rows that lay nearer than `distance`: 0 to 1. 0 when there was nothing to compare.
  [[nodiscard]] double share_nearer(double distance) const noexcept;
  // Farther from the landmarks than any training row was.
  [[nodiscard]] bool is_unlike_training(double distance) const noexcept;
  [[nodiscard]] std::int64_t landmark_count() const noexcept { return landmark_count_; }

  void add_to(TensorFile& file) const;

 private:
  void choose_landmarks(const RegimeRows& rows, std::int64_t most);
  void measure_usual_distances(const RegimeRows& rows, const NoveltyOptions& options, ThreadPool& pool);
  [[nodiscard]] double squared_distance(std::span<const float> row, std::int64_t skipped_begin,
                                        std::int64_t skipped_end) const;

  std::int64_t width_ = 0, landmark_count_ = 0;
  std::vector<std::int64_t>
      landmark_rows_;             // [M] where they stood in training, ascending; empty after reading
  std::vector<float> landmarks_;  // [D, M]: a column of values for each landmark, so loops run over M
  std::vector<float> usual_;      // sorted
};

}  // namespace regimetry::regimes

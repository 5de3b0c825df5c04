// Work cut by its shape alone, done by libtorch's threads: sums kept per chunk and added in order have the
// same bits on one thread and on many.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdint>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace regimetry::nn {

// oneDNN called in this scope keeps to the calling thread, also where libtorch brings an OpenMP of its own
// and where no other thread is at work.
class OneThreadScope {
 public:
#ifdef _OPENMP
  OneThreadScope() : previous_(omp_get_max_threads()) {
    omp_set_num_threads(1);
  }
  ~OneThreadScope() {
    omp_set_num_threads(previous_);
  }
#else
  OneThreadScope() = default;
  ~OneThreadScope() = default;
#endif
  OneThreadScope(const OneThreadScope&) = delete;
  OneThreadScope& operator=(const OneThreadScope&) = delete;

 private:
#ifdef _OPENMP
  int previous_;
#endif
};

// Rows 0, ..., row_count - 1 in chunks of equal length; the last may be shorter.
struct RowChunks {
  std::int64_t row_count = 0, chunk_rows = 1;
  [[nodiscard]] std::int64_t count() const noexcept { return (row_count + chunk_rows - 1) / chunk_rows; }
  [[nodiscard]] std::int64_t begin(std::int64_t chunk) const noexcept { return chunk * chunk_rows; }
  [[nodiscard]] std::int64_t rows(std::int64_t chunk) const noexcept {
    return std::min(chunk_rows, row_count - begin(chunk));
  }
};

// About `wanted_rows` a chunk, or fewer to have `least_count` chunks for many cores, but never under
// `least_rows`.
[[nodiscard]] constexpr RowChunks cut_rows(std::int64_t row_count, std::int64_t wanted_rows,
                                           std::int64_t least_rows, std::int64_t least_count = 16) noexcept {
  const std::int64_t shared = (row_count + least_count - 1) / least_count;
  const std::int64_t rows = std::clamp(shared, least_rows, std::max(least_rows, wanted_rows));
  return {row_count, std::max<std::int64_t>(1, rows)};
}

// body(chunk) for each of `count` chunks, on all threads of libtorch.
template <class Body>
void for_each_chunk(std::int64_t count, const Body& body) {
  at::parallel_for(0, count, 1, [&body](std::int64_t begin, std::int64_t end) {
    const OneThreadScope one_thread;
    for (std::int64_t chunk = begin; chunk < end; ++chunk) body(chunk);
  });
}

}  // namespace regimetry::nn

// A fixed pool of threads and loops over it whose results do not depend on how many threads there are.
//
// The rule that makes them independent: work is cut into chunks by `grain` alone, never by the thread count,
// and a reduction adds the chunks' results in chunk order. Who needs a random draw inside takes it by index
// (core/rng.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace regimetry {

struct IndexRange {
  std::int64_t begin = 0, end = 0;  // begin, begin + 1, ..., end - 1
  [[nodiscard]] std::int64_t size() const noexcept { return end - begin; }
};

class ThreadPool {
 public:
  // Above this, a thread count is taken for a slip.
  static constexpr int kMostThreads = 4096;

  // `thread_count` 0 means one per processor this process may use. The calling thread counts as one of them.
  // Throws Error: kUsage for a negative count or one above kMostThreads, kInternal when the system refuses a
  // thread.
  explicit ThreadPool(int thread_count = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] int thread_count() const noexcept;

  // Calls `body` once for each chunk of [0, count) of at most `grain` indices; returns when all are done.
  // Chunks run in any order and at the same time. The first exception (by chunk number) is rethrown here,
  // after every started chunk has ended; it is the same one for any thread count. A call from inside `body`
  // runs in place, so nesting is safe and never deadlocks; a loop of a single chunk is a plain call and
  // leaves the pool to the loops nested in it. Several threads may call at once; they share the workers.
  // `grain` must be positive.
  void parallel_for(std::int64_t count, std::int64_t grain, const std::function<void(IndexRange)>& body);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Processors this process may run on (its affinity mask and its control group's limit), at least 1.
[[nodiscard]] int available_processor_count();

}  // namespace regimetry

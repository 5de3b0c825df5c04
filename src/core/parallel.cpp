#include "core/parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "core/error.hpp"

namespace regimetry {
namespace {

// One parallel_for call. It lives on the caller's stack: the caller leaves only when no worker holds it any
// more.
struct Loop {
  Loop(std::int64_t index_count, std::int64_t chunk_size, const std::function<void(IndexRange)>& loop_body)
      : count(index_count), grain(chunk_size), body(loop_body) {}

  [[nodiscard]] std::int64_t chunk_count() const noexcept { return (count - 1) / grain + 1; }
  [[nodiscard]] IndexRange chunk(std::int64_t chunk_idx) const noexcept {
    const std::int64_t begin = chunk_idx * grain;
    return {begin, count - begin > grain ? begin + grain : count};
  }

  const std::int64_t count;
  const std::int64_t grain;
  const std::function<void(IndexRange)>& body;

  // Guarded by the pool's mutex from here on.
  std::int64_t next_chunk = 0;
  int running_chunks = 0;
  std::int64_t failed_chunk = -1;  // the lowest chunk that threw, -1 while none has
  std::exception_ptr error;
};

// True while this thread runs a body, of whichever pool: a nested call then runs in place.
thread_local bool is_inside_body = false;

class InsideBody {
 public:
  InsideBody() noexcept : was_inside_(is_inside_body) { is_inside_body = true; }
  ~InsideBody() { is_inside_body = was_inside_; }
  InsideBody(const InsideBody&) = delete;
  InsideBody& operator=(const InsideBody&) = delete;

 private:
  bool was_inside_;
};

void run_in_place(const Loop& loop) {
  const InsideBody inside;
  const std::int64_t chunk_count = loop.chunk_count();
  for (std::int64_t chunk_idx = 0; chunk_idx < chunk_count; ++chunk_idx) loop.body(loop.chunk(chunk_idx));
}

}  // namespace

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable work_arrived;
  std::condition_variable loop_finished;
  std::deque<Loop*> open_loops;  // loops that still have chunks to hand out, oldest first
  bool is_stopping = false;
  std::vector<std::thread> workers;

  void start(int worker_count);
  void stop();
  void work();
  void run(Loop& loop);
  void run_next_chunk(Loop& loop, std::unique_lock<std::mutex>& lock);
  void close(Loop& loop);
};

void ThreadPool::State::start(int worker_count) {
  workers.reserve(static_cast<std::size_t>(worker_count));
  try {
    for (int i = 0; i < worker_count; ++i) workers.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    const std::size_t started = workers.size();
    stop();
    throw Error(
        ErrorKind::kInternal,
        fmt::format("thread {} of {} cannot be started: {}. Ask for fewer with --threads, or raise the limit "
                    "on processes (ulimit -u).",
                    started + 2, worker_count + 1, error.what()));
  }
}

void ThreadPool::State::stop() {
  {
    const std::lock_guard lock(mutex);
    is_stopping = true;
  }
  work_arrived.notify_all();
  for (std::thread& worker : workers) worker.join();
  workers.clear();
}

void ThreadPool::State::work() {
  std::unique_lock lock(mutex);
  for (;;) {
    work_arrived.wait(lock, [this] { return is_stopping || !open_loops.empty(); });
    if (open_loops.empty()) return;
    run_next_chunk(*open_loops.front(), lock);
  }
}

// Takes the lowest chunk not yet taken. Chunks are handed out in order, so when chunk c throws, all lower
// ones have been started and will end: the lowest failure is the same in every run.
void ThreadPool::State::run_next_chunk(Loop& loop, std::unique_lock<std::mutex>& lock) {
  const std::int64_t chunk_idx = loop.next_chunk++;
  ++loop.running_chunks;
  if (loop.next_chunk == loop.chunk_count()) close(loop);
  lock.unlock();
  std::exception_ptr error;
  try {
    const InsideBody inside;
    loop.body(loop.chunk(chunk_idx));
  } catch (...) {
    error = std::current_exception();
  }
  lock.lock();
  if (error) {
    if (loop.failed_chunk < 0 || chunk_idx < loop.failed_chunk) {
      loop.failed_chunk = chunk_idx;
      loop.error = error;
    }
    close(loop);
  }
  --loop.running_chunks;
  if (loop.running_chunks == 0) loop_finished.notify_all();
}

// No further chunk of this loop is handed out.
void ThreadPool::State::close(Loop& loop) {
  loop.next_chunk = loop.chunk_count();
  const auto at = std::find(open_loops.begin(), open_loops.end(), &loop);
  if (at != open_loops.end()) open_loops.erase(at);
}

void ThreadPool::State::run(Loop& loop) {
  std::unique_lock lock(mutex);
  open_loops.push_back(&loop);
  work_arrived.notify_all();
  const std::int64_t chunk_count = loop.chunk_count();
  while (loop.next_chunk < chunk_count) run_next_chunk(loop, lock);
  loop_finished.wait(lock, [&loop] { return loop.running_chunks == 0; });
}

ThreadPool::ThreadPool(int thread_count) : state_(std::make_unique<State>()) {
  if (thread_count < 0 || thread_count > kMostThreads) {
    throw Error(ErrorKind::kUsage, fmt::format("--threads is {}, but must be between 1 and {}, or 0 for one "
                                               "thread per processor.",
                                               thread_count, kMostThreads));
  }
  state_->start((thread_count == 0 ? available_processor_count() : thread_count) - 1);
}

ThreadPool::~ThreadPool() {
  state_->stop();
}

int ThreadPool::thread_count() const noexcept {
  return static_cast<int>(state_->workers.size()) + 1;
}

void ThreadPool::parallel_for(std::int64_t count, std::int64_t grain,
                              const std::function<void(IndexRange)>& body) {
  assert(grain > 0);
  if (count <= 0) return;
  if (count <= grain) return body({0, count});  // a plain call: a loop nested in it may still use the pool
  Loop loop(count, std::max<std::int64_t>(grain, 1), body);
  if (is_inside_body || thread_count() == 1) return run_in_place(loop);
  state_->run(loop);
  if (loop.error) std::rethrow_exception(loop.error);
}

}  // namespace regimetry

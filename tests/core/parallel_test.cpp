#include "core/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"

namespace regimetry {
namespace {

const std::vector<int> kThreadCounts = {1, 2, 3, 8};

TEST(ParallelFor, VisitsEveryIndexOnce) {
  for (const int thread_count : kThreadCounts) {
    ThreadPool pool(thread_count);
    EXPECT_EQ(pool.thread_count(), thread_count);
    for (const std::int64_t count : {0, 1, 6, 7, 8, 1000}) {
      for (const std::int64_t grain : {1, 7, 999, 1000, 5000}) {
        std::vector<int> visits(static_cast<std::size_t>(count), 0);
        pool.parallel_for(count, grain, [&](IndexRange range) {
          for (std::int64_t i = range.begin; i < range.end; ++i) ++visits[static_cast<std::size_t>(i)];
        });
        ASSERT_EQ(visits, std::vector<int>(visits.size(), 1)) << thread_count << " " << count << " " << grain;
      }
    }
  }
}

TEST(ParallelFor, CutsByGrainAlone) {
  for (const int thread_count : kThreadCounts) {
    ThreadPool pool(thread_count);
    std::mutex mutex;
    std::set<std::pair<std::int64_t, std::int64_t>> chunks;
    pool.parallel_for(10, 4, [&](IndexRange range) {
      const std::lock_guard lock(mutex);
      chunks.emplace(range.begin, range.end);
    });
    EXPECT_EQ(chunks, (std::set<std::pair<std::int64_t, std::int64_t>>{{0, 4}, {4, 8}, {8, 10}}));
  }
}

TEST(ParallelFor, CountsBeyondTwoToThe32AndNearTheEndOfTheRange) {
  constexpr std::int64_t kCount = std::numeric_limits<std::int64_t>::max();
  ThreadPool pool(2);
  std::atomic<std::int64_t> total{0}, chunks{0};
  pool.parallel_for(kCount, kCount / 3, [&](IndexRange range) {
    total += range.size();
    ++chunks;
  });
  EXPECT_EQ(total.load(), kCount);
  EXPECT_EQ(chunks.load(), 4);  // the type's largest value is 1 more than a multiple of 3
}

TEST(ParallelFor, DoesNothingForAnEmptyOrNegativeCount) {
  ThreadPool pool(2);
  pool.parallel_for(0, 1, [](IndexRange) { FAIL(); });
  pool.parallel_for(-5, 1, [](IndexRange) { FAIL(); });
}

TEST(ParallelFor, RunsChunksAtTheSameTime) {
  constexpr int kThreads = 4;
  ThreadPool pool(kThreads);
  std::atomic<int> arrived{0};
  // Ends only when all four chunks are under way together; a pool that ran fewer at a time would never
  // return.
  pool.parallel_for(kThreads, 1, [&](IndexRange) {
    ++arrived;
    while (arrived.load() < kThreads) std::this_thread::yield();
  });
  EXPECT_EQ(arrived.load(), kThreads);
}

TEST(ParallelFor, OneThreadStaysOnTheCaller) {
  ThreadPool pool(1);
  const auto caller = std::this_thread::get_id();
  pool.parallel_for(100, 1, [&](IndexRange) { EXPECT_EQ(std::this_thread::get_id(), caller); });
}

TEST(ParallelFor, RethrowsTheFailureOfTheLowestChunk) {
  for (const int thread_count : kThreadCounts) {
    ThreadPool pool(thread_count);
    for (int attempt = 0; attempt < 50; ++attempt) {
      std::atomic<int> running{0};
      std::string message;
      try {
        pool.parallel_for(64, 1, [&](IndexRange range) {
          ++running;
          if (range.begin % 3 == 2) {
            if (range.begin == 2) std::this_thread::yield();  // so that chunk 5 often fails before chunk 2
            --running;
            throw std::runtime_error(std::to_string(range.begin));
          }
          --running;
        });
        FAIL() << "no exception";
      } catch (const std::runtime_error& error) {
        message = error.what();
      }
      ASSERT_EQ(message, "2");
      ASSERT_EQ(running.load(), 0);  // every started chunk has ended
    }
  }
}

TEST(ParallelFor, StopsHandingOutChunksAfterAFailure) {
  ThreadPool pool(2);
  std::atomic<int> started{0};
  EXPECT_THROW(pool.parallel_for(1'000'000, 1,
                                 [&](IndexRange) {
                                   ++started;
                                   throw std::runtime_error("at once");
                                 }),
               std::runtime_error);
  EXPECT_LE(started.load(), 2);
}

TEST(ParallelFor, WorksAgainAfterAFailure) {
  ThreadPool pool(3);
  EXPECT_THROW(pool.parallel_for(10, 1, [](IndexRange) { throw std::runtime_error("x"); }),
               std::runtime_error);
  std::atomic<int> sum{0};
  pool.parallel_for(10, 1, [&](IndexRange range) { sum += static_cast<int>(range.begin); });
  EXPECT_EQ(sum.load(), 45);
}

TEST(ParallelFor, NestedCallsRunInPlace) {
  ThreadPool pool(4), other(3);
  std::atomic<int> visits{0};
  pool.parallel_for(16, 1, [&](IndexRange) {
    const auto here = std::this_thread::get_id();
    pool.parallel_for(8, 1, [&](IndexRange) {
      EXPECT_EQ(std::this_thread::get_id(), here);
      other.parallel_for(2, 1, [&](IndexRange) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        ++visits;
      });
    });
  });
  EXPECT_EQ(visits.load(), 16 * 8 * 2);
}

TEST(ParallelFor, NestedFailureComesOut) {
  ThreadPool pool(2);
  EXPECT_THROW(pool.parallel_for(4, 1,
                                 [&](IndexRange) {
                                   pool.parallel_for(4, 1,
                                                     [](IndexRange) { throw std::runtime_error("inner"); });
                                 }),
               std::runtime_error);
  // The mark "inside a body" is taken back on the way out, on this thread too: chunks meet again, as above.
  std::atomic<int> arrived{0};
  pool.parallel_for(2, 1, [&](IndexRange) {
    ++arrived;
    while (arrived.load() < 2) std::this_thread::yield();
  });
}

TEST(ParallelFor, ServesSeveralCallersAtOnce) {
  ThreadPool pool(3);
  constexpr int kCallers = 4;
  std::vector<std::int64_t> sums(kCallers, 0);
  std::vector<std::thread> callers;
  for (std::size_t caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&pool, &sum = sums[caller]] {
      for (int repeat = 0; repeat < 50; ++repeat) {
        std::vector<std::int64_t> parts(20, 0);
        pool.parallel_for(100, 5, [&](IndexRange range) {
          for (std::int64_t i = range.begin; i < range.end; ++i)
            parts[static_cast<std::size_t>(range.begin / 5)] += i;
        });
        sum += std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(sums, std::vector<std::int64_t>(kCallers, std::int64_t{50} * 4950));
}

// The pattern every reduction uses: a part per chunk, added in chunk order.
double chunked_sum(ThreadPool& pool, const std::vector<double>& values) {
  constexpr std::int64_t kGrain = 17;
  const auto count = static_cast<std::int64_t>(values.size());
  std::vector<double> parts(static_cast<std::size_t>((count + kGrain - 1) / kGrain), 0.0);
  pool.parallel_for(count, kGrain, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      parts[static_cast<std::size_t>(range.begin / kGrain)] += values[static_cast<std::size_t>(i)];
    }
  });
  return std::accumulate(parts.begin(), parts.end(), 0.0);
}

TEST(ParallelFor, ReductionsDoNotDependOnTheThreadCount) {
  std::vector<double> values(10'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0 / static_cast<double>(i + 1);
  ThreadPool one(1);
  const double expected = chunked_sum(one, values);
  for (const int thread_count : kThreadCounts) {
    ThreadPool pool(thread_count);
    EXPECT_EQ(chunked_sum(pool, values), expected) << thread_count;
  }
}

TEST(ThreadPool, MakesOneThreadPerAvailableProcessorByDefault) {
  EXPECT_EQ(ThreadPool().thread_count(), available_processor_count());
}

TEST(ThreadPool, RefusesCountsThatMakeNoSense) {
  for (const int thread_count : {-1, ThreadPool::kMostThreads + 1, std::numeric_limits<int>::max()}) {
    try {
      const ThreadPool pool(thread_count);
      FAIL() << thread_count;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_NE(std::string(error.what()).find("--threads is " + std::to_string(thread_count)),
                std::string::npos);
    }
  }
}

TEST(ParallelFor, LeavesThePoolToLoopsNestedInASingleChunk) {
  ThreadPool pool(2);
  std::atomic<int> arrived{0};
  pool.parallel_for(1, 1, [&](IndexRange) {
    pool.parallel_for(2, 1, [&](IndexRange) {  // ends only when both chunks are under way together
      ++arrived;
      while (arrived.load() < 2) std::this_thread::yield();
    });
  });
  EXPECT_EQ(arrived.load(), 2);
}

TEST(ThreadPool, StartsAndStopsWithoutWork) {
  for (int i = 0; i < 50; ++i) ThreadPool pool(4);
}

}  // namespace
}  // namespace regimetry

// core95 over 1,695 instruments of 6,000 daily bars: 10.2 million bars, 966 million values, on all cores.
//
// Prints values per second, the share of the memory bandwidth measured in the same run (a parallel copy of
// the same number of bytes), and the peak memory against input and output. A program of its own, because peak
// memory is a process's.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "features/compute_features.hpp"
#include "features/random_bars.hpp"

namespace {

using namespace regimetry;
using namespace regimetry::features;

double seconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peak_gigabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e9;
}

// Bytes per second of reading one buffer and writing another, all cores, the faster of three.
double copy_bandwidth(ThreadPool& pool) {
  constexpr std::int64_t kBytes = 1 << 28;
  std::vector<char> from(kBytes, 1), to(kBytes, 2);
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    best = std::min(best, seconds_of([&] {
                      pool.parallel_for(kBytes, kBytes / 64, [&](IndexRange range) {
                        std::memcpy(to.data() + range.begin, from.data() + range.begin,
                                    static_cast<std::size_t>(range.size()));
                      });
                    }));
  }
  return 2.0 * kBytes / best;
}

}  // namespace

int main(int argc, char** argv) {
  // scripts/bench hands every program the filter of the others; a name that does not fit means: not this one.
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--benchmark_filter=") && word.find("feature_speed") == std::string::npos) return 0;
  }
  ThreadPool pool;
  const double bandwidth = copy_bandwidth(pool);
  market::MarketData data;
  data.instruments.resize(1'695);
  pool.parallel_for(1'695, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i)
      data.instruments[static_cast<std::size_t>(i)] = random_bars(6'000, static_cast<std::uint64_t>(i));
  });
  FeatureSpecification specification;
  specification.sets = {"core95"};
  const FeatureSet set(specification);
  const double input_bytes = static_cast<double>(data.bar_count()) * 6 * 8;
  const double values = static_cast<double>(data.bar_count()) * static_cast<double>(set.features().size());
  const double output_bytes = values * 4 + static_cast<double>(data.bar_count()) * 8;

  double best = 1e9, peak = 0;
  for (int run = 0; run < 3; ++run) {
    std::optional<FeatureData> result;
    best = std::min(best,
                    seconds_of([&] { result = compute_features(data, set, {}, pool, silent_observer()); }));
    if (run == 0) peak = peak_gigabytes();
  }
  fmt::print("core95, {} bars, {:.0f}M values, {} threads: {:.2f} s, {:.0f}M values/s\n", data.bar_count(),
             values / 1e6, pool.thread_count(), best, values / best / 1e6);
  fmt::print("  bytes in and out at {:.1f} GB/s: {:.0f} % of the {:.1f} GB/s of a parallel copy\n",
             (input_bytes + output_bytes) / best / 1e9, 100 * (input_bytes + output_bytes) / best / bandwidth,
             bandwidth / 1e9);
  fmt::print("  peak memory {:.2f} GB: {:.2f} times input and output ({:.2f} + {:.2f} GB)\n", peak,
             peak * 1e9 / (input_bytes + output_bytes), input_bytes / 1e9, output_bytes / 1e9);
  return 0;
}

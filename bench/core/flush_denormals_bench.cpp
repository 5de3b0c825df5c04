// States that decay, as those of a recurrent network do without input, with and without denormals. The
// second falls behind by the price of a denormal, some tens to hundreds of cycles an operation; if the first
// slows down to it, flushing is off.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/flush_denormals.hpp"

namespace regimetry {
namespace {

enum class Mode { kFlushed, kKept };

void BM_DecayIntoDenormals(benchmark::State& bench, Mode mode) {
  std::vector<float> states(static_cast<std::size_t>(bench.range(0)));
  std::optional<FlushDenormals> flushed;
  if (mode == Mode::kFlushed) flushed.emplace();
  for (auto _ : bench) {
    std::fill(states.begin(), states.end(), 0x1p-120F);
    for (int step = 0; step < 28; ++step) {  // 6 steps of normal numbers, 22 of denormal ones
      for (float& state : states) state = 0.5F * state + 0.0F;
      benchmark::ClobberMemory();
    }
  }
  bench.SetItemsProcessed(bench.iterations() * bench.range(0) * 28);
}
BENCHMARK_CAPTURE(BM_DecayIntoDenormals, flushed, Mode::kFlushed)->Arg(4096);
BENCHMARK_CAPTURE(BM_DecayIntoDenormals, kept, Mode::kKept)->Arg(4096);

}  // namespace
}  // namespace regimetry

// SHA-256 with the processor's instructions beside the plain form, over 64 KiB.
#include <benchmark/benchmark.h>

#include <vector>

#include "core/sha256_blocks.hpp"

namespace regimetry {
namespace {

void time_blocks(benchmark::State& state, auto blocks) {
  const std::vector<std::uint8_t> bytes(std::size_t{1} << 16, 0x5a);
  detail::Sha256State hash{};
  for (auto _ : state) {
    blocks(hash, bytes.data(), bytes.size() / 64);
    benchmark::DoNotOptimize(hash);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void sha256_hardware(benchmark::State& state) {
  if (!detail::has_sha256_instructions()) {
    state.SkipWithError("this processor has no SHA instructions");
    return;
  }
  time_blocks(state, detail::sha256_blocks_hardware);
}
void sha256_portable(benchmark::State& state) {
  time_blocks(state, detail::sha256_blocks_portable);
}
BENCHMARK(sha256_hardware);
BENCHMARK(sha256_portable);

}  // namespace
}  // namespace regimetry

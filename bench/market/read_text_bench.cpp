// Reading bars from CSV is the first thing every user waits for; if it slows down, every command does.
//
// Beside it, in the same run: the same bytes through getline and strtod, the plain way to do it.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <sstream>
#include <string>

#include "core/time.hpp"
#include "market/reading/text/read_text_table.hpp"

namespace regimetry::market {
namespace {

// `bar_count` minutes of bars, about 69 bytes each, in the shape that `ingest` writes.
std::string bars_as_csv(std::int64_t bar_count) {
  std::string text = "timestamp,symbol,open,high,low,close,volume\n";
  std::uint64_t state = 88172645463325252ULL;
  const auto next = [&state] {  // xorshift: any numbers will do, as long as they are the same each time
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  };
  for (std::int64_t i = 0; i < bar_count; ++i) {
    const double open = 100.0 + static_cast<double>(next() % 100'000) / 1'000.0;
    text += fmt::format("{},SYM{:02},{:.4f},{:.4f},{:.4f},{:.4f},{}\n", format_timestamp(i * kNsPerMinute),
                        i * 20 / bar_count, open, open + 0.25, open - 0.25, open + 0.125, next() % 100'000);
  }
  return text;
}

void BM_ReadTextTable(benchmark::State& state) {
  const std::string text = bars_as_csv(state.range(0));
  ThreadPool pool(static_cast<int>(state.range(1)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_text_table(text, "bench.csv", {}, pool, silent_observer()));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(BM_ReadTextTable)
    ->Args({1'000'000, 1})
    ->Args({1'000'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_ReadWithGetline(benchmark::State& state) {
  const std::string text = bars_as_csv(state.range(0));
  for (auto _ : state) {
    std::istringstream lines(text);
    std::string cell;
    std::getline(lines, cell);
    std::vector<TimestampNs> stamps;
    std::vector<std::string> symbols;
    std::vector<double> numbers;
    while (std::getline(lines, cell, ',')) {
      stamps.push_back(parse_iso_timestamp(cell).value_or(0));
      std::getline(lines, cell, ',');
      symbols.push_back(cell);
      for (int column = 0; column < 5; ++column) {
        std::getline(lines, cell, column < 4 ? ',' : '\n');
        numbers.push_back(std::strtod(cell.c_str(), nullptr));
      }
    }
    benchmark::DoNotOptimize(numbers.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(BM_ReadWithGetline)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace regimetry::market

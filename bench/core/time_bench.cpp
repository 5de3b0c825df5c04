// Stamps from text and into text, beside the C library's strptime/timegm and gmtime_r/strftime, which stop at
// seconds.
#include <benchmark/benchmark.h>

#include <array>
#include <ctime>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace regimetry {
namespace {

constexpr std::size_t kCount = 1024;

std::vector<TimestampNs> varied_stamps() {
  std::vector<TimestampNs> stamps(kCount);
  // Steps of some 19 days and an odd number of seconds, from 1970 to 2023.
  for (std::size_t i = 0; i < kCount; ++i) stamps[i] = static_cast<TimestampNs>(i) * 1'641'603 * kNsPerSecond;
  return stamps;
}

std::vector<std::string> varied_texts() {
  std::vector<std::string> texts;
  for (const TimestampNs stamp : varied_stamps()) texts.push_back(format_timestamp(stamp));
  return texts;
}

template <typename Work>
void time_each(benchmark::State& state, const std::vector<Work>& items, auto work) {
  for (auto _ : state) {
    for (const Work& item : items) benchmark::DoNotOptimize(work(item));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items.size()));
}

void parse_ours(benchmark::State& state) {
  time_each(state, varied_texts(), [](const std::string& text) { return *parse_iso_timestamp(text); });
}
void parse_strptime_timegm(benchmark::State& state) {
  time_each(state, varied_texts(), [](const std::string& text) {
    std::tm fields{};
    strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &fields);
    return timegm(&fields) * kNsPerSecond;
  });
}
BENCHMARK(parse_ours);
BENCHMARK(parse_strptime_timegm);

void write_ours(benchmark::State& state) {
  std::array<char, kTimestampChars> buffer{};
  time_each(state, varied_stamps(), [&](TimestampNs stamp) {
    char* const end = write_timestamp(buffer.data(), stamp);
    benchmark::ClobberMemory();
    return end;
  });
}
void write_ours_into_a_string(benchmark::State& state) {
  time_each(state, varied_stamps(), [](TimestampNs stamp) { return format_timestamp(stamp); });
}
void write_gmtime_strftime(benchmark::State& state) {
  std::array<char, 32> buffer{};
  time_each(state, varied_stamps(), [&](TimestampNs stamp) {
    const std::time_t seconds = stamp / kNsPerSecond;
    std::tm fields{};
    gmtime_r(&seconds, &fields);
    return std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
  });
}
BENCHMARK(write_ours);
BENCHMARK(write_ours_into_a_string);
BENCHMARK(write_gmtime_strftime);

void calendar_ours(benchmark::State& state) {
  time_each(state, varied_stamps(), [](TimestampNs stamp) { return to_civil(stamp); });
}
void calendar_gmtime(benchmark::State& state) {
  time_each(state, varied_stamps(), [](TimestampNs stamp) {
    const std::time_t seconds = stamp / kNsPerSecond;
    std::tm fields{};
    gmtime_r(&seconds, &fields);
    return fields;
  });
}
BENCHMARK(calendar_ours);
BENCHMARK(calendar_gmtime);

}  // namespace
}  // namespace regimetry

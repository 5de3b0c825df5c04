// Reading a large market file into checked `Bars`, beside DuckDB scanning the same columns into memory.
//
// Unit of work: the whole way from a file to instruments that passed every health check, as `regimetry
// ingest` does it. Reference: DuckDB's own fastest way to hold the same columns in memory, with types given,
// so it has nothing to guess: CREATE TABLE ... AS SELECT over read_parquet / read_csv in an in-memory
// database with the same number of threads. Each measurement runs in a process of its own, in turn, so that
// peaks of memory are its own and drift hits both.
//
//   market_read_speed_bench [BAR_COUNT [ROUNDS]]        default 10000000 3
#include <duckdb.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"
#include "market/writing/write_market.hpp"

namespace {

using regimetry::Rng;
using regimetry::RngStream;
using regimetry::ThreadPool;
using namespace regimetry::market;

constexpr int kInstrumentCount = 20;

// A random walk of one-minute bars that passes every check: what matters here is the number of bytes, not the
// market.
MarketData make_market(std::int64_t bar_count) {
  MarketData market;
  for (int k = 0; k < kInstrumentCount; ++k) {
    RngStream draws = Rng(7).stream("bench.read", static_cast<std::uint64_t>(k));
    Bars bars;
    bars.symbol = fmt::format("SYM{:02}", k);
    bars.timeframe = {60 * regimetry::kNsPerSecond, 0};
    double log_price = std::log(50.0 + k);
    const auto cents = [](double price) { return std::round(price * 100) / 100; };
    for (std::int64_t t = 0; t < bar_count / kInstrumentCount; ++t) {
      const double open = cents(std::exp(log_price));
      log_price += 0.0005 * draws.normal();
      const double close = cents(std::exp(log_price));
      bars.timestamps.push_back(1'577'836'800 * regimetry::kNsPerSecond + t * regimetry::kNsPerMinute);
      bars.open.push_back(open);
      bars.close.push_back(close);
      bars.high.push_back(cents(std::max(open, close) * (1 + 0.0003 * draws.uniform())));
      bars.low.push_back(cents(std::min(open, close) * (1 - 0.0003 * draws.uniform())));
      bars.volume.push_back(static_cast<double>(100 + draws.below(100'000)));
    }
    market.instruments.push_back(std::move(bars));
  }
  return market;
}

struct Cost {
  double seconds = 0;
  double peak_mib = 0;
};

// Runs `work` in a child process. The time is the child's own (process start and exit are not counted).
Cost measure(const std::function<void()>& work) {
  std::array<int, 2> channel{};
  if (pipe(channel.data()) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const bool sent = write(channel[1], &seconds, sizeof seconds) == static_cast<ssize_t>(sizeof seconds);
    _exit(sent ? 0 : 1);
  }
  close(channel[1]);
  Cost cost;
  const bool received =
      read(channel[0], &cost.seconds, sizeof cost.seconds) == static_cast<ssize_t>(sizeof cost.seconds);
  close(channel[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (!received || status != 0) {
    std::fprintf(stderr, "a measured process failed\n");
    std::exit(1);
  }
  cost.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  return cost;
}

void scan_with_duckdb(const std::string& table_function, int threads) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  duckdb_open(nullptr, &database);
  duckdb_connect(database, &connection);
  const auto run = [&](const std::string& sql) {
    duckdb_result result;
    if (duckdb_query(connection, sql.c_str(), &result) == DuckDBError) {
      std::fprintf(stderr, "DuckDB: %s\n", duckdb_result_error(&result));
      _exit(1);
    }
    duckdb_destroy_result(&result);
  };
  run(fmt::format("SET threads = {}", threads));
  run("CREATE TABLE bars AS SELECT timestamp, symbol, open, high, low, close, volume FROM " + table_function);
}

void read_with_regimetry(const std::string& path, int threads) {
  ThreadPool pool(threads);
  ReadResult result = read_market({path}, {}, pool, regimetry::silent_observer());
  const CleanResult clean_result = clean(std::move(result.data), {}, pool, regimetry::silent_observer());
  if (clean_result.data.bar_count() == 0) _exit(1);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void compare(const char* format, const std::string& path, const std::string& table_function, double data_mib,
             int threads, int rounds) {
  std::vector<double> ours, theirs, ratios;
  double our_peak = 0, their_peak = 0;
  for (int round = 0; round < rounds; ++round) {
    const Cost reference = measure([&] { scan_with_duckdb(table_function, threads); });
    const Cost cost = measure([&] { read_with_regimetry(path, threads); });
    ours.push_back(cost.seconds);
    theirs.push_back(reference.seconds);
    ratios.push_back(cost.seconds / reference.seconds);
    our_peak = std::max(our_peak, cost.peak_mib);
    their_peak = std::max(their_peak, reference.peak_mib);
  }
  fmt::print("{:<8} {:>7} {:>12.2f} {:>12.2f} {:>8.2f} {:>12.0f} {:>12.0f} {:>10.2f}\n", format, threads,
             median(ours), median(theirs), median(ratios), our_peak, their_peak, our_peak / data_mib);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t bar_count = argc > 1 ? std::atoll(argv[1]) : 10'000'000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  if (bar_count < kInstrumentCount || rounds < 1) {
    std::fprintf(stderr, "usage: %s [BAR_COUNT [ROUNDS]], at least %d bars and 1 round\n", argv[0],
                 kInstrumentCount);
    return 2;
  }
  const int threads = regimetry::available_processor_count();

  std::string folder = (std::filesystem::temp_directory_path() / "regimetry-read-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  const std::string parquet = folder + "/market.parquet", csv = folder + "/market.csv";
  // Written in a child, so that its memory does not count as the parent's, from which the measured processes
  // fork.
  measure([&] {
    ThreadPool pool(threads);
    const MarketData market = make_market(bar_count);
    write_market(parquet, market, pool, regimetry::silent_observer());
    write_market(csv, market, pool, regimetry::silent_observer());
  });
  const double data_mib = static_cast<double>(bar_count) * 6 * 8 / (1024 * 1024);
  fmt::print(
      "{} bars, {} instruments; data {:.0f} MiB, Parquet {:.0f} MiB, CSV {:.0f} MiB; median of {} rounds\n",
      bar_count, kInstrumentCount, data_mib,
      static_cast<double>(std::filesystem::file_size(parquet)) / (1024 * 1024),
      static_cast<double>(std::filesystem::file_size(csv)) / (1024 * 1024), rounds);
  fmt::print("{:<8} {:>7} {:>12} {:>12} {:>8} {:>12} {:>12} {:>10}\n", "format", "threads", "ours s",
             "duckdb s", "ratio", "ours MiB", "duckdb MiB", "peak/data");
  const std::string columns =
      "{'timestamp': 'TIMESTAMPTZ', 'symbol': 'VARCHAR', 'open': 'DOUBLE', 'high': 'DOUBLE', 'low': "
      "'DOUBLE', "
      "'close': 'DOUBLE', 'volume': 'DOUBLE'}";
  compare("parquet", parquet, fmt::format("read_parquet('{}')", parquet), data_mib, threads, rounds);
  compare("csv", csv,
          fmt::format("read_csv('{}', header = true, auto_detect = false, delim = ',', columns = {})", csv,
                      columns),
          data_mib, threads, rounds);
  std::filesystem::remove_all(folder);
  return 0;
}

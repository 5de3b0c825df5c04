#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "hostile/hostile_runner.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"

namespace regimetry::hostile {
namespace {

// Whatever comes out of a damaged file must at least be bars that could have been.
void expect_clean(const market::Bars& bars, const std::filesystem::path& path) {
  for (std::int64_t t = 0; t < bars.size(); ++t) {
    const auto i = static_cast<std::size_t>(t);
    EXPECT_TRUE(t == 0 || bars.timestamps[i - 1] < bars.timestamps[i]) << path << " row " << t;
    for (const double price : {bars.open[i], bars.high[i], bars.low[i], bars.close[i]}) {
      EXPECT_TRUE(std::isfinite(price) && price > 0) << path << " row " << t << ": " << price;
    }
    EXPECT_GE(bars.high[i], std::max(bars.open[i], bars.close[i])) << path << " row " << t;
    EXPECT_LE(bars.low[i], std::min(bars.open[i], bars.close[i])) << path << " row " << t;
  }
}

// As `regimetry ingest` does with its defaults.
ExpectedBars ingest(const std::filesystem::path& path) {
  ThreadPool pool(2);
  market::ReadResult read = market::read_market({path.string()}, {}, pool, silent_observer());
  const market::CleanResult cleaned = market::clean(std::move(read.data), {}, pool, silent_observer());
  ExpectedBars all;
  for (const market::Bars& bars : cleaned.data.instruments) {
    expect_clean(bars, path);
    for (std::size_t i = 0; i < bars.timestamps.size(); ++i) {
      all.push_back(
          {bars.timestamps[i], bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]});
    }
  }
  return all;
}

TEST(HostileMarket, PathsAndPackedFiles) {
  run_cases(csv_path_cases(), ingest);
}
TEST(HostileMarket, BytesThatAreNotATable) {
  run_cases(csv_byte_cases(), ingest);
}
TEST(HostileMarket, TablesOfTheWrongShape) {
  run_cases(csv_table_cases(), ingest);
}
TEST(HostileMarket, WrongDatesAndNumbers) {
  run_cases(csv_value_cases(), ingest);
}
TEST(HostileMarket, Parquet) {
  run_cases(parquet_cases(), ingest);
}

}  // namespace
}  // namespace regimetry::hostile

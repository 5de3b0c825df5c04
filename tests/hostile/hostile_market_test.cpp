#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/error.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "hostile/hostile_runner.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"

namespace regimetry::hostile {
namespace {

// Whatever comes out of a damaged file must at least be bars that could have been. What this throws is no
// Error, so the case fails.
void require_clean(const market::Bars& bars) {
  for (std::size_t i = 0; i < bars.timestamps.size(); ++i) {
    const bool is_later = i == 0 || bars.timestamps[i - 1] < bars.timestamps[i];
    const auto is_price = [](double price) { return std::isfinite(price) && price > 0; };
    const bool are_prices =
        is_price(bars.open[i]) && is_price(bars.high[i]) && is_price(bars.low[i]) && is_price(bars.close[i]);
    const bool is_range = bars.high[i] >= std::max(bars.open[i], bars.close[i]) &&
                          bars.low[i] <= std::min(bars.open[i], bars.close[i]);
    if (!is_later || !are_prices || !is_range) throw std::logic_error(fmt::format("bar {} is not clean", i));
  }
}

// As `regimetry ingest` does with its defaults.
ExpectedBars ingest(const std::filesystem::path& path) {
  ThreadPool pool(2);
  market::ReadResult read = market::read_market({path.string()}, {}, pool, silent_observer());
  const market::CleanResult cleaned = market::clean(std::move(read.data), {}, pool, silent_observer());
  ExpectedBars all;
  for (const market::Bars& bars : cleaned.data.instruments) {
    require_clean(bars);
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

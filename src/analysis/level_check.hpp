// Do regimes merely follow the level of the price, or the calendar?
//
// Regimes found in prices, or in the year, are periods of history: they never come back, and say nothing of
// what kind of market it is. Two signs are looked at: columns that regimes were made from and that are levels
// or calendars themselves, and how much of what the regimes say the level or the date says too.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "core/time.hpp"
#include "regimes/structure/shared_information.hpp"

namespace regimetry::analysis {

struct LevelCheckOptions {
  // A column whose rank correlation with close, or with time, reaches this is a level, or a calendar.
  double least_correlation = 0.95;
  std::int64_t moves = 199;  // draws behind each p-value
  // Regimes follow a level when it says more of them than chance alone does, by this share at least, and no
  // more than one in twenty moves of the labels says as much.
  double least_excess = 0.15;
};

struct LeveledColumn {
  std::string name;
  bool follows_calendar = false;  // else the level of the price
  double rank_correlation = 0;
};

struct LevelCheck {
  std::vector<LeveledColumn> columns;
  std::optional<regimes::SharedInformation> with_price, with_calendar;
  bool follows_price = false, follows_calendar = false;
  std::string warning;  // empty: nothing to warn of
};

// [T] each; a column is a view of numbers, NaN where missing.
struct LevelCheckInput {
  std::span<const std::int32_t> labels;
  std::span<const TimestampNs> timestamps;
  std::span<const double> close;  // empty: no prices
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;
};

[[nodiscard]] LevelCheck check_levels(const LevelCheckInput& input, const LevelCheckOptions& options,
                                      const Rng& rng, ThreadPool& pool);
// levels.json
[[nodiscard]] nlohmann::ordered_json to_json(const LevelCheck& check);

}  // namespace regimetry::analysis

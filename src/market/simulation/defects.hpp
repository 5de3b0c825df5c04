// Everything that is wrong with real market files, put into simulated ones on purpose and on record.
//
// Why: a check that has never seen the defect it looks for is a guess. Kinds carry the names of the checks in
// quality/ that should find them. Defects of one instrument never touch the same bars, so each can be told
// from its neighbours.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "market/bars.hpp"

namespace regimetry::market {

struct DefectKind {
  std::string name;         // "high_below_low"
  std::string description;  // what is done to a bar
  bool is_order = false;  // only the order of rows is wrong: a file holds it when written RowOrder::kAsGiven
};
[[nodiscard]] const std::vector<DefectKind>& defect_kinds();
// A sentence for each word that is neither a kind nor "all".
[[nodiscard]] std::vector<std::string> unknown_defects(const std::vector<std::string>& words);

struct DefectRecord {
  std::string kind, symbol;
  std::int64_t row =
      0;  // row of the returned bars where it is (for removed bars: the first row after the hole)
  std::int64_t row_count = 1;  // rows concerned, removed rows included
  TimestampNs stamp = 0;       // of the bar meant, before the defect
  std::string detail;          // "close 101.2 -> 1012"
};
[[nodiscard]] nlohmann::json to_json(const DefectRecord& record);

struct DefectiveBars {
  Bars bars;
  std::vector<DefectRecord> records;  // by row
};
// Puts each of `kinds` ("all": every one) into max(1, round(rate * T)) places of `bars`, as long as there is
// room. Throws Error (kUsage) when a kind finds no room at all.
[[nodiscard]] DefectiveBars inject_defects(Bars bars, const std::vector<std::string>& kinds, double rate,
                                           RngStream stream);

}  // namespace regimetry::market

// Labels known at the time as a file holds them, against the same labels made again.
//
// Rows meet by symbol and stamp. Numbers may have been renamed, as by the baseline of an earlier run, so the
// labels are the same when one renaming, one-to-one, turns all of these into all of those.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "labelling/labelled_table.hpp"
#include "labelling/placed_source.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::labelling {

struct StoredAsofComparison {
  std::int64_t stored_labels = 0;   // rows of the file with a label
  std::int64_t compared_rows = 0;   // with a label on either side
  std::int64_t differing_rows = 0;  // under the renaming that leaves the fewest
  // The earliest row that differs, with kNoRegime for no label; `made` under the file's number for it, where
  // it has one.
  std::string symbol;
  TimestampNs stamp = 0;
  std::int32_t stored = regimes::kNoRegime, made = regimes::kNoRegime;
};

// `ids` [N]: of the rows of `placed`, made again. Labels of rows that came after or before all of the file's,
// for that symbol, are not compared; a label of the file without a row here differs. Where both have a
// single instrument, its name is not looked at.
[[nodiscard]] StoredAsofComparison compare_stored_asof(const LabelledTable& stored,
                                                       const PlacedSource& placed,
                                                       std::span<const std::int32_t> ids);

}  // namespace regimetry::labelling

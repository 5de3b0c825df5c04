// One way to divide samples: what a model learns from, what it is tuned on, what it is judged by.
//
// The promise of every fold made in this room: nothing that is learned from reads a row that a judged sample
// reads, and no training sample's window or target lies in a time at which judged samples are decided or wait
// for their outcome (purged_fold.hpp has the exact rule, fold_overlap.hpp checks it).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/time.hpp"
#include "windows/sample_ranges.hpp"

namespace regimetry::windows {

struct Period {
  TimestampNs first = 0, last = 0;  // both belong to it
  friend bool operator==(const Period&, const Period&) = default;
};

struct Fold {
  SampleRanges train, validation, test;     // indices into the Windows that the fold was made from
  std::vector<Period> test_periods;         // the test blocks, oldest first
  std::optional<Period> validation_period;  // absent: no validation
  std::int64_t purged = 0;     // training and validation samples left out, because they overlap a later part
  std::int64_t embargoed = 0;  // further training samples left out, because they follow a test block closely
};

}  // namespace regimetry::windows

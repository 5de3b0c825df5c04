// Walk-forward folds: train, test on what comes next, move on, repeat.
//
//   expanding    |== train ==|ee|xx|test|                 xx purged, ee embargo
//                |===== train =====|ee|xx|test|
//                |======== train ========|ee|xx|test|
//   rolling      |== train ==|ee|xx|test|
//                      |== train ==|ee|xx|test|
//                            |== train ==|ee|xx|test|
//   surrounding  |== train ==|ee|xx|test|xx|ee|==== train ====|
//
// Test blocks have the same length, the last one ends where the data ends, and with the default step each
// follows the one before without a gap: every position of the time axis from the first test block on is
// tested exactly once. What the division leaves over goes to the first training.
//
// Purge and embargo stand wherever training meets the test block: before it, and after it where training goes
// on. Rows after earlier test blocks are trained on, since they are past by then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "windows/fold.hpp"
#include "windows/purged_fold.hpp"
#include "windows/time_axis.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

enum class TrainingRange {
  kExpanding,    // all that comes before the test block
  kRolling,      // the last `train_bars` before it
  kSurrounding,  // all that comes before and after it: sees the future, so it says how well a model fits
                 // other times, not what it would have earned
};

// Lengths are in positions of the time axis: bars, for instruments that share a calendar.
struct WalkForwardOptions {
  TrainingRange training = TrainingRange::kExpanding;
  // Test blocks. With `test_bars` the last so many; absent: as many as fit. Without `test_bars` the blocks
  // are as long as the data allows; absent: 5.
  std::optional<std::int64_t> fold_count = {};
  // Length of a test block. Longer blocks mean fewer refits. Absent: from `fold_count`.
  std::optional<std::int64_t> test_bars = {};
  // From the begin of a test block to the begin of the next; needs `test_bars`. Below it blocks overlap,
  // above it some bars are never tested. Absent: `test_bars`.
  std::optional<std::int64_t> step_bars = {};
  // Training bars left after purge and embargo: exactly so many for rolling, at least so many before the
  // first test block otherwise. Absent: as many as a test block has.
  std::optional<std::int64_t> train_bars = {};
  PurgeOptions purge = {};
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Oldest first. `axis` is make_time_axis(windows), for callers that have it. Throws Error: kUsage when
// options have problems; kData when the data is too short (the message says how many bars it takes).
[[nodiscard]] std::vector<Fold> walk_forward(const Windows& windows, const TimeAxis& axis,
                                             const WalkForwardOptions& options);
[[nodiscard]] std::vector<Fold> walk_forward(const Windows& windows, const WalkForwardOptions& options = {});

}  // namespace regimetry::windows

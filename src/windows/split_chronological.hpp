// Training, validation and test as three consecutive parts of time, for all instruments at the same stamps.
//
//   time axis   |---------- train ----------|xx|--- validation ---|xx|------ test ------|
//                                            purged                purged
//
// Training is purged against validation and test, validation against test (purged_fold.hpp). The parts are
// cut in time, so no instrument's training rows come after another's first test row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "windows/fold.hpp"
#include "windows/time_axis.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

struct SplitOptions {
  // Shares of the time axis, which add up to 1; a cut lies at the nearest position. Validation may be 0:
  // none. Ignored, and not looked at, when `test_from` is given.
  double train_share = 0.7, validation_share = 0.15, test_share = 0.15;
  // Test samples are those decided at this stamp or later.
  std::optional<TimestampNs> test_from = {};
  // Validation samples are those decided at this stamp or later, and before `test_from`, without which it
  // means nothing. Absent: no validation.
  std::optional<TimestampNs> validation_from = {};
  // Rows kept free besides those that the overlap rule demands.
  std::int64_t extra_purge_bars = 0;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// `axis` is make_time_axis(windows), for callers that have it. Throws Error: kUsage when options have
// problems or a date lies outside the data; kData when a part is left without samples.
[[nodiscard]] Fold split_chronologically(const Windows& windows, const TimeAxis& axis,
                                         const SplitOptions& options);
[[nodiscard]] Fold split_chronologically(const Windows& windows, const SplitOptions& options = {});

}  // namespace regimetry::windows

// Looks for leaks in a fold, however it was made: every training sample whose window or target meets a test
// sample's.
//
// It knows only the samples of the fold and its periods, not how they were chosen, so it also judges folds
// from elsewhere. Two rules, those of purged_fold.hpp:
//   rows:  two samples of one instrument read a row in common; and
//   time:  the time from the begin of the first bar to the end of the last bar of a sample that is learned
//          from meets the time from the first decision to the end of the last target of the judged samples of
//          one instrument and one test period.
// Validation is judged as seen from training, and learned from as seen from test.
#pragma once

#include <cstdint>
#include <vector>

#include "windows/fold.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

enum class OverlapRule { kRows, kTime };
enum class FoldPart { kTrain, kValidation, kTest };

// Samples of one instrument that follow one another, and held-out samples that they overlap with.
struct FoldOverlap {
  OverlapRule rule = OverlapRule::kRows;
  FoldPart learned = FoldPart::kTrain, held_out = FoldPart::kTest;
  IndexRange learned_samples;   // each of them overlaps
  IndexRange held_out_samples;  // of one instrument and period
};

// Every overlap; a training sample may be in several. Empty: the fold is clean.
[[nodiscard]] std::vector<FoldOverlap> find_overlaps(const Windows& windows, const Fold& fold);

}  // namespace regimetry::windows

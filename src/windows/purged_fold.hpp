// A fold from its parts on the time axis, with every sample left out of training that could leak.
//
// A sample reads the rows [last - L + 1, last + horizon] of its instrument: the window, and the rows of its
// target. A sample belongs to the part of the time axis in which its last row lies, the moment of decision.
// A held-out block is a range of the axis; its time goes from its first stamp to the end of the last bar that
// it or a target of its samples reads. A training sample stays in the fold when, for every held-out block,
//
//   rows:  it reads no row that a sample of the block reads, where both are of one instrument; and
//   time:  the time from the begin of its first bar to the end of its last does not meet the time of the
//          block, whatever instruments and timeframes they are of (bar_span.hpp).
//
// With every row present and stride 1 this leaves out exactly L + horizon - 1 samples per instrument before a
// block and as many after it. Windows of the block reach further back than its time; the rule for rows covers
// that for each instrument by itself, so that one instrument which paused for a year does not cost all others
// a year of training.
//
// Embargo: samples after a block whose first row comes within a share of the axis after the block's time are
// left out too, because what moves slowly (volatility) tells them about the block. Where the layout asks for
// it, the same stretch is kept free before a block: samples that read a bar within so many positions before
// the first row of the block. What was known then is no leak, but a model that is used is always older than
// its last training row, and one that is tested right beside it looks better than it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "windows/fold.hpp"
#include "windows/row_range.hpp"
#include "windows/time_axis.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

struct PurgeOptions {
  // Rows kept free between a training sample and what held-out samples read, besides what the rule demands.
  std::int64_t extra_purge_bars = 0;
  // Length of the embargo as a share of the time axis, rounded, but at least one position when above zero.
  // Larger values cost training samples on every side of a test block that has one.
  double embargo_share = 0.01;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Positions on the time axis.
struct FoldLayout {
  std::string name;             // for messages: "fold 3 of 5"
  std::vector<RowRange> train;  // where training samples may come from, sorted, apart; may span the blocks
  std::optional<RowRange> validation;  // held out from training, and itself purged against the test blocks
  std::vector<RowRange> test;          // blocks, sorted, apart, none empty
  // Keep the embargo free before test (and validation) blocks too, not only after test blocks.
  bool has_embargo_before = false;
};

// Positions of the embargo on an axis of that size.
[[nodiscard]] std::int64_t embargo_bars(const PurgeOptions& options, std::int64_t axis_size);

// Samples before a block that the rule leaves out where every row is present: L + horizon - 1, and the extra.
[[nodiscard]] std::int64_t nominal_purge_bars(const Windows& windows, const PurgeOptions& options);

// Throws Error: kUsage when options have problems; kData when a part of the fold is left without samples.
[[nodiscard]] Fold make_purged_fold(const Windows& windows, const TimeAxis& axis, const FoldLayout& layout,
                                    const PurgeOptions& options);

}  // namespace regimetry::windows

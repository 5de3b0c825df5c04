#include "windows/purged_fold.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>

#include "core/error.hpp"

namespace regimetry::windows {
namespace {

// What training samples must stay away from.
struct HeldOutBlock {
  Period decisions;             // first and last stamp of the block
  TimestampNs end = 0;          // the last moment of the block and of the bars that its samples read
  TimestampNs embargo_end = 0;  // the last stamp of the embargo after the block; `end` without one
};

const std::vector<TimestampNs>& stamps_of(const Windows& windows, std::int64_t instrument) {
  return windows.tables()[static_cast<std::size_t>(instrument)].timestamps;
}

std::int64_t first_row_from(const std::vector<TimestampNs>& stamps, TimestampNs stamp) {
  return std::lower_bound(stamps.begin(), stamps.end(), stamp) - stamps.begin();
}

std::int64_t first_row_after(const std::vector<TimestampNs>& stamps, TimestampNs stamp) {
  return std::upper_bound(stamps.begin(), stamps.end(), stamp) - stamps.begin();
}

// The windows of one instrument that are decided within the period.
IndexRange decided_in(const Windows& windows, std::int64_t instrument, const Period& period) {
  const std::vector<TimestampNs>& stamps = stamps_of(windows, instrument);
  return {windows.first_window_from(instrument, first_row_from(stamps, period.first)),
          windows.first_window_from(instrument, first_row_after(stamps, period.last))};
}

std::int64_t instrument_count(const Windows& windows) {
  return static_cast<std::int64_t>(windows.tables().size());
}

Period period_on(const TimeAxis& axis, const RowRange& range) {
  return {axis.at(range.begin), axis.at(range.end - 1)};
}

SampleRanges samples_in(const Windows& windows, std::span<const Period> periods) {
  SampleRanges samples;
  for (std::int64_t i = 0; i < instrument_count(windows); ++i) {
    for (const Period& period : periods) {
      const IndexRange range = decided_in(windows, i, period);
      samples.append(range.begin, range.end);
    }
  }
  return samples;
}

HeldOutBlock hold_out(const Windows& windows, const TimeAxis& axis, const RowRange& range,
                      std::int64_t embargo) {
  HeldOutBlock block;
  block.decisions = period_on(axis, range);
  block.end = block.decisions.last;
  for (std::int64_t i = 0; i < instrument_count(windows); ++i) {
    const IndexRange samples = decided_in(windows, i, block.decisions);
    if (samples.size() == 0) continue;
    const std::int64_t last_row = windows.sample_rows(samples.end - 1).end - 1;
    block.end = std::max(block.end, windows.spans_of(i).last_moment(last_row));
  }
  block.embargo_end = block.end;
  if (embargo == 0) return block;
  const std::int64_t last = axis.position_after(block.end) + embargo - 1;
  // An embargo that reaches past the axis leaves no training sample after the block.
  block.embargo_end = last < axis.size() ? axis.at(last) : std::numeric_limits<TimestampNs>::max();
  return block;
}

// The windows of one instrument that may not be trained on because of a block: a contiguous range, since the
// first and the last row that a sample reads grow with its index. With the embargo on either side it goes
// from `embargo_begin` to `embargo_end`.
struct ForbiddenRange {
  std::int64_t first_row = 0;  // that belongs to the block; the other members grow with it
  std::int64_t begin = 0, end = 0, embargo_begin = 0, embargo_end = 0;
};

// What a fold is made from.
struct FoldTask {
  const Windows& windows;
  const TimeAxis& axis;
  const FoldLayout& layout;
  const PurgeOptions& options;
};

// The first window of one instrument that the embargo before a block forbids: it reads a bar that lasts into
// the last positions of the axis before the block's first row.
std::int64_t embargo_begin_of(const FoldTask& task, std::int64_t instrument, const HeldOutBlock& block,
                              const ForbiddenRange& range) {
  const std::int64_t embargo = embargo_bars(task.options, task.axis.size());
  if (!task.layout.has_embargo_before || embargo == 0) return range.begin;
  const std::vector<TimestampNs>& stamps = stamps_of(task.windows, instrument);
  TimestampNs stamp = block.decisions.first;
  if (range.first_row < std::ssize(stamps)) {
    stamp = std::min(stamp, stamps[static_cast<std::size_t>(range.first_row)]);
  }
  const std::int64_t position = std::max<std::int64_t>(0, task.axis.position_of(stamp) - embargo);
  const std::int64_t row = task.windows.spans_of(instrument).first_row_lasting_to(task.axis.at(position));
  return std::min(range.begin, task.windows.first_window_from(instrument, row - task.windows.horizon()));
}

ForbiddenRange forbidden_by(const FoldTask& task, std::int64_t instrument, const HeldOutBlock& block) {
  const Windows& windows = task.windows;
  const std::int64_t extra = task.options.extra_purge_bars;
  const BarSpans spans = windows.spans_of(instrument);
  const IndexRange samples = decided_in(windows, instrument, block.decisions);
  // Rows from `first_row` up to, not including, `end_row` belong to the block.
  std::int64_t first_row = spans.first_row_lasting_to(block.decisions.first);
  const std::int64_t end_row = spans.first_row_begun_after(block.end);
  if (samples.size() > 0) first_row = std::min(first_row, windows.sample_rows(samples.begin).begin);
  // Allowed before: last + horizon < first_row. Allowed after: last - L + 1 >= end_row.
  const std::int64_t reach_back = windows.window_size() - 1;
  ForbiddenRange range;
  range.first_row = first_row;
  range.begin = windows.first_window_from(instrument, first_row - extra - windows.horizon());
  range.end = windows.first_window_from(instrument, end_row + extra + reach_back);
  range.embargo_begin = embargo_begin_of(task, instrument, block, range);
  const std::int64_t embargo_row = spans.first_row_begun_after(block.embargo_end);
  range.embargo_end = std::max(range.end, windows.first_window_from(instrument, embargo_row + reach_back));
  return range;
}

// Everything that the blocks forbid, without and with embargo.
struct ForbiddenSamples {
  SampleRanges purged, embargoed;
};

ForbiddenSamples forbidden_by(const FoldTask& task, const std::vector<HeldOutBlock>& blocks) {
  ForbiddenSamples forbidden;
  std::vector<ForbiddenRange> ranges;
  for (std::int64_t i = 0; i < instrument_count(task.windows); ++i) {
    ranges.clear();
    for (const HeldOutBlock& block : blocks) ranges.push_back(forbidden_by(task, i, block));
    // Windows of a block may reach back past an earlier block in which the instrument has none.
    std::stable_sort(ranges.begin(), ranges.end(), [](const ForbiddenRange& a, const ForbiddenRange& b) {
      return a.first_row < b.first_row;
    });
    for (const ForbiddenRange& range : ranges) {
      forbidden.purged.append(range.begin, range.end);
      forbidden.embargoed.append(range.embargo_begin, range.embargo_end);
    }
  }
  return forbidden;
}

std::string words(const Period& period) {
  return fmt::format("{} to {}", format_timestamp_short(period.first), format_timestamp_short(period.last));
}

void require_test_samples(const FoldTask& task, const Fold& fold) {
  for (const Period& period : fold.test_periods) {
    if (!samples_in(task.windows, {&period, 1}).empty()) continue;
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: no window ends in the test block {}. Gaps or missing values leave none there; use "
                    "longer blocks (fewer folds), a shorter window, or another rule for gaps and missing "
                    "values.",
                    task.layout.name, words(period)));
  }
}

void require_samples(const FoldTask& task, std::string_view part, const SampleRanges& left,
                     const SampleRanges& candidates) {
  if (!left.empty()) return;
  const std::int64_t embargo = embargo_bars(task.options, task.axis.size());
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: no {} sample is left of {}. Beside a held-out block a stretch must be longer than "
                  "the purge of {} bars (window_size {} + horizon {} - 1, and {} extra){}; the time axis "
                  "has {} bars. Give more data, fewer folds, or a shorter window.",
                  task.layout.name, part, candidates.size(), nominal_purge_bars(task.windows, task.options),
                  task.windows.window_size(), task.windows.horizon(), task.options.extra_purge_bars,
                  embargo > 0 ? fmt::format(", where an embargo stands also than its {} bars", embargo)
                              : std::string(),
                  task.axis.size()));
}

std::vector<Period> periods_on(const TimeAxis& axis, const std::vector<RowRange>& ranges) {
  std::vector<Period> periods;
  for (const RowRange& range : ranges) {
    if (range.size() > 0) periods.push_back(period_on(axis, range));
  }
  return periods;
}

std::vector<HeldOutBlock> hold_out_all(const Windows& windows, const TimeAxis& axis,
                                       const std::vector<RowRange>& ranges, std::int64_t embargo) {
  std::vector<HeldOutBlock> blocks;
  for (const RowRange& range : ranges) blocks.push_back(hold_out(windows, axis, range, embargo));
  return blocks;
}

}  // namespace

std::vector<std::string> PurgeOptions::problems() const {
  std::vector<std::string> problems;
  if (extra_purge_bars < 0 || extra_purge_bars > 1'000'000'000) {
    problems.push_back(
        fmt::format("extra_purge_bars is {}; it must be between 0 and 1000000000", extra_purge_bars));
  }
  if (!(embargo_share >= 0 && embargo_share < 1)) {
    problems.push_back(fmt::format("embargo_share is {}; it must be at least 0 and below 1", embargo_share));
  }
  return problems;
}

std::int64_t embargo_bars(const PurgeOptions& options, std::int64_t axis_size) {
  if (!(options.embargo_share > 0)) return 0;
  return std::max<std::int64_t>(1, std::llround(options.embargo_share * static_cast<double>(axis_size)));
}

std::int64_t nominal_purge_bars(const Windows& windows, const PurgeOptions& options) {
  return windows.window_size() + windows.horizon() - 1 + options.extra_purge_bars;
}

Fold make_purged_fold(const Windows& windows, const TimeAxis& axis, const FoldLayout& layout,
                      const PurgeOptions& options) {
  if (const auto problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage, fmt::format("{}: {}.", layout.name, fmt::join(problems, "; ")));
  }
  const FoldTask task{windows, axis, layout, options};
  Fold fold;
  fold.test_periods = periods_on(axis, layout.test);
  fold.test = samples_in(windows, fold.test_periods);
  require_test_samples(task, fold);

  std::vector<HeldOutBlock> blocks =
      hold_out_all(windows, axis, layout.test, embargo_bars(options, axis.size()));
  if (layout.validation) {
    fold.validation_period = period_on(axis, *layout.validation);
    const SampleRanges candidates = samples_in(windows, {&*fold.validation_period, 1});
    fold.validation = candidates.without(forbidden_by(task, blocks).embargoed);
    fold.purged += candidates.size() - fold.validation.size();
    require_samples(task, "validation", fold.validation, candidates);
    blocks.push_back(hold_out(windows, axis, *layout.validation, 0));
    std::sort(blocks.begin(), blocks.end(), [](const HeldOutBlock& a, const HeldOutBlock& b) {
      return a.decisions.first < b.decisions.first;
    });
  }

  const ForbiddenSamples forbidden = forbidden_by(task, blocks);
  SampleRanges candidates = samples_in(windows, periods_on(axis, layout.train)).without(fold.test);
  if (layout.validation) candidates = candidates.without(samples_in(windows, {&*fold.validation_period, 1}));
  const SampleRanges unpurged = candidates.without(forbidden.purged);
  fold.train = unpurged.without(forbidden.embargoed);
  fold.purged += candidates.size() - unpurged.size();
  fold.embargoed = unpurged.size() - fold.train.size();
  require_samples(task, "training", fold.train, candidates);
  return fold;
}

}  // namespace regimetry::windows

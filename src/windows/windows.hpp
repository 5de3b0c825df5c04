// Rolling windows over feature tables, the unit that every encoder reads.
//
// Why here: all later stages speak of "window n", so the map from window to instrument, rows and stamp lives
//           in one place.
// Shape:    tables [T, F] -> N windows of [L, F]. A clean segment (clean_segments.hpp) of S rows holds
//           (S - L) / stride + 1 windows (whole division), or none when S < L. The first window of a segment
//           begins at its first row: the stride starts anew at every segment. Then the windows whose target
//           rows are not all there are left out, and those that end before the earliest row or stamp asked
//           for.
// Order:    by instrument, then by row: window n + 1 is a later one, or belongs to a later instrument.
// Time:     a window ends at its last row and never reads past it; its target reads the `horizon` rows after.
//           Neither spans two instruments, or a gap.
// Units:    L, stride and horizon count rows (bars), not days.
// Cost:     memory grows with the number of segments, not of windows; a lookup takes constant time on average
//           over the windows.
// Owner:    a view; the tables must outlive it and stay as they are. Nothing is copied. Const members may run
//           in parallel.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/time.hpp"
#include "features/feature_table.hpp"
#include "market/bars.hpp"
#include "windows/bar_span.hpp"
#include "windows/clean_segments.hpp"
#include "windows/row_range.hpp"

namespace regimetry::windows {

struct WindowOptions {
  // Rows per window. Longer windows see slower regimes and report a change later.
  std::int64_t window_size = 30;
  // Rows between the begins of two windows. Values above `window_size` leave rows unread.
  std::int64_t stride = 1;
  // Rows after the window that its target reads. Windows without that many rows before the table or the
  // stretch without gaps ends are left out. 0: no target, as for describing regimes or predicting live.
  std::int64_t horizon = 0;
  // A longer step between neighbouring rows is a gap. In bars: multiples of the table's timeframe, a month
  // counted as 31 days. Absent (both): no step is a gap, and nights and weekends lie inside windows.
  std::optional<double> max_gap_bars = {};
  // The same as a duration. At most one of the two may be given.
  std::optional<std::int64_t> max_gap_ns = {};
  // What becomes of windows that hold a missing value. Warm-up rows at the start are in no window either way.
  MissingRule missing = MissingRule::kDrop;
  // Leave out windows whose last row comes before this row of its table, so that windows of several sizes can
  // be compared on the same rows. The others stay where they are. Absent: keep all.
  std::optional<std::int64_t> earliest_last_row = {};
  // The same by stamp.
  std::optional<TimestampNs> earliest_last_stamp = {};
  // Whether stamps are the begins or the ends of bars. Folds compare bars of several lengths by it; for
  // bars of one length that begin together it changes nothing.
  market::StampMeaning stamp_meaning = market::StampMeaning::kBarStart;
  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct Window {
  std::int64_t instrument = 0;  // index of its table
  RowRange rows;                // of that table; L of them
  TimestampNs stamp = 0;        // of the last row
  [[nodiscard]] std::int64_t last_row() const noexcept { return rows.end - 1; }
};

// Consecutive windows of one clean segment: window begin + i starts at row first_row + i * stride of the
// instrument's table. Their rows lie side by side, so whoever reads rows rather than windows takes a run
// whole.
struct WindowRun {
  std::int64_t instrument = 0;
  std::int64_t first_row = 0;
  std::int64_t begin = 0, end = 0;  // windows begin, ..., end - 1
  [[nodiscard]] std::int64_t size() const noexcept { return end - begin; }
  friend bool operator==(const WindowRun&, const WindowRun&) = default;
};

// What windows were made of, for people.
struct WindowCensus {
  std::int64_t rows = 0;          // of all tables
  std::int64_t warm_up_rows = 0;  // before the first usable row of their table
  std::int64_t missing_rows = 0;  // later rows with a missing value; 0 under MissingRule::kKeep
  std::int64_t gaps = 0;
  std::int64_t instruments_without_windows = 0;
};

class Windows {
 public:
  using View = Eigen::Map<const features::MatrixF>;

  // Throws Error: kUsage when options have problems; kData when tables contradict each other or themselves,
  // or no window fits (the message says how many rows there are and how many it takes).
  explicit Windows(const features::FeatureData& data, const WindowOptions& options = {});
  explicit Windows(const features::FeatureTable& table, const WindowOptions& options = {});
  // A view of something that is gone would read freed memory.
  explicit Windows(const features::FeatureData&& data, const WindowOptions& options = {}) = delete;
  explicit Windows(const features::FeatureTable&& table, const WindowOptions& options = {}) = delete;

  [[nodiscard]] std::int64_t size() const noexcept { return window_count_; }                      // N
  [[nodiscard]] std::int64_t window_size() const noexcept { return options_.window_size; }        // L
  [[nodiscard]] std::int64_t feature_count() const noexcept { return tables_[0].values.cols(); }  // F
  [[nodiscard]] std::int64_t horizon() const noexcept { return options_.horizon; }
  [[nodiscard]] const WindowOptions& options() const noexcept { return options_; }
  [[nodiscard]] std::span<const features::FeatureTable> tables() const noexcept { return tables_; }
  [[nodiscard]] const WindowCensus& census() const noexcept { return census_; }

  // The following demand 0 <= n < size() and an instrument that is there.
  [[nodiscard]] Window window(std::int64_t n) const noexcept;
  // Rows that sample n reads, window and target: [last - L + 1, last + horizon].
  [[nodiscard]] RowRange sample_rows(std::int64_t n) const noexcept;
  // When the bars of an instrument begin and end. Borrows its table.
  [[nodiscard]] BarSpans spans_of(std::int64_t instrument) const noexcept {
    return {tables_[static_cast<std::size_t>(instrument)], options_.stamp_meaning};
  }
  // The values of window n, [L, F], where they lie in the table.
  [[nodiscard]] View values(std::int64_t n) const noexcept;

  // All windows as runs, in order; none is empty.
  [[nodiscard]] std::span<const WindowRun> runs() const noexcept { return runs_; }

  // The windows of one instrument.
  [[nodiscard]] IndexRange windows_of(std::int64_t instrument) const noexcept;
  // The first window of that instrument whose last row is `row` or a later one; windows_of(...).end when all
  // end before.
  [[nodiscard]] std::int64_t first_window_from(std::int64_t instrument, std::int64_t row) const noexcept;

  // Copies the windows `indices` [B] to `out` [B, L, F], in that order. Throws Error (kInternal) when an
  // index is out of range or `out` has another size; allocates nothing.
  void gather(std::span<const std::int64_t> indices, std::span<float> out) const;

 private:
  Windows(std::span<const features::FeatureTable> tables, const WindowOptions& options);
  void add_runs(std::int64_t instrument);
  void build_guide();
  [[noreturn]] void throw_no_window() const;
  [[nodiscard]] const WindowRun& run_of(std::int64_t n) const noexcept;
  [[nodiscard]] std::int64_t first_row_of(const WindowRun& run, std::int64_t n) const noexcept {
    return run.first_row + (n - run.begin) * options_.stride;
  }

  std::span<const features::FeatureTable> tables_;
  WindowOptions options_;
  std::vector<WindowRun> runs_;            // by window, none empty
  std::vector<std::size_t> first_run_of_;  // [instruments + 1]
  std::vector<std::uint32_t> guide_;  // run of window i << guide_shift_: where the search for a run begins
  int guide_shift_ = 0;
  std::int64_t window_count_ = 0;
  WindowCensus census_;
};

}  // namespace regimetry::windows

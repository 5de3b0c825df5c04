#include "windows/windows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "core/error.hpp"
#include "windows/check_tables.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureTable;

// Larger values are slips, and would overflow sums of rows.
constexpr std::int64_t kMostRows = 1'000'000'000;

void check_range(std::string_view name, std::int64_t value, std::int64_t least,
                 std::vector<std::string>& problems) {
  if (value >= least && value <= kMostRows) return;
  problems.push_back(fmt::format("{} is {}; it must be between {} and {}", name, value, least, kMostRows));
}

std::string name_of(const FeatureTable& table) {
  return table.symbol.empty() ? "the table" : table.symbol;
}

std::optional<std::int64_t> max_step(const FeatureTable& table, const WindowOptions& options) {
  if (options.max_gap_ns) return options.max_gap_ns;
  if (!options.max_gap_bars) return std::nullopt;
  if (!table.timeframe.is_known()) {
    throw Error(
        ErrorKind::kData,
        fmt::format("max_gap_bars is {}, but the timeframe of {} is unknown. Give the longest gap as a "
                    "duration instead, as 3d or 90m.",
                    *options.max_gap_bars, name_of(table)));
  }
  // Of the longest month, so that a step of one month is never a gap of 1 bar.
  const auto bar_ns = static_cast<double>(features::nominal_length(table.timeframe));
  const double step = *options.max_gap_bars * bar_ns;
  if (step >= 9.2e18) return std::nullopt;  // longer than all of time: no step is a gap
  return static_cast<std::int64_t>(step);
}

// How many of `count` things `stride` apart, the first at `first`, come before `row`.
std::int64_t count_before(std::int64_t row, std::int64_t first, std::int64_t stride, std::int64_t count) {
  if (row <= first) return 0;
  return std::min(count, (row - first + stride - 1) / stride);
}

// The first row with which a window of the table may end; its row count when there is none.
std::int64_t earliest_last_row_of(const FeatureTable& table, const WindowOptions& options) {
  const std::int64_t row = std::min(options.earliest_last_row.value_or(0), table.row_count());
  if (!options.earliest_last_stamp) return row;
  const auto at =
      std::lower_bound(table.timestamps.begin(), table.timestamps.end(), *options.earliest_last_stamp);
  return std::max<std::int64_t>(row, at - table.timestamps.begin());
}

// "Feature 'a' of X has no value at all." for people who would otherwise search for holes.
std::string empty_feature_words(std::span<const FeatureTable> tables) {
  for (const FeatureTable& table : tables) {
    const std::vector<std::int64_t> empty = features_without_values(table);
    if (empty.empty() || table.row_count() == 0) continue;
    return fmt::format(" Feature '{}' of {} has no value in any row: leave it out.",
                       table.names[static_cast<std::size_t>(empty.front())], name_of(table));
  }
  return {};
}

}  // namespace

std::vector<std::string> WindowOptions::problems() const {
  std::vector<std::string> problems;
  check_range("window_size", window_size, 1, problems);
  check_range("stride", stride, 1, problems);
  check_range("horizon", horizon, 0, problems);
  if (max_gap_bars && !(*max_gap_bars >= 1 && std::isfinite(*max_gap_bars))) {
    problems.push_back(fmt::format(
        "max_gap_bars is {}; it must be 1 or more: neighbouring rows are one bar apart", *max_gap_bars));
  }
  if (max_gap_ns && *max_gap_ns <= 0) {
    problems.push_back(fmt::format("max_gap_ns is {}; it must be above zero", *max_gap_ns));
  }
  if (max_gap_bars && max_gap_ns) {
    problems.emplace_back("max_gap_bars and max_gap_ns both say what a gap is; give one of them");
  }
  if (earliest_last_row && *earliest_last_row < 0) {
    problems.push_back(fmt::format("earliest_last_row is {}; rows count from 0", *earliest_last_row));
  }
  return problems;
}

Windows::Windows(const features::FeatureData& data, const WindowOptions& options)
    : Windows(std::span<const FeatureTable>(data.instruments), options) {}

Windows::Windows(const FeatureTable& table, const WindowOptions& options)
    : Windows(std::span<const FeatureTable>(&table, 1), options) {}

Windows::Windows(std::span<const FeatureTable> tables, const WindowOptions& options)
    : tables_(tables), options_(options) {
  if (const auto problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage, fmt::format("Windows: {}.", fmt::join(problems, "; ")));
  }
  check_tables(tables);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    first_run_of_.push_back(runs_.size());
    add_runs(static_cast<std::int64_t>(i));
  }
  first_run_of_.push_back(runs_.size());
  if (window_count_ == 0) throw_no_window();
  build_guide();
}

void Windows::add_runs(std::int64_t instrument) {
  const FeatureTable& table = tables_[static_cast<std::size_t>(instrument)];
  const CleanSegments clean = find_clean_segments(table, options_.missing, max_step(table, options_));
  census_.rows += table.row_count();
  census_.warm_up_rows += clean.warm_up_rows;
  census_.missing_rows += clean.missing_rows;
  census_.gaps += clean.gaps;
  const std::int64_t earliest_last = earliest_last_row_of(table, options_);
  const std::int64_t windows_before = window_count_;
  for (const CleanSegment& segment : clean.segments) {
    if (segment.rows.size() < options_.window_size) continue;
    const std::int64_t stride = options_.stride;
    const std::int64_t first_last = segment.rows.begin + options_.window_size - 1;
    const std::int64_t fitting = (segment.rows.size() - options_.window_size) / stride + 1;
    const std::int64_t with_target =
        count_before(segment.stretch_end - options_.horizon, first_last, stride, fitting);
    const std::int64_t too_early = count_before(earliest_last, first_last, stride, fitting);
    if (too_early >= with_target) continue;
    const std::int64_t count = with_target - too_early;
    runs_.push_back(
        {instrument, segment.rows.begin + too_early * stride, window_count_, window_count_ + count});
    window_count_ += count;
  }
  if (window_count_ == windows_before) ++census_.instruments_without_windows;
}

void Windows::throw_no_window() const {
  std::int64_t longest = 0;
  for (const FeatureTable& table : tables_) {
    for (const CleanSegment& segment :
         find_clean_segments(table, options_.missing, max_step(table, options_)).segments) {
      longest = std::max(longest, std::min(segment.rows.size() + options_.horizon,
                                           segment.stretch_end - segment.rows.begin));
    }
  }
  const std::int64_t needed = options_.window_size + options_.horizon;
  std::string why =
      longest >= needed
          ? std::string(" All windows that fit end before the earliest row or stamp asked for.")
          : fmt::format(
                " Of {} rows, {} are warm-up, {} more hold a missing value, and {} gaps lie between them. "
                "Give more data, or a smaller window_size{}.",
                census_.rows, census_.warm_up_rows, census_.missing_rows, census_.gaps,
                options_.horizon > 0 ? " or horizon" : "");
  if (longest == 0 || options_.missing == MissingRule::kDrop) why += empty_feature_words(tables_);
  throw Error(
      ErrorKind::kData,
      fmt::format("No window fits: {} rows in a row are needed (window_size {}{}), and the longest usable "
                  "stretch has {}.{}",
                  needed, options_.window_size,
                  options_.horizon > 0 ? fmt::format(" + horizon {}", options_.horizon) : std::string(),
                  longest, why));
}

// A guide table (Chen and Asau 1974): as many equal steps as there are runs, so that a search which begins at
// the step's first run takes, averaged over all windows, no more than three comparisons however uneven runs
// are.
void Windows::build_guide() {
  const auto windows = static_cast<std::uint64_t>(window_count_);
  const std::uint64_t windows_per_run = (windows + runs_.size() - 1) / runs_.size();
  guide_shift_ = static_cast<int>(std::bit_width(windows_per_run - 1));
  guide_.resize(static_cast<std::size_t>(((windows - 1) >> guide_shift_) + 1));
  std::size_t run = 0;
  for (std::size_t step = 0; step < guide_.size(); ++step) {
    const auto first = static_cast<std::int64_t>(step << guide_shift_);
    while (runs_[run].end <= first) ++run;
    guide_[step] = static_cast<std::uint32_t>(run);
  }
}

const WindowRun& Windows::run_of(std::int64_t n) const noexcept {
  assert(n >= 0 && n < window_count_);
  const WindowRun* run = &runs_[guide_[static_cast<std::size_t>(n >> guide_shift_)]];
  while (run->end <= n) ++run;
  return *run;
}

Window Windows::window(std::int64_t n) const noexcept {
  const WindowRun& run = run_of(n);
  const std::int64_t begin = first_row_of(run, n);
  const RowRange rows{begin, begin + options_.window_size};
  const FeatureTable& table = tables_[static_cast<std::size_t>(run.instrument)];
  return {run.instrument, rows, table.timestamps[static_cast<std::size_t>(rows.end - 1)]};
}

RowRange Windows::sample_rows(std::int64_t n) const noexcept {
  const std::int64_t begin = first_row_of(run_of(n), n);
  return {begin, begin + options_.window_size + options_.horizon};
}

Windows::View Windows::values(std::int64_t n) const noexcept {
  const WindowRun& run = run_of(n);
  const FeatureTable& table = tables_[static_cast<std::size_t>(run.instrument)];
  const float* first = table.values.data() + first_row_of(run, n) * table.values.cols();
  return {first, options_.window_size, table.values.cols()};
}

IndexRange Windows::windows_of(std::int64_t instrument) const noexcept {
  const std::size_t first = first_run_of_[static_cast<std::size_t>(instrument)];
  const std::size_t last = first_run_of_[static_cast<std::size_t>(instrument) + 1];
  const std::int64_t begin = first < runs_.size() ? runs_[first].begin : window_count_;
  return {begin, last > first ? runs_[last - 1].end : begin};
}

std::int64_t Windows::first_window_from(std::int64_t instrument, std::int64_t row) const noexcept {
  const auto first =
      runs_.begin() + static_cast<std::ptrdiff_t>(first_run_of_[static_cast<std::size_t>(instrument)]);
  const auto last =
      runs_.begin() + static_cast<std::ptrdiff_t>(first_run_of_[static_cast<std::size_t>(instrument) + 1]);
  const auto ends_before = [&](const WindowRun& run) {
    return first_row_of(run, run.end - 1) + options_.window_size - 1 < row;
  };
  const auto run = std::partition_point(first, last, ends_before);
  if (run == last) return windows_of(instrument).end;
  return run->begin +
         count_before(row, run->first_row + options_.window_size - 1, options_.stride, run->end - run->begin);
}

void Windows::gather(std::span<const std::int64_t> indices, std::span<float> out) const {
  const auto window_values = static_cast<std::size_t>(options_.window_size * feature_count());
  if (out.size() != indices.size() * window_values) {
    throw Error(ErrorKind::kInternal,
                fmt::format("Windows: {} windows of {} x {} values need room for {}; the buffer has {}.",
                            indices.size(), options_.window_size, feature_count(),
                            indices.size() * window_values, out.size()));
  }
  float* to = out.data();
  for (const std::int64_t n : indices) {
    if (n < 0 || n >= window_count_) {
      throw Error(ErrorKind::kInternal,
                  fmt::format("Windows: there is no window {}; there are {}.", n, window_count_));
    }
    // Rows of a window lie side by side, so a window is one block of memory.
    std::memcpy(to, values(n).data(), window_values * sizeof(float));
    to += window_values;
  }
}

}  // namespace regimetry::windows

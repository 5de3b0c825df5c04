#include "windows/fold_overlap.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace regimetry::windows {
namespace {

// Samples of one instrument that follow one another, and what they read together.
struct Chain {
  std::int64_t instrument = 0;
  IndexRange samples;
  RowRange rows;                   // all that they read, windows and targets
  TimestampNs first_decision = 0;  // stamp of the last row of the first window
  TimestampNs last_read = 0;       // last moment of the last target row
};

Chain make_chain(const Windows& windows, std::int64_t instrument, const IndexRange& samples) {
  const RowRange rows{windows.sample_rows(samples.begin).begin, windows.sample_rows(samples.end - 1).end};
  return {instrument, samples, rows, windows.window(samples.begin).stamp,
          windows.spans_of(instrument).last_moment(rows.end - 1)};
}

// One past the last sample, at most `end`, of those that follow `begin` in its instrument and in its period.
std::int64_t chain_end(const Windows& windows, std::span<const Period> periods, std::int64_t begin,
                       std::int64_t end) {
  const Window window = windows.window(begin);
  end = std::min(end, windows.windows_of(window.instrument).end);
  const auto period = std::find_if(periods.begin(), periods.end(),
                                   [&](const Period& one) { return window.stamp <= one.last; });
  if (period == periods.end()) return end;
  // A sample between two periods has a chain that ends where the next begins.
  const TimestampNs last = window.stamp < period->first ? period->first - 1 : period->last;
  const auto& stamps = windows.tables()[static_cast<std::size_t>(window.instrument)].timestamps;
  const std::int64_t row = std::upper_bound(stamps.begin(), stamps.end(), last) - stamps.begin();
  return std::min(end, windows.first_window_from(window.instrument, row));
}

// Without periods, chains end with the ranges and the instruments alone. Ordered by samples.
std::vector<Chain> chains_of(const Windows& windows, const SampleRanges& samples,
                             std::span<const Period> periods) {
  std::vector<Chain> chains;
  for (const IndexRange& range : samples.ranges()) {
    for (std::int64_t n = range.begin; n < range.end;) {
      const std::int64_t end = chain_end(windows, periods, n, range.end);
      chains.push_back(make_chain(windows, windows.window(n).instrument, {n, end}));
      n = end;
    }
  }
  return chains;
}

// The samples of `chain` that read a row from `rows`: those whose last row is late and whose first row is
// early enough. What samples read moves forward with their index, so they follow one another.
IndexRange samples_reading(const Windows& windows, const Chain& chain, const RowRange& rows) {
  const std::int64_t begin = windows.first_window_from(chain.instrument, rows.begin - windows.horizon());
  const std::int64_t end = windows.first_window_from(chain.instrument, rows.end + windows.window_size() - 1);
  return {std::max(begin, chain.samples.begin), std::min(end, chain.samples.end)};
}

// The samples of `chain` whose time, from the begin of the first bar to the end of the last, meets the
// period.
IndexRange samples_meeting(const Windows& windows, const Chain& chain, const Period& period) {
  const BarSpans spans = windows.spans_of(chain.instrument);
  // A sample without a row in the period meets it when it has rows on both sides.
  const std::int64_t row_from = spans.first_row_lasting_to(period.first);
  const std::int64_t row_after = spans.first_row_begun_after(period.last);
  const std::int64_t begin = windows.first_window_from(chain.instrument, row_from - windows.horizon());
  const std::int64_t end = windows.first_window_from(chain.instrument, row_after + windows.window_size() - 1);
  return {std::max(begin, chain.samples.begin), std::min(end, chain.samples.end)};
}

// Held-out samples in both orders that the rules look them up in.
class HeldOut {
 public:
  HeldOut(const Windows& windows, std::vector<Chain> chains) : windows_(windows), chains_(std::move(chains)) {
    by_time_ = chains_;
    std::sort(by_time_.begin(), by_time_.end(),
              [](const Chain& a, const Chain& b) { return a.first_decision < b.first_decision; });
    for (std::size_t i = 0; i < by_time_.size(); ++i) {
      const Chain& chain = by_time_[i];
      if (times_.empty() || times_.back().period.last < chain.first_decision) {
        times_.push_back({{chain.first_decision, chain.last_read}, i, i});
      }
      times_.back().period.last = std::max(times_.back().period.last, chain.last_read);
      times_.back().end = i + 1;
    }
  }

  // Calls found(rule, learned samples, held-out samples) for every overlap with samples of `learned`.
  template <typename Found>
  void look_up(const Chain& learned, const Found& found) const {
    const auto first = std::partition_point(chains_.begin(), chains_.end(), [&](const Chain& one) {
      return one.instrument < learned.instrument;
    });
    for (auto one = first; one != chains_.end() && one->instrument == learned.instrument; ++one) {
      const IndexRange samples = samples_reading(windows_, learned, one->rows);
      if (samples.size() > 0) found(OverlapRule::kRows, samples, one->samples);
    }
    for (const Together& time : times_) {
      if (samples_meeting(windows_, learned, time.period).size() <= 0) continue;
      for (std::size_t i = time.begin; i < time.end; ++i) {
        const Chain& one = by_time_[i];
        const IndexRange samples = samples_meeting(windows_, learned, {one.first_decision, one.last_read});
        if (samples.size() > 0) found(OverlapRule::kTime, samples, one.samples);
      }
    }
  }

 private:
  // Chains whose times touch: a few of them, where instruments are many.
  struct Together {
    Period period;
    std::size_t begin = 0, end = 0;  // in by_time_
  };

  const Windows& windows_;
  std::vector<Chain> chains_;   // by samples
  std::vector<Chain> by_time_;  // by first decision
  std::vector<Together> times_;
};

}  // namespace

std::vector<FoldOverlap> find_overlaps(const Windows& windows, const Fold& fold) {
  std::vector<FoldOverlap> overlaps;
  const auto look = [&](FoldPart learned_part, const std::vector<Chain>& learned, FoldPart held_part,
                        const std::vector<Chain>& held) {
    const HeldOut held_out(windows, held);
    for (const Chain& chain : learned) {
      held_out.look_up(chain, [&](OverlapRule rule, const IndexRange& samples, const IndexRange& others) {
        overlaps.push_back({rule, learned_part, held_part, samples, others});
      });
    }
  };
  const std::vector<Chain> train = chains_of(windows, fold.train, {});
  const std::vector<Chain> validation = chains_of(windows, fold.validation, {});
  const std::vector<Chain> test = chains_of(windows, fold.test, fold.test_periods);
  look(FoldPart::kTrain, train, FoldPart::kTest, test);
  look(FoldPart::kTrain, train, FoldPart::kValidation, validation);
  look(FoldPart::kValidation, validation, FoldPart::kTest, test);
  return overlaps;
}

}  // namespace regimetry::windows

#include <fmt/format.h>

#include <cmath>
#include <cstddef>

#include "market/quality/checks.hpp"
#include "market/quality/equal_runs.hpp"

namespace regimetry::market {
namespace {

// Above this share of zeros the source does not count volume; single zeros beside real counts are worth a
// warning.
constexpr double kNoVolumeShare = 0.9;

struct VolumeCounts {
  std::int64_t missing = 0, zero = 0;
};
VolumeCounts count_volumes(const std::vector<double>& volume) {
  VolumeCounts counts;
  for (const double v : volume) {
    counts.missing += static_cast<std::int64_t>(v != v);
    counts.zero += static_cast<std::int64_t>(v == 0);
  }
  return counts;
}

template <typename Holds>
Tally tally_rows(const std::vector<double>& values, Holds holds) {
  Tally tally;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (holds(values[i])) tally.add(static_cast<std::int64_t>(i), 0);
  }
  return tally;
}

}  // namespace

Findings check_volume(const CheckedBars& read) {
  const Bars& bars = read.bars;
  const VolumeCounts counts = count_volumes(bars.volume);
  Findings findings;
  if (counts.missing > 0) {
    const bool is_everywhere = counts.missing == bars.size();
    findings.push_back(
        make_finding(read,
                     {"missing_volume", is_everywhere ? "the source has no volume" : "bars without volume",
                      Severity::kInfo, "Features that need volume are empty there."},
                     tally_rows(bars.volume, [](double v) { return std::isnan(v); }),
                     [](std::int64_t) { return std::string("volume missing"); }));
  }
  if (counts.zero > 0) {
    const bool has_no_volume = static_cast<double>(counts.zero) >=
                               kNoVolumeShare * static_cast<double>(bars.size() - counts.missing);
    findings.push_back(make_finding(
        read,
        {"zero_volume",
         has_no_volume ? "volume is 0 throughout: the source does not count it" : "bars with volume 0",
         has_no_volume ? Severity::kInfo : Severity::kWarning,
         has_no_volume ? "Do not use features that need volume."
                       : "Nothing traded, or the volume was lost; prices of such bars are often stale."},
        tally_rows(bars.volume, [](double v) { return v == 0; }), [&](std::int64_t row) {
          return fmt::format("volume 0, close {}", bars.close[static_cast<std::size_t>(row)]);
        }));
  }
  const auto is_same_volume = [&](std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    return bars.volume[i] == bars.volume[i - 1] && bars.volume[i] > 0;
  };
  const EqualRuns runs = find_equal_runs(bars.size(), read.options.frozen_bars, is_same_volume);
  // One-unit volumes repeat by themselves where little trades; a feed that counts nothing else is not stale.
  if (runs.tally.count > 0) {
    findings.push_back(make_finding(read,
                                    {"stale_volume", "runs of bars with the same volume", Severity::kWarning,
                                     "A feed that repeats its last value; check the volume of those bars."},
                                    runs.tally, [&](std::int64_t row) {
                                      return fmt::format("volume {} for {} bars",
                                                         bars.volume[static_cast<std::size_t>(row)],
                                                         runs.length_from(row));
                                    }));
  }
  return findings;
}

}  // namespace regimetry::market

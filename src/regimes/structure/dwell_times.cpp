#include "regimes/structure/dwell_times.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

using Lengths = std::vector<std::int64_t>;

struct Spell {
  std::int32_t label = 0;
  std::int64_t length = 0;
  bool is_whole = false;
};

std::vector<Spell> list_spells(std::span<const std::int32_t> labels, std::span<const IndexRange> sequences) {
  std::vector<Spell> spells;
  for (const IndexRange& sequence : sequences) {
    const auto label_at = [&](std::int64_t row) {
      return row < sequence.begin || row >= sequence.end ? -1 : labels[static_cast<std::size_t>(row)];
    };
    for (std::int64_t begin = sequence.begin; begin < sequence.end;) {
      std::int64_t end = begin + 1;
      while (end < sequence.end && label_at(end) == label_at(begin)) ++end;
      if (label_at(begin) >= 0)
        spells.push_back({label_at(begin), end - begin, label_at(begin - 1) >= 0 && label_at(end) >= 0});
      begin = end;
    }
  }
  return spells;
}

double mean_of(const Lengths& lengths) {
  std::int64_t sum = 0;
  for (const std::int64_t length : lengths) sum += length;
  return static_cast<double>(sum) / static_cast<double>(lengths.size());
}

// `lengths` ascending. Both distributions step at whole numbers only, so it is enough to look there.
double distance_from_geometric(const Lengths& lengths) {
  const double mean = mean_of(lengths);
  const double log_stay = mean > 1 ? portable_log(1 - 1 / mean) : -std::numeric_limits<double>::infinity();
  const auto count = static_cast<double>(lengths.size());
  const auto geometric_share = [&](std::int64_t length) {  // of lengths up to this one
    return length == 0 ? 0 : 1 - portable_exp(static_cast<double>(length) * log_stay);
  };
  double distance = 0, share_before = 0;
  for (std::size_t i = 0; i < lengths.size();) {
    const std::int64_t length = lengths[i];
    while (i < lengths.size() && lengths[i] == length) ++i;
    const double share = static_cast<double>(i) / count;
    distance = std::max({distance, std::abs(share - geometric_share(length)),
                         std::abs(share_before - geometric_share(length - 1))});
    share_before = share;
  }
  return distance;
}

Lengths draw_geometric(std::size_t count, double mean, RngStream stream) {
  Lengths lengths(count, 1);
  if (mean <= 1) return lengths;
  const double log_stay = portable_log(1 - 1 / mean);
  for (std::int64_t& length : lengths)
    length = 1 + static_cast<std::int64_t>(portable_log(stream.uniform()) / log_stay);
  std::sort(lengths.begin(), lengths.end());
  return lengths;
}

// Each regime has 2^32 substreams for its replicates.
std::uint64_t substream_of(std::size_t regime, std::int64_t replicate) {
  return (static_cast<std::uint64_t>(regime) << 32) + static_cast<std::uint64_t>(replicate);
}

void compare_with_geometric(DwellTimes& times, std::size_t regime, std::int64_t replicates, const Rng& rng,
                            ThreadPool& pool) {
  const double distance = distance_from_geometric(times.lengths);
  std::vector<char> is_as_far(static_cast<std::size_t>(replicates), 0);
  pool.parallel_for(replicates, 16, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      const Lengths drawn = draw_geometric(times.lengths.size(), times.mean,
                                           rng.stream("structure.dwell", substream_of(regime, b)));
      is_as_far[static_cast<std::size_t>(b)] = distance_from_geometric(drawn) >= distance ? 1 : 0;
    }
  });
  const auto as_far = std::count(is_as_far.begin(), is_as_far.end(), 1);
  times.geometric_distance = distance;
  times.geometric_p_value = static_cast<double>(1 + as_far) / static_cast<double>(1 + replicates);
}

void summarize(DwellTimes& times) {
  times.mean = times.median = std::numeric_limits<double>::quiet_NaN();
  Lengths& lengths = times.lengths;
  if (lengths.empty()) return;
  std::sort(lengths.begin(), lengths.end());
  times.mean = mean_of(lengths);
  times.longest = lengths.back();
  const std::size_t middle = lengths.size() / 2;
  times.median = lengths.size() % 2 == 1 ? static_cast<double>(lengths[middle])
                                         : static_cast<double>(lengths[middle - 1] + lengths[middle]) / 2;
}

}  // namespace

std::vector<DwellTimes> measure_dwell_times(std::span<const std::int32_t> labels,
                                            std::span<const IndexRange> sequences, int regime_count,
                                            std::int64_t replicates, const Rng& rng, ThreadPool& pool) {
  std::vector<DwellTimes> regimes(static_cast<std::size_t>(regime_count));
  for (const Spell& spell : list_spells(labels, sequences)) {
    DwellTimes& times = regimes[static_cast<std::size_t>(spell.label)];
    if (spell.is_whole) {
      times.lengths.push_back(spell.length);
    } else {
      ++times.cut_off_spells;
    }
  }
  for (std::size_t regime = 0; regime < regimes.size(); ++regime) {
    DwellTimes& times = regimes[regime];
    summarize(times);
    if (std::ssize(times.lengths) >= kFewestSpells && replicates > 0)
      compare_with_geometric(times, regime, replicates, rng, pool);
  }
  return regimes;
}

}  // namespace regimetry::regimes

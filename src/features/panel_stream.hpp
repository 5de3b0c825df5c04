// The front door of production for many instruments at once: features that compare them, stamp by stamp.
//
// The values are those of compute_features() on the same instruments in the same order, bit for bit; only
// members of one timeframe are compared there, too.
// Owner: borrows the set, which must outlive it. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/across/combine_across.hpp"
#include "features/graph/series_runner.hpp"
#include "features/live_bar.hpp"
#include "features/sets/feature_set.hpp"
#include "market/timeframe.hpp"

namespace regimetry::features {

struct PanelMember {
  std::string symbol;
  std::string sector;           // before set_sector() says otherwise; empty: in none
  market::Timeframe timeframe;  // only members of one timeframe are compared; unknown ones with each other
};

class PanelStream {
 public:
  PanelStream(const FeatureSet& set, std::vector<PanelMember> members);

  // Takes the bars of one stamp: bars[i] of member i, nothing where it has none. Throws Error (kData) when
  // the stamp is not later than the one before, a bar carries another stamp, or there is not one entry per
  // member.
  void update(TimestampNs stamp, std::span<const std::optional<LiveBar>> bars);
  // The sector of a member from the next stamp on; empty: none.
  void set_sector(std::size_t member, std::string sector);
  // After update(): the features of member i at its latest bar, in the order of the set; missing before its
  // first one.
  [[nodiscard]] std::span<const float> values(std::size_t member) const noexcept {
    return members_[member].values;
  }

  [[nodiscard]] std::int64_t stamp_count() const noexcept { return stamp_count_; }

  // Everything update() remembers, the present sectors included, for a stream of an equal set and members of
  // equal symbols and timeframes.
  [[nodiscard]] std::vector<std::byte> state();
  // Throws Error (kData), leaving the stream as it was, when they are of another set or other members, or
  // damaged.
  void restore(std::span<const std::byte> state);

 private:
  struct Member {
    std::vector<SeriesRunner> passes;
    std::vector<double> sources;
    std::vector<const double*> places;  // into `sources`
    std::vector<float> values;
  };

  void take_stamp(TimestampNs stamp, std::span<const std::optional<LiveBar>> bars);
  void run_pass(int pass, const std::vector<std::size_t>& present);
  void combine(int pass, const std::vector<std::size_t>& together);
  void number_sectors();
  [[nodiscard]] std::string digest() const;

  const FeatureSet* set_;
  std::vector<PanelMember> who_;
  std::vector<std::int32_t> sectors_;             // a number per member
  std::vector<std::vector<std::size_t>> groups_;  // the members of each timeframe
  std::vector<Member> members_;
  AcrossCombiner combiner_;
  std::int64_t stamp_count_ = 0;
  TimestampNs last_timestamp_;
};

}  // namespace regimetry::features

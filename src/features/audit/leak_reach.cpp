#include "features/audit/leak_reach.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/error.hpp"

namespace regimetry::features {
namespace {

class ReachSearch {
 public:
  ReachSearch(const PanelComputation& computation, const market::MarketData& data,
              std::span<const BarClock> clocks, const FeatureData& reference, const MovedValue& moved,
              const Rng& rng)
      : computation_(computation),
        data_(data),
        clocks_(clocks),
        table_(reference.instruments[moved.instrument]),
        moved_(moved),
        rng_(rng),
        stamp_(table_.timestamps[static_cast<std::size_t>(moved.row)]) {}

  [[nodiscard]] std::optional<std::int64_t> search() const {
    const std::optional<std::size_t> source = find_source();
    if (!source) return std::nullopt;
    const market::Bars& bars = data_.instruments[*source];
    const auto found = std::lower_bound(bars.timestamps.begin(), bars.timestamps.end(), stamp_);
    if (found == bars.timestamps.end() || *found != stamp_) return std::nullopt;
    const std::int64_t row = found - bars.timestamps.begin();
    const std::int64_t known = clocks_[*source].count_known(bars.timestamps, moved_.cut_moment);
    // Bars row + 1 .. known - 1 stayed as they were when the value moved.
    std::int64_t moves_at = std::max<std::int64_t>(1, known - row), stays_at = bars.size() - row;
    while (stays_at - moves_at > 1) {
      const std::int64_t ahead = moves_at + (stays_at - moves_at) / 2;
      const auto last_kept = static_cast<std::size_t>(row + ahead - 1);
      (moves(clocks_[*source].end_of(bars.timestamps[last_kept])) ? moves_at : stays_at) = ahead;
    }
    return moves_at;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> find_source() const {
    for (std::size_t i = 0; i < data_.instruments.size(); ++i) {
      const market::Bars& bars = data_.instruments[i];
      if (bars.symbol == table_.symbol && bars.timeframe == table_.timeframe) return i;
    }
    return std::nullopt;
  }

  // Whether the value moves when only what is over after `moment` changes.
  [[nodiscard]] bool moves(TimestampNs moment) const {
    try {
      const FeatureData other =
          computation_(with_altered_future(data_, clocks_, moment, moved_.change, rng_, moved_.substream));
      for (const FeatureTable& table : other.instruments) {
        if (table.symbol == table_.symbol && table.timeframe == table_.timeframe) return differs_in(table);
      }
    } catch (const Error&) {
      return false;  // nothing is known; the reach stays a lower bound
    }
    return true;
  }

  [[nodiscard]] bool differs_in(const FeatureTable& table) const {
    const auto found = std::lower_bound(table.timestamps.begin(), table.timestamps.end(), stamp_);
    if (found == table.timestamps.end() || *found != stamp_ || table.names != table_.names) return true;
    const auto column = static_cast<Eigen::Index>(moved_.feature);
    const float before = table_.values(moved_.row, column),
                after = table.values(found - table.timestamps.begin(), column);
    if (std::isnan(before) && std::isnan(after)) return false;
    return std::bit_cast<std::uint32_t>(before) != std::bit_cast<std::uint32_t>(after);
  }

  const PanelComputation& computation_;
  const market::MarketData& data_;
  std::span<const BarClock> clocks_;
  const FeatureTable& table_;
  const MovedValue& moved_;
  const Rng& rng_;
  TimestampNs stamp_;
};

}  // namespace

std::optional<std::int64_t> measure_reach(const PanelComputation& computation, const market::MarketData& data,
                                          std::span<const BarClock> clocks, const FeatureData& reference,
                                          const MovedValue& moved, const Rng& rng) {
  return ReachSearch(computation, data, clocks, reference, moved, rng).search();
}

}  // namespace regimetry::features

#include "market/simulation/cross_section.hpp"

#include <cmath>
#include <cstddef>

namespace regimetry::market {

CrossSection::CrossSection(const CorrelationOptions& options, std::int64_t bar_count, const Rng& rng,
                           ThreadPool& pool)
    : options_(options) {
  const auto size = static_cast<std::size_t>(bar_count);
  if (options.across_sectors > 0) market_.resize(size);
  if (options.within_sector > options.across_sectors) {
    sectors_.assign(static_cast<std::size_t>(options.sector_count), std::vector<double>(size));
  }
  // Task 0 is the market, task n the sector n - 1.
  pool.parallel_for(1 + static_cast<std::int64_t>(sectors_.size()), 1, [&](IndexRange tasks) {
    for (std::int64_t task = tasks.begin; task < tasks.end; ++task) {
      if (task == 0) {
        rng.stream("simulate.market_factor").fill_normal(market_);
      } else {
        const auto sector = static_cast<std::size_t>(task - 1);
        rng.stream("simulate.sector_factor", sector).fill_normal(sectors_[sector]);
      }
    }
  });
}

void CrossSection::mix_in(int instrument_idx, std::int64_t first_bar, std::span<double> own) const {
  if (market_.empty() && sectors_.empty()) return;
  const double own_loading = std::sqrt(1 - options_.within_sector);
  for (double& value : own) value *= own_loading;
  const auto add = [&](const std::vector<double>& factor, double loading) {
    // Draws come in whole blocks; the last block may reach past the last bar.
    const std::size_t begin = static_cast<std::size_t>(first_bar);
    const std::size_t count = std::min(own.size(), factor.size() - begin);
    for (std::size_t i = 0; i < count; ++i) own[i] += loading * factor[begin + i];
  };
  if (!market_.empty()) add(market_, std::sqrt(options_.across_sectors));
  if (!sectors_.empty()) {
    add(sectors_[static_cast<std::size_t>(sector_of(instrument_idx))],
        std::sqrt(options_.within_sector - options_.across_sectors));
  }
}

}  // namespace regimetry::market

// Why instruments move together: one market factor and one factor per sector, all of unit variance.
//
//   g_i = sqrt(m) * market + sqrt(s - m) * sector(i) + sqrt(1 - s) * own_i
//
// so two instruments correlate s inside a sector and m across sectors, and each g_i stays exactly standard
// normal. Instrument i belongs to sector i mod sector_count, so adding instruments moves nobody to another
// sector.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::market {

struct CorrelationOptions {
  double across_sectors = 0;  // m, 0 <= m <= s
  double within_sector = 0;   // s, below 1
  int sector_count = 1;
};

class CrossSection {
 public:
  // Draws the factors for bars 0 .. bar_count-1.
  CrossSection(const CorrelationOptions& options, std::int64_t bar_count, const Rng& rng, ThreadPool& pool);

  [[nodiscard]] int sector_of(int instrument_idx) const noexcept {
    return instrument_idx % options_.sector_count;
  }
  // Turns an instrument's own normal draws for bars first_bar, first_bar + 1, ... into correlated ones, in
  // place.
  void mix_in(int instrument_idx, std::int64_t first_bar, std::span<double> own) const;

 private:
  CorrelationOptions options_;
  std::vector<double> market_;                // [T], empty when m = 0
  std::vector<std::vector<double>> sectors_;  // [sector_count][T], empty when s = m
};

}  // namespace regimetry::market

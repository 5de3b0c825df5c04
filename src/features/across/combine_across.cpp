#include "features/across/combine_across.hpp"

#include <algorithm>
#include <cmath>

#include "features/operators/missing.hpp"

namespace regimetry::features {

void AcrossCombiner::combine(AcrossKind kind, std::span<double> values,
                             std::span<const std::int32_t> sectors) {
  switch (kind) {
    case AcrossKind::kRank:
      rank(values);
      break;
    case AcrossKind::kSectorMean:
      sector_means(values, sectors);
      break;
    default:
      spread(kind, values);
  }
}

void AcrossCombiner::rank(std::span<double> values) {
  order_.clear();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_missing(values[i])) order_.emplace_back(values[i], i);
  }
  std::sort(order_.begin(), order_.end());
  const std::size_t count = order_.size();
  for (std::size_t first = 0; first < count;) {
    std::size_t end = first + 1;
    while (end < count && order_[end].first == order_[first].first) ++end;
    // Below: `first`; equal, itself left out: end - first - 1, each counting half.
    const double below = static_cast<double>(first) + 0.5 * static_cast<double>(end - first - 1);
    const double share = count == 1 ? 0.5 : below / static_cast<double>(count - 1);
    for (std::size_t k = first; k < end; ++k) values[order_[k].second] = share;
    first = end;
  }
}

void AcrossCombiner::spread(AcrossKind kind, std::span<double> values) const {
  double sum = 0;
  std::int64_t count = 0;
  for (const double value : values) {
    if (is_missing(value)) continue;
    sum += value;
    ++count;
  }
  const double mean = sum / static_cast<double>(count);
  double result = mean;
  if (kind == AcrossKind::kDeviation) {
    double squares = 0;
    for (const double value : values) squares += is_missing(value) ? 0 : (value - mean) * (value - mean);
    result = std::sqrt(squares / static_cast<double>(count));
  }
  for (double& value : values) value = is_missing(value) ? value : result;
}

void AcrossCombiner::sector_means(std::span<double> values, std::span<const std::int32_t> sectors) {
  const std::int32_t last = sectors.empty() ? kNoSector : *std::max_element(sectors.begin(), sectors.end());
  const std::size_t sector_count = last == kNoSector ? 0 : static_cast<std::size_t>(last) + 1;
  sums_.assign(sector_count, 0);
  counts_.assign(sector_count, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (sectors[i] == kNoSector) values[i] = kMissing;
    if (is_missing(values[i])) continue;
    sums_[static_cast<std::size_t>(sectors[i])] += values[i];
    ++counts_[static_cast<std::size_t>(sectors[i])];
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (is_missing(values[i])) continue;
    const auto sector = static_cast<std::size_t>(sectors[i]);
    values[i] = sums_[sector] / static_cast<double>(counts_[sector]);
  }
}

}  // namespace regimetry::features

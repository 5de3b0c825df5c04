#include "features/across/across_panel.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "features/across/combine_across.hpp"

namespace regimetry::features {
namespace {

// Stamps per chunk of work: enough to outweigh handing it out.
constexpr std::int64_t kStampsPerChunk = 64;

std::vector<TimestampNs> union_of(const std::vector<TimestampNs>& a, const std::vector<TimestampNs>& b) {
  if (std::includes(a.begin(), a.end(), b.begin(), b.end())) return a;
  std::vector<TimestampNs> both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

std::vector<std::int32_t> rows_at(const std::vector<TimestampNs>& stamps,
                                  const std::vector<TimestampNs>& own) {
  std::vector<std::int32_t> rows(stamps.size(), -1);
  std::size_t row = 0;
  for (std::size_t s = 0; s < stamps.size() && row < own.size(); ++s) {
    if (own[row] == stamps[s]) rows[s] = static_cast<std::int32_t>(row++);
  }
  return rows;
}

}  // namespace

AcrossPanel::AcrossPanel(const market::MarketData& data, std::span<const std::string> timeframes,
                         Sectors sectors)
    : sectors_(std::move(sectors)) {
  std::map<std::string, std::size_t> group_of_timeframe;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    const market::Bars& bars = data.instruments[i];
    const auto [found, is_new] = group_of_timeframe.try_emplace(timeframes[i], groups_.size());
    if (is_new) groups_.emplace_back();
    Group& group = groups_[found->second];
    group.instruments.push_back(i);
    group.stamps = union_of(group.stamps, bars.timestamps);
  }
  for (Group& group : groups_) {
    for (const std::size_t i : group.instruments)
      group.row_at.push_back(rows_at(group.stamps, data.instruments[i].timestamps));
  }
}

void AcrossPanel::combine(AcrossKind kind, std::vector<std::vector<double>>& columns,
                          ThreadPool& pool) const {
  for (const Group& group : groups_) {
    const auto stamp_count = static_cast<std::int64_t>(group.stamps.size());
    pool.parallel_for(stamp_count, kStampsPerChunk, [&](IndexRange range) {
      AcrossCombiner combiner;
      std::vector<double> values;
      std::vector<std::int32_t> sectors;
      std::vector<double*> places;
      for (std::int64_t s = range.begin; s < range.end; ++s) {
        values.clear();
        sectors.clear();
        places.clear();
        for (std::size_t k = 0; k < group.instruments.size(); ++k) {
          const std::int32_t row = group.row_at[k][static_cast<std::size_t>(s)];
          if (row < 0) continue;
          places.push_back(&columns[group.instruments[k]][static_cast<std::size_t>(row)]);
          values.push_back(*places.back());
          sectors.push_back(sectors_.at(group.instruments[k], static_cast<std::size_t>(row)));
        }
        combiner.combine(kind, values, sectors);
        for (std::size_t k = 0; k < places.size(); ++k) *places[k] = values[k];
      }
    });
  }
}

}  // namespace regimetry::features

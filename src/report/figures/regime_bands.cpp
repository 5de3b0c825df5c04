#include "report/figures/regime_bands.hpp"

#include <algorithm>
#include <map>

#include "regimes/no_regime.hpp"

namespace regimetry::report {
namespace {

// What most of them are, every negative one counting as the same.
std::int32_t most_common(std::span<const std::int32_t> ids) {
  std::map<std::int32_t, std::int64_t> counts;
  for (const std::int32_t id : ids) ++counts[std::max(id, regimes::kNoRegime)];
  return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

// Adds to the last band where it goes on, else begins one.
void extend(std::vector<RegimeBand>& bands, double begin, double end, std::int32_t id) {
  if (id < 0) return;
  if (!bands.empty() && bands.back().id == id && bands.back().end == begin) {
    bands.back().end = end;
  } else {
    bands.push_back({begin, end, id});
  }
}

}  // namespace

std::vector<RegimeBand> regime_bands(std::span<const std::int32_t> ids, std::int64_t most_columns) {
  const auto bar_count = static_cast<std::int64_t>(ids.size());
  const std::int64_t columns = std::min(bar_count, most_columns);
  std::vector<RegimeBand> bands;
  for (std::int64_t column = 0; column < columns; ++column) {
    const std::int64_t begin = column * bar_count / columns, end = (column + 1) * bar_count / columns;
    const auto part = ids.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    const auto edge = [&](std::int64_t place) {
      return static_cast<double>(place * bar_count) / static_cast<double>(columns);
    };
    extend(bands, edge(column), edge(column + 1), most_common(part));
  }
  return bands;
}

void draw_bands(Canvas& canvas, std::span<const RegimeBand> bands, std::int64_t bar_count, const Box& box,
                const std::function<Color(std::int32_t)>& color) {
  const double per_bar = box.width / static_cast<double>(bar_count);
  std::map<std::int32_t, std::vector<Box>> boxes_of;
  for (const RegimeBand& band : bands)
    boxes_of[band.id].push_back(
        {box.left + band.begin * per_bar, box.top, (band.end - band.begin) * per_bar, box.height});
  for (const auto& [id, boxes] : boxes_of) canvas.fill(boxes, color(id));
}

}  // namespace regimetry::report

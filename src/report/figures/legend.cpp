#include "report/figures/legend.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "regimes/no_regime.hpp"
#include "report/figures/number_text.hpp"

namespace regimetry::report {
namespace {

constexpr double kMarkWidth = 20, kGap = 8, kBetweenColumns = 26, kRowHeight = 28;

void draw_entry(Canvas& canvas, const LegendEntry& entry, const FigureStyle& style, double left, double top) {
  const Box mark{left, top + 6, kMarkWidth, kRowHeight - 12};
  if (entry.marker) {
    const Point center{mark.left + mark.width / 2, mark.top + mark.height / 2};
    canvas.markers(std::span(&center, 1), *entry.marker, entry.color, 13);
  } else {
    canvas.fill(mark, entry.color);
    canvas.outline(mark, style.muted, 0.75);
  }
  canvas.text(entry.words, {mark.right() + kGap, top + kRowHeight - 8},
              {style.small_size, style.ink, Align::kLeft});
}

}  // namespace

Legend::Legend(std::vector<LegendEntry> entries, double width, const FigureStyle& style)
    : entries_(std::move(entries)), style_(style) {
  for (const LegendEntry& entry : entries_) {
    column_width_ = std::max(column_width_,
                             kMarkWidth + kGap + text_width(entry.words, style.small_size) + kBetweenColumns);
  }
  column_count_ =
      std::max<std::size_t>(1, static_cast<std::size_t>((width + kBetweenColumns) / column_width_));
}

double Legend::height() const {
  const std::size_t row_count = (entries_.size() + column_count_ - 1) / column_count_;
  return static_cast<double>(row_count) * kRowHeight;
}

void Legend::draw(Canvas& canvas, double left, double top) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::size_t row = i / column_count_, column = i % column_count_;
    draw_entry(canvas, entries_[i], style_, left + static_cast<double>(column) * column_width_,
               top + static_cast<double>(row) * kRowHeight);
  }
}

std::vector<LegendEntry> regime_entries(const RegimeShares& shares, const FigureStyle& style,
                                        std::span<const std::int64_t> other_counts) {
  std::vector<LegendEntry> entries;
  const auto add = [&](std::string_view name, std::int64_t count, std::int32_t id) {
    entries.push_back({fmt::format("{}  {}", name, percent_text(shares.share(count))),
                       style.color_of_regime(id), std::nullopt, id});
  };
  for (std::size_t id = 0; id < shares.counts.size(); ++id) {
    const bool occurs = shares.counts[id] > 0 || (!other_counts.empty() && other_counts[id] > 0);
    if (occurs) add(fmt::format("regime {}", id), shares.counts[id], static_cast<std::int32_t>(id));
  }
  if (shares.unlabelled > 0) add("no label", shares.unlabelled, regimes::kNoRegime);
  return entries;
}

}  // namespace regimetry::report

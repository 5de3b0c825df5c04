#include "report/figures/cluster_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/figures/number_text.hpp"
#include "report/figures/regime_shares.hpp"
#include "report/figures/run_title.hpp"

namespace regimetry::report {
namespace {

constexpr double kNamesWidth = 150, kWordsWidth = 270, kRowHeight = 46, kBarHeight = 22, kAsofHeight = 8,
                 kFoot = 24;

struct Row {
  std::string name;
  Color color;
  std::int64_t count = 0, asof_count = 0;
};

std::vector<Row> rows_of(const RegimeShares& final_shares, const RegimeShares& asof_shares,
                         const FigureStyle& style) {
  std::vector<Row> rows;
  for (std::size_t id = 0; id < final_shares.counts.size(); ++id) {
    rows.push_back({fmt::format("regime {}", id), style.regime_colors[id], final_shares.counts[id],
                    asof_shares.counts[id]});
  }
  if (final_shares.unlabelled + asof_shares.unlabelled > 0)
    rows.push_back({"no label", style.unlabelled, final_shares.unlabelled, asof_shares.unlabelled});
  return rows;
}

std::string words_of(const RegimeShares& shares, std::int64_t count) {
  return fmt::format("{} \u00b7 {} bar{}", percent_text(shares.share(count)), count_text(count),
                     count == 1 ? "" : "s");
}

// The bars of one regime; `scale` units for a share of 1.
void draw_row(Canvas& canvas, const FigureStyle& style, const Row& row, const RegimeShares& final_shares,
              const RegimeShares& asof_shares, double top, double scale) {
  const double middle = top + kBarHeight / 2 + style.text_size * 0.35;
  const double final_width = scale * final_shares.share(row.count);
  const double asof_width = scale * asof_shares.share(row.asof_count);
  canvas.text(row.name, {kNamesWidth - 14, middle}, style.text(Align::kRight));
  if (row.count > 0) {
    const Box thick{kNamesWidth, top, final_width, kBarHeight};
    canvas.fill(thick, row.color);
    canvas.outline(thick, style.muted, 0.75);
  }
  if (asof_shares.total > 0 && row.asof_count > 0) {
    const Box thin{kNamesWidth, top + kBarHeight + 2, asof_width, kAsofHeight};
    canvas.fill(thin, tint(row.color, 0.35));
    canvas.outline(thin, style.muted, 0.75);
  }
  canvas.text(words_of(final_shares, row.count),
              {kNamesWidth + std::max(final_width, asof_width) + 12, middle}, style.text());
}

}  // namespace

std::optional<Figure> cluster_distribution(const RegimeRun& run, const FigureStyle& style) {
  if (run.size() == 0) return std::nullopt;
  const int count = static_cast<int>(style.regime_colors.size());
  const RegimeShares final_shares = regime_shares(run.final_labels.ids, count);
  const RegimeShares asof_shares = regime_shares(run.asof_labels.ids, count);
  const std::vector<Row> rows = rows_of(final_shares, asof_shares, style);
  double largest = 0;
  for (const Row& row : rows)
    largest = std::max({largest, final_shares.share(row.count), asof_shares.share(row.asof_count)});
  const double scale = (kSheetWidth - kNamesWidth - kWordsWidth) / largest;
  const double height = style.head_height + static_cast<double>(rows.size()) * kRowHeight + kFoot;
  return Figure{
      height, [=, &run, &style](Canvas& canvas) {
        const std::string subtitle = span_words(run) + " \u00b7 thick bars and numbers: final labels" +
                                     (run.asof_labels.empty() ? "" : "; thin bars: labels known at the time");
        draw_head(canvas, style, run_title(run, "share of time in each regime"), subtitle);
        for (std::size_t i = 0; i < rows.size(); ++i) {
          draw_row(canvas, style, rows[i], final_shares, asof_shares,
                   style.head_height + static_cast<double>(i) * kRowHeight, scale);
        }
        canvas.line({kNamesWidth, style.head_height - 8}, {kNamesWidth, height - kFoot}, style.muted);
      }};
}

}  // namespace regimetry::report

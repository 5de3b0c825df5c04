// The key to the colours: a mark and a few words for each, in as many rows as they need.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/figures/canvas.hpp"
#include "report/figures/figure_style.hpp"
#include "report/figures/regime_shares.hpp"

namespace regimetry::report {

struct LegendEntry {
  std::string words;
  Color color;
  std::optional<Marker> marker;  // absent: a filled box
  std::int32_t id = 0;           // the regime it tells of, negative for none
};

// Entries in columns of equal width, read row by row.
class Legend {
 public:
  // Laid out for `width` units. Borrows the style.
  Legend(std::vector<LegendEntry> entries, double width, const FigureStyle& style);
  [[nodiscard]] double height() const;
  void draw(Canvas& canvas, double left, double top) const;

 private:
  std::vector<LegendEntry> entries_;
  const FigureStyle& style_;
  double column_width_ = 1;
  std::size_t column_count_ = 1;
};

// "regime 2  31.4 %" for each regime that occurs in `shares` or in `other_counts` [K], then "no label" where
// bars have none.
[[nodiscard]] std::vector<LegendEntry> regime_entries(const RegimeShares& shares, const FigureStyle& style,
                                                      std::span<const std::int64_t> other_counts = {});

}  // namespace regimetry::report

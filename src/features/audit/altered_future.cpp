#include "features/audit/altered_future.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <vector>

#include "core/portable_math.hpp"

namespace regimetry::features {
namespace {

using market::Bars;
using market::Column;
using market::ColumnKind;

constexpr double kPriceFactor = 1.7, kVolumeFactor = 3.0;
constexpr double kExtremeFactor = 1e6, kExtremeVolume = 1e15;
constexpr double kMoveSd = 0.05, kShadowSd = 0.02;

// The bars from `first` on, rewritten in place.
class FutureEditor {
 public:
  FutureEditor(Bars& bars, std::int64_t first, RngStream stream)
      : bars_(bars),
        first_(static_cast<std::size_t>(first)),
        count_(bars.timestamps.size()),
        stream_(stream) {}

  void apply(FutureChange change) {
    switch (change) {
      case FutureChange::kRemoved:
        return;
      case FutureChange::kVolatile:
        redraw_bars();
        for (Column& column : bars_.extras) redraw(column);
        return;
      case FutureChange::kScaled:
        scale_bars();
        for (Column& column : bars_.extras) scale(column, kVolumeFactor);
        return;
      case FutureChange::kShuffled:
        shuffle();
        return;
      case FutureChange::kConstant:
        hold_bars();
        for (Column& column : bars_.extras) hold(column);
        return;
      case FutureChange::kExtreme:
        exaggerate_bars();
        for (Column& column : bars_.extras) scale(column, kExtremeFactor);
        return;
    }
  }

 private:
  [[nodiscard]] bool has_prices(std::size_t row) const {
    return std::isfinite(bars_.open[row]) && std::isfinite(bars_.high[row]) &&
           std::isfinite(bars_.low[row]) && std::isfinite(bars_.close[row]);
  }

  // The last complete row before the future; the first complete one of the future when there is none.
  [[nodiscard]] std::size_t anchor_row() const {
    for (std::size_t row = first_; row-- > 0;) {
      if (has_prices(row)) return row;
    }
    std::size_t row = first_;
    while (row + 1 < count_ && !has_prices(row)) ++row;
    return row;
  }

  void set_volume(std::size_t row, double volume) {
    if (!std::isnan(bars_.volume[row])) bars_.volume[row] = volume;
  }

  void redraw_bars() {
    double price = bars_.close[anchor_row()];
    for (std::size_t row = first_; row < count_; ++row) {
      const double open = price * portable_exp(kShadowSd * stream_.normal());
      const double close = open * portable_exp(kMoveSd * stream_.normal());
      const double high = std::max(open, close) * portable_exp(kShadowSd * stream_.exponential());
      const double low = std::min(open, close) * portable_exp(-kShadowSd * stream_.exponential());
      const double volume = 1000 * portable_exp(stream_.normal());
      if (!has_prices(row)) continue;
      bars_.open[row] = open, bars_.high[row] = high, bars_.low[row] = low, bars_.close[row] = close;
      set_volume(row, volume);
      price = close;
    }
  }

  void scale_bars() {
    for (std::size_t row = first_; row < count_; ++row) {
      for (auto* prices : {&bars_.open, &bars_.high, &bars_.low, &bars_.close})
        (*prices)[row] *= kPriceFactor;
      bars_.volume[row] *= kVolumeFactor;
    }
  }

  void hold_bars() {
    const std::size_t anchor = anchor_row();
    const double price = bars_.close[anchor], volume = bars_.volume[anchor];
    for (std::size_t row = first_; row < count_; ++row) {
      if (!has_prices(row)) continue;
      bars_.open[row] = bars_.high[row] = bars_.low[row] = bars_.close[row] = price;
      set_volume(row, std::isnan(volume) ? 0 : volume);
    }
  }

  void exaggerate_bars() {
    for (std::size_t row = first_; row < count_; ++row) {
      const bool is_up = (row - first_) % 2 == 0;
      const double factor = is_up ? kExtremeFactor : 1 / kExtremeFactor;
      for (auto* prices : {&bars_.open, &bars_.high, &bars_.low, &bars_.close}) (*prices)[row] *= factor;
      set_volume(row, is_up ? kExtremeVolume : 0);
    }
  }

  void shuffle() {
    std::vector<std::size_t> order(count_ - first_);
    const std::vector<std::int64_t> drawn = stream_.permutation(static_cast<std::int64_t>(order.size()));
    std::transform(drawn.begin(), drawn.end(), order.begin(),
                   [&](std::int64_t row) { return first_ + static_cast<std::size_t>(row); });
    for (auto* values : {&bars_.open, &bars_.high, &bars_.low, &bars_.close, &bars_.volume})
      reorder(*values, order);
    for (Column& column : bars_.extras) {
      reorder(column.numbers, order);
      reorder(column.codes, order);
      reorder(column.times, order);
    }
  }

  template <typename T>
  void reorder(std::vector<T>& values, const std::vector<std::size_t>& order) const {
    if (values.empty()) return;
    const std::vector<T> before = values;
    for (std::size_t i = 0; i < order.size(); ++i) values[first_ + i] = before[order[i]];
  }

  static bool is_missing(double number) { return std::isnan(number); }
  static bool is_missing(std::int32_t code) { return code == market::kMissingCode; }
  static bool is_missing(TimestampNs time) { return time == market::kMissingTime; }

  // Each cell becomes another cell of the same column, so that it stays a value the column can have.
  void redraw(Column& column) {
    const auto draw = [&](auto& values) {
      auto present = values;
      std::erase_if(present, [](auto value) { return is_missing(value); });
      for (std::size_t row = first_; row < values.size(); ++row) {
        if (!is_missing(values[row])) values[row] = present[stream_.below(present.size())];
      }
    };
    draw(column.numbers);
    draw(column.codes);
    draw(column.times);
  }

  void scale(Column& column, double factor) {
    if (column.kind == ColumnKind::kNumber) {
      for (std::size_t row = first_; row < count_; ++row) column.numbers[row] *= factor;
      return;
    }
    if (column.kind == ColumnKind::kBoolean) {
      for (std::size_t row = first_; row < count_; ++row) column.numbers[row] = 1 - column.numbers[row];
      return;
    }
    rotate_codes(column);
    for (std::size_t row = first_; row < column.times.size(); ++row) {
      if (column.times[row] != market::kMissingTime) column.times[row] += kNsPerDay;
    }
  }

  void rotate_codes(Column& column) const {
    const auto category_count = static_cast<std::int32_t>(column.categories.size());
    for (std::size_t row = first_; row < column.codes.size(); ++row) {
      std::int32_t& code = column.codes[row];
      if (code != market::kMissingCode && category_count > 0) code = (code + 1) % category_count;
    }
  }

  // The last value before the future; the first one in it when there is none.
  void hold(Column& column) const {
    const auto fill = [&](auto& values) {
      if (values.empty()) return;
      const auto is_there = [](auto value) { return !is_missing(value); };
      const auto future = values.begin() + static_cast<std::ptrdiff_t>(first_);
      const auto before = std::find_if(std::make_reverse_iterator(future), values.rend(), is_there);
      const auto anchor =
          before != values.rend() ? before.base() - 1 : std::find_if(future, values.end(), is_there);
      if (anchor == values.end()) return;
      std::replace_if(future, values.end(), is_there, *anchor);
    };
    fill(column.numbers);
    fill(column.codes);
    fill(column.times);
  }

  Bars& bars_;
  std::size_t first_, count_;
  RngStream stream_;
};

Bars first_rows(const Bars& bars, std::int64_t count) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), std::int64_t{0});
  return take_rows(bars, rows);
}

}  // namespace

std::string_view future_change_name(FutureChange change) noexcept {
  switch (change) {
    case FutureChange::kRemoved:
      return "future removed";
    case FutureChange::kVolatile:
      return "future redrawn";
    case FutureChange::kScaled:
      return "future scaled";
    case FutureChange::kShuffled:
      return "future shuffled";
    case FutureChange::kConstant:
      return "future held constant";
    case FutureChange::kExtreme:
      return "future made extreme";
  }
  return "future changed";
}

market::MarketData with_altered_future(const market::MarketData& data, std::span<const BarClock> clocks,
                                       TimestampNs moment, FutureChange change, const Rng& rng,
                                       std::uint64_t substream) {
  market::MarketData altered;
  altered.metadata = data.metadata;
  altered.instruments.reserve(data.instruments.size());
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    const Bars& bars = data.instruments[i];
    const std::int64_t known = clocks[i].count_known(bars.timestamps, moment);
    if (change == FutureChange::kRemoved) {
      if (known > 0) altered.instruments.push_back(first_rows(bars, known));
      continue;
    }
    altered.instruments.push_back(bars);
    if (known == bars.size()) continue;
    FutureEditor(altered.instruments.back(), known,
                 rng.stream("features.audit.future", (substream << 20U) + i))
        .apply(change);
  }
  return altered;
}

}  // namespace regimetry::features

#include "market/simulation/defects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/portable_math.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kFrozenBars = 15;  // longer than what quality/ takes for frozen by default
constexpr std::int64_t kGapBars = 8;
constexpr std::int64_t kReplayedBars = 6;
constexpr double kJumpDeviations = 60;

// One instrument while defects are put into it. Values are changed in place; rows are removed, repeated and
// moved only at the end, in one pass, so that row numbers stay what they are until then and records can be
// given final ones.
class DefectWorkshop {
 public:
  DefectWorkshop(Bars bars, RngStream stream) : bars_(std::move(bars)), stream_(stream) {
    const auto size = static_cast<std::size_t>(bars_.size());
    order_.resize(size);
    std::iota(order_.begin(), order_.end(), 0);
    is_taken_.assign(size, false);
    is_removed_.assign(size, false);
    std::vector<double> moves;
    for (std::size_t i = 1; i < size; ++i)
      moves.push_back(std::abs(portable_log(bars_.close[i] / bars_.close[i - 1])));
    if (!moves.empty()) {
      std::nth_element(moves.begin(), moves.begin() + static_cast<std::ptrdiff_t>(moves.size() / 2),
                       moves.end());
      typical_move_ = moves[moves.size() / 2];
    }
  }

  // A random run of `length` bars away from every defect so far and from both ends; nothing when there is no
  // room.
  std::optional<std::int64_t> take_room(std::int64_t length) {
    constexpr std::int64_t kMargin = 2;
    const std::int64_t first = kMargin, last = std::ssize(order_) - length - kMargin;
    if (last < first) return std::nullopt;
    for (int attempt = 0; attempt < 200; ++attempt) {
      const std::int64_t row =
          first + static_cast<std::int64_t>(stream_.below(static_cast<std::uint64_t>(last - first + 1)));
      const auto begin = is_taken_.begin() + row - kMargin, end = is_taken_.begin() + row + length + kMargin;
      if (std::find(begin, end, true) != end) continue;
      std::fill(begin + kMargin, end - kMargin, true);
      return row;
    }
    return std::nullopt;
  }

  void set(const std::string& kind, std::int64_t row, std::vector<double> Bars::*column, const char* name,
           double value) {
    double& cell = (bars_.*column)[static_cast<std::size_t>(row)];
    record(kind, row, 1, fmt::format("{} {} -> {}", name, cell, value));
    cell = value;
  }
  void scale_from(std::int64_t row, double price_factor, double volume_factor) {
    for (auto i = static_cast<std::size_t>(row); i < bars_.close.size(); ++i) {
      for (auto column : {&Bars::open, &Bars::high, &Bars::low, &Bars::close})
        (bars_.*column)[i] *= price_factor;
      bars_.volume[i] = std::round(bars_.volume[i] * volume_factor);
    }
  }
  void record(const std::string& kind, std::int64_t row, std::int64_t row_count, std::string detail) {
    records_.push_back({kind, bars_.symbol, row, row_count, bars_.timestamps[static_cast<std::size_t>(row)],
                        std::move(detail)});
  }
  // A copy of `row` that will stand right behind it. Its values may be changed through the returned row
  // number.
  std::int64_t repeat(std::int64_t row) {
    const std::int64_t copy = bars_.size();
    const auto from = static_cast<std::size_t>(row);
    const auto append = [from](auto& values) {
      if (!values.empty()) values.push_back(values[from]);
    };
    append(bars_.timestamps);
    for (auto column : {&Bars::open, &Bars::high, &Bars::low, &Bars::close, &Bars::volume})
      append(bars_.*column);
    for (Column& extra : bars_.extras) {
      append(extra.numbers);
      append(extra.codes);
      append(extra.times);
    }
    repeats_.emplace(row, copy);
    return copy;
  }
  void remove(std::int64_t row, std::int64_t count) { std::fill_n(is_removed_.begin() + row, count, true); }
  // Rows row .. row + count - 1 change places with the `count` rows after them.
  void exchange(std::int64_t row, std::int64_t count) {
    std::rotate(order_.begin() + row, order_.begin() + row + count, order_.begin() + row + 2 * count);
  }

  Bars& bars() { return bars_; }
  RngStream& stream() { return stream_; }
  [[nodiscard]] double typical_move() const { return typical_move_; }
  [[nodiscard]] double value(std::vector<double> Bars::*column, std::int64_t row) const {
    return (bars_.*column)[static_cast<std::size_t>(row)];
  }

  DefectiveBars finish() {
    std::vector<std::int64_t> rows;
    for (const std::int64_t row : order_) {
      if (is_removed_[static_cast<std::size_t>(row)]) continue;
      rows.push_back(row);
      if (const auto copy = repeats_.find(row); copy != repeats_.end()) rows.push_back(copy->second);
    }
    std::vector<std::int64_t> place(static_cast<std::size_t>(bars_.size()), -1);
    for (std::size_t i = 0; i < rows.size(); ++i)
      place[static_cast<std::size_t>(rows[i])] = static_cast<std::int64_t>(i);
    for (DefectRecord& record : records_) {
      auto row = static_cast<std::size_t>(record.row);
      while (row + 1 < place.size() && place[row] < 0) ++row;  // removed: the first row that is left after it
      record.row = place[row];
    }
    std::sort(records_.begin(), records_.end(), [](const DefectRecord& a, const DefectRecord& b) {
      return std::tie(a.row, a.kind) < std::tie(b.row, b.kind);
    });
    return {take_rows(bars_, rows), std::move(records_)};
  }

 private:
  Bars bars_;
  RngStream stream_;
  std::vector<std::int64_t> order_;  // [T] rows in the order of the file, before removing and repeating
  std::vector<bool> is_taken_, is_removed_;       // [T]
  std::map<std::int64_t, std::int64_t> repeats_;  // row -> the copy that stands behind it
  std::vector<DefectRecord> records_;
  double typical_move_ = 0.01;
};

using Injector = void (*)(DefectWorkshop&, const std::string& kind, std::int64_t row);

struct Recipe {
  const char* name;
  const char* description;
  std::int64_t room;  // bars it needs
  Injector inject;
};

void remove_rows(DefectWorkshop& w, const std::string& kind, std::int64_t row, std::int64_t count) {
  w.record(kind, row, count, fmt::format("{} bars removed", count));
  w.remove(row, count);
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> list{
      // Level changes first: they rescale every later price, which the defects after them must not see
      // undone.
      {"jump", "the price level moves by 60 typical moves and stays there", 3,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         const double sign = w.stream().below(2) == 0 ? 1 : -1;
         const double jump = sign * kJumpDeviations * std::min(w.typical_move(), 0.02);
         w.scale_from(row, portable_exp(jump), 1);
         w.record(kind, row, 1, fmt::format("log price {:+.4f} from here on", jump));
       }},
      {"split_like",
       "prices are divided by 2, 3 or 4 and volume multiplied from a bar on, as by a split nobody adjusted "
       "for",
       3,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         const auto ratio = static_cast<double>(2 + w.stream().below(3));
         w.scale_from(row, 1 / ratio, ratio);
         w.record(kind, row, 1, fmt::format("{:g} for 1, unadjusted", ratio));
       }},
      {"missing_price", "a price is missing", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.set(kind, row, &Bars::close, "close", kNaN);
       }},
      {"non_finite_price", "a price is infinite", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.set(kind, row, &Bars::high, "high", kInfinity);
       }},
      {"non_positive_price", "a price is negative", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.set(kind, row, &Bars::low, "low", -w.value(&Bars::low, row));
       }},
      {"high_below_low", "high and low are swapped", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         const auto i = static_cast<std::size_t>(row);
         w.record(kind, row, 1, fmt::format("high {} <-> low {}", w.bars().high[i], w.bars().low[i]));
         std::swap(w.bars().high[i], w.bars().low[i]);
       }},
      {"high_below_body", "the high lies below open and close", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         const double low = w.value(&Bars::low, row),
                      body = std::min(w.value(&Bars::open, row), w.value(&Bars::close, row));
         // Above the low, so that this is the only thing wrong with the bar.
         w.set(kind, row, &Bars::high, "high", low + 0.5 * (body - low));
       }},
      {"low_above_body", "the low lies above open and close", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         const double high = w.value(&Bars::high, row),
                      body = std::max(w.value(&Bars::open, row), w.value(&Bars::close, row));
         w.set(kind, row, &Bars::low, "low", body + 0.5 * (high - body));
       }},
      {"zero_volume", "the volume is zero", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.set(kind, row, &Bars::volume, "volume", 0);
       }},
      {"negative_volume", "the volume is negative", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.set(kind, row, &Bars::volume, "volume", -w.value(&Bars::volume, row));
       }},
      {"decimal_shift", "one price has its decimal mark one place off for one bar", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         // The high up or the low down, so that the bar stays consistent and only its size is absurd.
         if (w.stream().below(2) == 0) {
           w.set(kind, row, &Bars::high, "high", w.value(&Bars::high, row) * 10);
         } else {
           w.set(kind, row, &Bars::low, "low", w.value(&Bars::low, row) / 10);
         }
       }},
      {"frozen_price", "the same prices are repeated for 15 bars", kFrozenBars,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.record(kind, row, kFrozenBars,
                  fmt::format("{} bars at {}", kFrozenBars, w.value(&Bars::open, row)));
         const double price = w.value(&Bars::open, row);
         for (std::int64_t i = row; i < row + kFrozenBars; ++i) {
           for (auto column : {&Bars::open, &Bars::high, &Bars::low, &Bars::close})
             (w.bars().*column)[static_cast<std::size_t>(i)] = price;
         }
       }},
      {"duplicate_exact", "a row appears twice", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.record(kind, row, 2, "row repeated");
         w.repeat(row);
       }},
      {"duplicate_conflict", "a row appears again with another close", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         const std::int64_t copy = w.repeat(row);
         const double high = w.value(&Bars::high, row), low = w.value(&Bars::low, row),
                      close = w.value(&Bars::close, row);
         const double other = close - low > high - close ? low : high;  // the end that is further away
         w.bars().close[static_cast<std::size_t>(copy)] = other;
         w.record(kind, row, 2, fmt::format("close {} and {}", close, other));
       }},
      {"missing_bars", "a single bar is missing", 1,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) { remove_rows(w, kind, row, 1); }},
      {"gap", "8 bars in a row are missing", kGapBars,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         remove_rows(w, kind, row, kGapBars);
       }},
      {"unordered", "two neighbouring rows have changed places", 2,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.record(kind, row, 2, "stands after the bar that follows it");
         w.exchange(row, 1);
       }},
      {"time_backwards",
       "6 rows stand after the 6 that follow them, as when files are joined in the wrong order",
       2 * kReplayedBars,
       [](DefectWorkshop& w, const std::string& kind, std::int64_t row) {
         w.record(kind, row, 2 * kReplayedBars,
                  fmt::format("{} rows stand after the {} that follow them", kReplayedBars, kReplayedBars));
         w.exchange(row, kReplayedBars);
       }},
  };
  return list;
}

bool is_wanted(const std::vector<std::string>& words, const char* name) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return word == "all" || word == name; });
}

}  // namespace

const std::vector<DefectKind>& defect_kinds() {
  static const std::vector<DefectKind> kinds = [] {
    std::vector<DefectKind> list;
    for (const Recipe& recipe : recipes()) {
      const std::string name = recipe.name;
      list.push_back({name, recipe.description, name == "unordered" || name == "time_backwards"});
    }
    return list;
  }();
  return kinds;
}

std::vector<std::string> unknown_defects(const std::vector<std::string>& words) {
  std::vector<std::string> known{"all"}, sentences;
  for (const DefectKind& kind : defect_kinds()) known.push_back(kind.name);
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    const std::optional<std::string> nearest = nearest_word(word, known);
    sentences.push_back(fmt::format("defects: '{}' is not a kind of defect{}; known are {}", word,
                                    nearest ? fmt::format("; did you mean '{}'?", *nearest) : "",
                                    fmt::join(known, ", ")));
  }
  return sentences;
}

nlohmann::json to_json(const DefectRecord& record) {
  return {{"kind", record.kind},
          {"symbol", record.symbol},
          {"row", record.row},
          {"rows", record.row_count},
          {"stamp", format_timestamp(record.stamp)},
          {"detail", record.detail}};
}

DefectiveBars inject_defects(Bars bars, const std::vector<std::string>& kinds, double rate,
                             RngStream stream) {
  const std::int64_t bar_count = bars.size();
  const std::int64_t wanted = std::max<std::int64_t>(1, std::llround(rate * static_cast<double>(bar_count)));
  const std::string symbol = bars.symbol;
  DefectWorkshop workshop(std::move(bars), stream);
  for (const Recipe& recipe : recipes()) {
    if (!is_wanted(kinds, recipe.name)) continue;
    for (std::int64_t i = 0; i < wanted; ++i) {
      const std::optional<std::int64_t> row = workshop.take_room(recipe.room);
      if (!row && i == 0) {
        throw Error(
            ErrorKind::kUsage,
            fmt::format("--defects: no room for '{}' among the {} bars of {}; simulate more --bars, lower "
                        "--defect-rate, or name fewer kinds",
                        recipe.name, bar_count, symbol));
      }
      if (!row) break;
      recipe.inject(workshop, recipe.name, *row);
    }
  }
  return workshop.finish();
}

}  // namespace regimetry::market

#include "labelling/row_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::labelling {
namespace {

using features::InputSegment;
using features::InputTable;

void require_agreement(const char* key, const std::optional<std::int64_t>& asked, std::int64_t said,
                       const RegimeSource& source) {
  if (!asked || said == 0 || *asked == said) return;
  throw Error(ErrorKind::kUsage, fmt::format("{} is {}, but {} was made with {}. Leave it out, or give that.",
                                             key, *asked, printable(source.path), said));
}

std::string span_words(std::span<const TimestampNs> stamps) {
  if (stamps.empty()) return "no rows";
  return fmt::format("{} to {}", format_timestamp_short(stamps.front()),
                     format_timestamp_short(stamps.back()));
}

class Placing {
 public:
  Placing(const RegimeSource& source, const InputTable& table, const WindowShape& shape)
      : source_(source), table_(table), shape_(shape) {
    require_agreement("window_size", shape.window_size, source.window_size, source);
    require_agreement("stride", shape.stride, source.stride, source);
    places_.rows.assign(static_cast<std::size_t>(source.size()), kNowhere);
  }

  RowPlaces by_stamp() {
    for (const SourceInstrument& one : source_.instruments) {
      const std::int64_t segment = segment_of(one);
      places_.segments.push_back(segment);
      if (segment != kNowhere) match_stamps(one, table_.segments[static_cast<std::size_t>(segment)]);
    }
    places_.missing = std::count(places_.rows.begin(), places_.rows.end(), kNowhere);
    if (places_.missing == source_.size()) throw_no_match();
    return std::move(places_);
  }

  // Row n of the only instrument ends with row n * stride + L - 1 of the only segment.
  RowPlaces by_count() {
    if (table_.segments.size() != 1)
      throw Error(
          ErrorKind::kData,
          fmt::format("{} says neither stamps nor instruments of its rows, and {} has {} instruments, so "
                      "nothing tells which is whose. Make the embeddings with 'regimetry embed'.",
                      printable(source_.path), printable(table_.source), table_.segments.size()));
    const std::int64_t window = shape_.window_size.value_or(std::max<std::int64_t>(source_.window_size, 1));
    const std::int64_t stride = shape_.stride.value_or(std::max<std::int64_t>(source_.stride, 1));
    const std::int64_t rows = table_.segments.front().row_count();
    const std::int64_t fitting = rows < window ? 0 : (rows - window) / stride + 1;
    if (fitting != source_.size())
      throw Error(
          ErrorKind::kData,
          fmt::format("{} has {} rows and no stamps; {} has {} rows, in which {} windows of {} bars at "
                      "stride {} fit. Give --window-size and --stride as they were when the embeddings "
                      "were made, or the table that they were made from.",
                      printable(source_.path), source_.size(), printable(table_.source), rows, fitting,
                      window, stride));
    places_.segments.assign(source_.instruments.size(), 0);
    for (std::int64_t row = 0; row < source_.size(); ++row)
      places_.rows[static_cast<std::size_t>(row)] = row * stride + window - 1;
    return std::move(places_);
  }

 private:
  [[nodiscard]] std::int64_t segment_of(const SourceInstrument& one) const {
    // A single instrument is the single instrument of the table, whatever files called it.
    if (source_.instruments.size() == 1 && table_.segments.size() == 1) return 0;
    for (std::size_t i = 0; i < table_.segments.size(); ++i)
      if (table_.segments[i].symbol == one.symbol && table_.segments[i].timeframe == one.timeframe)
        return static_cast<std::int64_t>(i);
    for (std::size_t i = 0; i < table_.segments.size(); ++i)
      if (table_.segments[i].symbol == one.symbol) return static_cast<std::int64_t>(i);
    return kNowhere;
  }

  void match_stamps(const SourceInstrument& one, const InputSegment& segment) {
    for (std::int64_t row = one.rows.begin; row < one.rows.end; ++row) {
      const TimestampNs stamp = source_.timestamps[static_cast<std::size_t>(row)];
      const auto found = std::lower_bound(segment.timestamps.begin(), segment.timestamps.end(), stamp);
      if (found != segment.timestamps.end() && *found == stamp)
        places_.rows[static_cast<std::size_t>(row)] = found - segment.timestamps.begin();
    }
  }

  [[noreturn]] void throw_no_match() const {
    const SourceInstrument& one = source_.instruments.front();
    const auto stamps =
        std::span(source_.timestamps)
            .subspan(static_cast<std::size_t>(one.rows.begin), static_cast<std::size_t>(one.rows.size()));
    throw Error(
        ErrorKind::kData,
        fmt::format("{} and {} share no instrument and stamp: the first has '{}' from {}, the second '{}' "
                    "from {}. Give the table that the embeddings were made from.",
                    printable(source_.path), printable(table_.source), printable(one.symbol),
                    span_words(stamps), printable(table_.segments.front().symbol),
                    span_words(table_.segments.front().timestamps)));
  }

  const RegimeSource& source_;
  const InputTable& table_;
  const WindowShape& shape_;
  RowPlaces places_;
};

}  // namespace

RowPlaces place_rows(const RegimeSource& source, const InputTable& table, const WindowShape& shape) {
  Placing placing(source, table, shape);
  return source.has_row_numbers ? placing.by_count() : placing.by_stamp();
}

}  // namespace regimetry::labelling

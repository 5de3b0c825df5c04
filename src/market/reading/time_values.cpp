#include "market/reading/time_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/reading/time_format.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kGrain = 1 << 16;

// What is the same for every value of the column.
struct Subject {
  const std::string& source;
  const std::string& column;
  ThreadPool& pool;
  Observer& observer;

  [[nodiscard]] Error error_at(std::int64_t row, std::string_view value, std::string_view problem) const {
    return {
        ErrorKind::kData,
        fmt::format(
            "{}: row {}: column '{}' holds '{}', which {}. Correct the row, set --timestamp-unit, or name "
            "another column with --column timestamp=NAME.",
            source, row + 1, printable(column), printable(value), problem)};
  }
};

std::optional<EpochUnit> forced_unit(const ReadOptions& options) {
  if (!options.timestamp_unit) return std::nullopt;
  const std::optional<EpochUnit> unit = parse_epoch_unit(*options.timestamp_unit);
  if (!unit) {
    throw Error(ErrorKind::kUsage,
                fmt::format("--timestamp-unit is '{}'; expected s, ms, us or ns", *options.timestamp_unit));
  }
  return unit;
}

std::int64_t ns_per(EpochUnit unit) {
  switch (unit) {
    case EpochUnit::kSeconds:
      return kNsPerSecond;
    case EpochUnit::kMilliseconds:
      return 1'000'000;
    case EpochUnit::kMicroseconds:
      return 1'000;
    case EpochUnit::kNanoseconds:
      break;
  }
  return 1;
}

// Multiplies every count by `ns`. The first that does not fit is an error.
void scale_counts(std::vector<TimestampNs>& values, std::int64_t ns, const Subject& subject) {
  const std::int64_t highest = (std::numeric_limits<std::int64_t>::max() - 1) / ns;
  subject.pool.parallel_for(static_cast<std::int64_t>(values.size()), kGrain, [&](IndexRange range) {
    for (std::int64_t row = range.begin; row < range.end; ++row) {
      TimestampNs& value = values[static_cast<std::size_t>(row)];
      if (value == kMissingTime) continue;
      if (value > highest || value < -highest) {
        throw subject.error_at(row, std::to_string(value), "lies outside the years 1678 to 2262");
      }
      value *= ns;
    }
  });
}

struct Extremes {
  std::int64_t lowest = std::numeric_limits<std::int64_t>::max();
  std::int64_t highest = std::numeric_limits<std::int64_t>::min();
  [[nodiscard]] bool is_empty() const noexcept { return lowest > highest; }
};

Extremes extremes_of(const std::vector<TimestampNs>& values) {
  Extremes extremes;
  for (const TimestampNs value : values) {
    if (value == kMissingTime) continue;
    extremes.lowest = std::min(extremes.lowest, value);
    extremes.highest = std::max(extremes.highest, value);
  }
  return extremes;
}

std::optional<TimeParts> scan_count(std::int64_t count) {
  return scan_time(fmt::format_int(count).c_str());
}

std::optional<EpochUnit> unit_of(std::int64_t count) {
  const std::optional<TimeParts> parts = scan_count(count);
  return parts && parts->kind == TimeParts::Kind::kEpoch ? parts->unit : std::nullopt;
}

// Counts that are no epoch of one unit: dates such as 20240102, or units that change within the column.
TimeEncoding resolve_each_count(std::vector<TimestampNs>& values, const Subject& subject) {
  std::mutex mutex;
  std::int64_t dates = 0, epochs = 0;
  subject.pool.parallel_for(static_cast<std::int64_t>(values.size()), kGrain, [&](IndexRange range) {
    std::int64_t my_dates = 0, my_epochs = 0;
    for (std::int64_t row = range.begin; row < range.end; ++row) {
      TimestampNs& value = values[static_cast<std::size_t>(row)];
      if (value == kMissingTime) continue;
      const std::optional<TimeParts> parts = scan_count(value);
      const std::optional<TimestampNs> stamp =
          parts ? resolve_time(*parts, DateOrder::kYearFirst) : std::nullopt;
      if (!stamp)
        throw subject.error_at(row, std::to_string(value),
                               "is no date and no count of s, ms, us or ns since 1970");
      (parts->kind == TimeParts::Kind::kEpoch ? my_epochs : my_dates) += 1;
      value = *stamp;
    }
    const std::lock_guard<std::mutex> lock(mutex);
    dates += my_dates;
    epochs += my_epochs;
  });
  if (dates > 0 && epochs > 0) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: column '{}' mixes {} dates such as 20240102 with {} counts since 1970. Set "
                            "--timestamp-unit, or name another column with --column timestamp=NAME.",
                            subject.source, printable(subject.column), dates, epochs));
  }
  if (dates > 0) return TimeEncoding::kWallClock;
  subject.observer.on_warning(
      fmt::format("{}: the unit of column '{}' changes within the file; each stamp was read by "
                  "its size",
                  subject.source, printable(subject.column)));
  return TimeEncoding::kInstant;
}

TimeEncoding resolve_counts(std::vector<TimestampNs>& values, const ReadOptions& options,
                            const Subject& subject) {
  if (const std::optional<EpochUnit> unit = forced_unit(options)) {
    scale_counts(values, ns_per(*unit), subject);
    return TimeEncoding::kInstant;
  }
  const Extremes extremes = extremes_of(values);
  if (extremes.is_empty()) return TimeEncoding::kInstant;
  const std::optional<EpochUnit> highest = unit_of(extremes.highest), lowest = unit_of(extremes.lowest);
  // Stamps of the early 1970s are too small to show their unit; the later ones decide.
  const bool starts_early =
      highest && !lowest && extremes.lowest >= -1 && !scan_count(extremes.lowest).has_value();
  if (highest && (lowest == highest || starts_early)) {
    scale_counts(values, ns_per(*highest), subject);
    return TimeEncoding::kInstant;
  }
  return resolve_each_count(values, subject);
}

// Times of day as digits, 93000 for 09:30:00.
TimeEncoding resolve_counts_of_day(std::vector<TimestampNs>& values, const Subject& subject) {
  const std::int64_t highest = extremes_of(values).highest;
  const int widest = static_cast<int>(fmt::format_int(std::max<std::int64_t>(highest, 0)).size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (values[row] == kMissingTime) continue;
    const std::optional<std::int64_t> ns = compact_time_ns(values[row], widest);
    if (!ns)
      throw subject.error_at(static_cast<std::int64_t>(row), std::to_string(values[row]),
                             "is no time of day");
    values[row] = *ns;
  }
  return TimeEncoding::kTimeOfDay;
}

// Seconds since 1970 with a fraction, as pandas and JavaScript write them.
TimeValues read_fractions(const std::vector<double>& numbers, const ReadOptions& options,
                          const Subject& subject) {
  TimeValues times;
  std::vector<double> fractions(numbers.size(), 0.0);
  times.values.resize(numbers.size(), kMissingTime);
  constexpr double kLargest = 9.2e18;
  double highest = 0;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (std::isnan(numbers[row])) continue;
    if (!(std::abs(numbers[row]) < kLargest)) {
      throw subject.error_at(static_cast<std::int64_t>(row), fmt::format("{}", numbers[row]), "is no time");
    }
    const double whole = std::floor(numbers[row]);
    times.values[row] = static_cast<std::int64_t>(whole);
    fractions[row] = numbers[row] - whole;
    highest = std::max(highest, std::abs(whole));
  }
  const bool has_fractions = std::any_of(fractions.begin(), fractions.end(), [](double f) { return f != 0; });
  const std::optional<EpochUnit> unit =
      options.timestamp_unit ? forced_unit(options) : unit_of(static_cast<std::int64_t>(highest));
  times.encoding = resolve_counts(times.values, options, subject);
  if (!has_fractions || !unit) return times;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (times.values[row] != kMissingTime) {
      times.values[row] += std::llround(fractions[row] * static_cast<double>(ns_per(*unit)));
    }
  }
  return times;
}

// The one order of day, month and year under which every word is a date.
DateOrder settle_order(const std::vector<std::optional<TimeParts>>& parts,
                       const std::vector<std::string>& words, const ReadOptions& options,
                       const Subject& subject) {
  if (options.date_order) return *options.date_order;
  DateOrderSet possible = kAnyDateOrder;
  for (const std::optional<TimeParts>& part : parts) possible &= possible_orders(*part);
  std::vector<DateOrder> orders;
  for (std::size_t i = 0; i < kDateOrders.size(); ++i) {
    if ((possible >> i & 1U) != 0) orders.push_back(kDateOrders[i]);
  }
  if (orders.empty()) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: the dates of column '{}', such as '{}', follow no one order of day, "
                            "month and year",
                            subject.source, printable(subject.column), printable(words.front())));
  }
  for (std::size_t i = 0; i < words.size() && orders.size() > 1; ++i) {
    const std::optional<TimestampNs> one = resolve_time(*parts[i], orders[0]),
                                     other = resolve_time(*parts[i], orders[1]);
    if (one == other) continue;
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "{}: '{}' in column '{}' can mean {} or {}, and no row tells which. Say --date-order {} or "
            "--date-order {}.",
            subject.source, printable(words[i]), printable(subject.column), format_timestamp_short(*one),
            format_timestamp_short(*other), date_order_name(orders[0]), date_order_name(orders[1])));
  }
  return orders.front();
}

// The time of day of one cell in UTC terms, as in text files: digits alone are read by the widest such cell
// of the column, and an offset is taken off.
std::optional<std::int64_t> time_of_day_ns(const TimeParts& parts, int widest_digits) {
  if (parts.compact_digits > 0) return compact_time_ns(parts.epoch_count, widest_digits);
  return parts.time_ns - parts.offset_ns;
}

int widest_compact_time(const std::vector<std::optional<TimeParts>>& parts) {
  int widest = 0;
  for (const std::optional<TimeParts>& part : parts) widest = std::max<int>(widest, part->compact_digits);
  return widest;
}

TimeValues read_words(const Column& column, bool is_time_of_day, const ReadOptions& options,
                      const Subject& subject) {
  const std::vector<std::string>& words = column.categories;
  const auto row_of = [&](std::size_t code) {
    const auto found = std::find(column.codes.begin(), column.codes.end(), static_cast<std::int32_t>(code));
    return found - column.codes.begin();
  };
  std::vector<std::optional<TimeParts>> parts(words.size());
  subject.pool.parallel_for(static_cast<std::int64_t>(words.size()), kGrain, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i)
      parts[static_cast<std::size_t>(i)] = scan_time(words[static_cast<std::size_t>(i)]);
  });
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_readable = parts[i] && (parts[i]->kind == TimeParts::Kind::kTimeOfDay) == is_time_of_day;
    if (!is_readable)
      throw subject.error_at(row_of(i), words[i], is_time_of_day ? "is no time of day" : "is no time");
  }
  const DateOrder order =
      is_time_of_day || words.empty() ? DateOrder::kYearFirst : settle_order(parts, words, options, subject);
  const std::optional<EpochUnit> unit = forced_unit(options);

  const int widest_digits = widest_compact_time(parts);

  std::vector<TimestampNs> stamp_of(words.size());
  std::size_t instants = 0;
  std::vector<bool> is_instant(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::optional<TimestampNs> stamp =
        is_time_of_day ? time_of_day_ns(*parts[i], widest_digits) : resolve_time(*parts[i], order, unit);
    if (!stamp) {
      throw subject.error_at(
          row_of(i), words[i],
          is_time_of_day ? "is no time of day" : "is no time between the years 1678 and 2262");
    }
    stamp_of[i] = *stamp;
    is_instant[i] = parts[i]->has_offset || parts[i]->kind == TimeParts::Kind::kEpoch;
    instants += is_instant[i];
  }
  const bool all_days = std::none_of(parts.begin(), parts.end(), [](const auto& p) { return p->has_time; });

  TimeValues times;
  times.encoding = is_time_of_day              ? TimeEncoding::kTimeOfDay
                   : instants == words.size()  ? TimeEncoding::kInstant
                   : all_days && instants == 0 ? TimeEncoding::kDate
                                               : TimeEncoding::kWallClock;
  times.is_zoned = instants > 0;
  const bool is_mixed = instants > 0 && instants < words.size();
  times.values.reserve(column.codes.size());
  for (const std::int32_t code : column.codes) {
    times.values.push_back(code == kMissingCode ? kMissingTime : stamp_of[static_cast<std::size_t>(code)]);
    if (is_mixed)
      times.is_instant.push_back(code != kMissingCode && is_instant[static_cast<std::size_t>(code)]);
  }
  return times;
}

}  // namespace

TimeValues read_time_values(Column column, TimeEncoding encoding, bool is_time_of_day,
                            const std::string& source, const ReadOptions& options, ThreadPool& pool,
                            Observer& observer) {
  const std::string name = column.name;
  const Subject subject{source, name, pool, observer};
  TimeValues times;
  switch (column.kind) {
    case ColumnKind::kTime:
      times.values = std::move(column.times);
      times.encoding = encoding;
      if (encoding == TimeEncoding::kCount) {
        times.encoding = is_time_of_day ? resolve_counts_of_day(times.values, subject)
                                        : resolve_counts(times.values, options, subject);
      }
      return times;
    case ColumnKind::kNumber:
      return read_fractions(column.numbers, options, subject);
    case ColumnKind::kCategory:
      return read_words(column, is_time_of_day, options, subject);
    case ColumnKind::kBoolean:
      break;
  }
  throw Error(ErrorKind::kData,
              fmt::format("{}: column '{}' holds true and false, not times. Name another column with "
                          "--column timestamp=NAME.",
                          source, printable(name)));
}

}  // namespace regimetry::market

#include "market/time_zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <vector>

#include "core/error.hpp"
#include "core/lower_case.hpp"
#include "core/nearest_word.hpp"
#include "market/posix_time_rule.hpp"

namespace regimetry::market {

// A zone as its periods of constant offset: period i is [begin[i], begin[i + 1]), the last one never ends.
struct TimeZone::Impl {
  std::vector<TimestampNs> begin;
  std::vector<std::int64_t> offset;  // ns east of Greenwich
  // A wall clock in [local_begin[i], local_end[i]) lies in period i and in no other; outside these ranges lie
  // the gaps and overlaps around the changes.
  std::vector<TimestampNs> local_begin, local_end;
  bool is_utc = false;
};

namespace {

constexpr TimestampNs kFirst = std::numeric_limits<TimestampNs>::min();
constexpr TimestampNs kLast = std::numeric_limits<TimestampNs>::max();
// Wider than any offset there ever was (Manila and Alaska changed sides of the date line with 15 and 16
// hours).
constexpr std::int64_t kWidestOffset = 26 * kNsPerHour;

// Where the last lookup of this thread ended. Only a guess, checked before use, so zones may share it.
thread_local std::size_t last_period = 0;

TimestampNs saturated_sum(TimestampNs a, std::int64_t b) noexcept {
  TimestampNs sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return b < 0 ? kFirst : kLast;
  return sum;
}

using Seconds = std::chrono::seconds;
using SysSeconds = date::sys_seconds;

// The instants an int64 of nanoseconds can hold, in seconds.
const SysSeconds kFirstSecond{Seconds{kFirst / kNsPerSecond}};
const SysSeconds kLastSecond{Seconds{kLast / kNsPerSecond}};

// The rule that holds after the last change of a zone file, such as "EST5EDT,M3.2.0,M11.1.0". The date
// library ends where the list of changes ends (2037, or 2007 where the system's files are of the slim kind),
// so the rule is read here.
std::string rule_after_last_change(const std::string& zone_name) {
  for (const char* folder : {"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/etc/zoneinfo/"}) {
    std::ifstream file(folder + zone_name, std::ios::binary);
    if (!file) continue;
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (bytes.size() < 3 || bytes.back() != '\n') return {};
    const std::size_t line = bytes.rfind('\n', bytes.size() - 2);
    return line == std::string::npos ? std::string() : bytes.substr(line + 1, bytes.size() - line - 2);
  }
  return {};
}

void append_period(SysSeconds from, std::int64_t offset_ns, std::vector<TimestampNs>& begin,
                   std::vector<std::int64_t>& offset) {
  if (!offset.empty() && offset.back() == offset_ns)
    return;  // a change of name alone is no change of the clock
  begin.push_back(offset.empty() ? kFirst : from.time_since_epoch().count() * kNsPerSecond);
  offset.push_back(offset_ns);
}

void append_listed_periods(const date::time_zone& zone, std::vector<TimestampNs>& begin,
                           std::vector<std::int64_t>& offset) {
  for (SysSeconds from = kFirstSecond; from < kLastSecond;) {
    const date::sys_info info = zone.get_info(from);
    append_period(from, info.offset.count() * kNsPerSecond, begin, offset);
    if (info.end <= from) return;
    from = info.end;
  }
}

void append_rule_periods(const std::string& zone_name, std::vector<TimestampNs>& begin,
                         std::vector<std::int64_t>& offset) {
  const std::optional<PosixTimeRule> rule = parse_posix_time_rule(rule_after_last_change(zone_name));
  if (!rule) return;
  const SysSeconds last_listed{Seconds{begin.back() / kNsPerSecond}};
  std::vector<std::pair<SysSeconds, std::int64_t>> changes;  // instant, offset from then on
  const int first_year = to_civil(std::max(begin.back(), TimestampNs{0})).year;
  for (int year = first_year; year < 2262; ++year) {
    changes.emplace_back(Seconds{rule->daylight_begins.local_second(year) - rule->standard_offset_s},
                         rule->daylight_offset_s);
    changes.emplace_back(Seconds{rule->daylight_ends.local_second(year) - rule->daylight_offset_s},
                         rule->standard_offset_s);
  }
  std::sort(changes.begin(), changes.end());  // south of the equator daylight saving ends before it begins
  for (const auto& [instant, offset_s] : changes) {
    if (instant > last_listed) append_period(instant, offset_s * kNsPerSecond, begin, offset);
  }
}

// The system's zones, without its copies in other folders ("posix/...", "right/...").
std::vector<std::string> known_zone_names() {
  std::vector<std::string> names;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    if (!zone.name().starts_with("posix") && !zone.name().starts_with("right")) names.push_back(zone.name());
  }
  return names;
}

// "new york", "America/new_york", "Amerca/New_York" -> "America/New_York".
std::optional<std::string> nearest_zone(std::string_view text) {
  std::string wanted = lower_case(text);
  std::replace(wanted.begin(), wanted.end(), ' ', '_');
  const std::vector<std::string> names = known_zone_names();
  std::vector<std::string> whole, city;
  for (const std::string& name : names) {
    whole.push_back(lower_case(name));
    city.push_back(whole.back().substr(whole.back().rfind('/') + 1));
  }
  const bool names_an_area = wanted.find('/') != std::string::npos;
  for (const std::vector<std::string>* words :
       {names_an_area ? &whole : &city, names_an_area ? &city : &whole}) {
    auto found = std::find(words->begin(), words->end(), wanted);
    if (found == words->end()) {
      const std::optional<std::string> near = nearest_word(wanted, *words);
      if (near) found = std::find(words->begin(), words->end(), *near);
    }
    if (found != words->end()) return names[static_cast<std::size_t>(found - words->begin())];
  }
  return std::nullopt;
}

const date::time_zone& locate(std::string_view name) {
  const auto unknown = [&](std::string_view hint) {
    return Error(
        ErrorKind::kUsage,
        fmt::format(
            "unknown time zone '{}'; {}. Expected an IANA name such as America/New_York, or an offset "
            "such as +02:00.",
            name, hint));
  };
  try {
    return *date::locate_zone(name);
  } catch (const std::runtime_error&) {
    std::optional<std::string> near;
    try {
      near = nearest_zone(name);
    } catch (const std::runtime_error&) {
      throw unknown("this machine has no time zone database: install the package tzdata");
    }
    throw unknown(near ? fmt::format("did you mean '{}'?", *near).c_str() : "no known zone is like it");
  }
}

// "+02:00", "-0330", "+5", "UTC+2", "GMT-05:30" -> ns; nothing when the text is no offset.
std::optional<std::int64_t> parse_offset(std::string_view text) {
  for (const std::string_view prefix : {"UTC", "utc", "GMT", "gmt"}) {
    if (text.starts_with(prefix)) {
      text.remove_prefix(prefix.size());
      break;
    }
  }
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);

  const auto number = [](std::string_view digits) -> std::optional<int> {
    if (digits.empty() || digits.size() > 2) return std::nullopt;
    int value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const std::size_t colon = text.find(':');
  std::optional<int> hours, minutes = 0;
  if (colon != std::string_view::npos) {
    hours = number(text.substr(0, colon));
    minutes = text.size() - colon == 3 ? number(text.substr(colon + 1)) : std::nullopt;
  } else if (text.size() == 4) {
    hours = number(text.substr(0, 2));
    minutes = number(text.substr(2));
  } else {
    hours = number(text);
  }
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * kNsPerHour + *minutes * kNsPerMinute);
}

std::string offset_name(std::int64_t offset_ns) {
  if (offset_ns == 0) return "UTC";
  const std::int64_t size = std::abs(offset_ns);
  std::string name = fmt::format("{}{:02}:{:02}", offset_ns < 0 ? '-' : '+', size / kNsPerHour,
                                 size % kNsPerHour / kNsPerMinute);
  if (size % kNsPerMinute != 0) name += fmt::format(":{:02}", size % kNsPerMinute / kNsPerSecond);
  return name;
}

}  // namespace

TimeZone TimeZone::utc() {
  return fixed_offset(0);
}

TimeZone TimeZone::fixed_offset(std::int64_t offset_ns) {
  auto impl = std::make_shared<Impl>();
  impl->begin = {kFirst};
  impl->offset = {offset_ns};
  impl->local_begin = {kFirst};
  impl->local_end = {kLast};
  impl->is_utc = offset_ns == 0;
  TimeZone zone;
  zone.name_ = offset_name(offset_ns);
  zone.impl_ = std::move(impl);
  return zone;
}

TimeZone TimeZone::parse(std::string_view text) {
  const std::string lower = lower_case(text);
  if (lower == "utc" || lower == "z" || lower == "gmt") return utc();
  if (const std::optional<std::int64_t> offset = parse_offset(text)) return fixed_offset(*offset);

  const date::time_zone& source = locate(text);
  auto impl = std::make_shared<Impl>();
  append_listed_periods(source, impl->begin, impl->offset);
  append_rule_periods(source.name(), impl->begin, impl->offset);

  const std::size_t count = impl->begin.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t offset = impl->offset[i];
    impl->local_begin.push_back(
        i == 0 ? kFirst : saturated_sum(impl->begin[i], std::max(offset, impl->offset[i - 1])));
    impl->local_end.push_back(
        i + 1 == count ? kLast : saturated_sum(impl->begin[i + 1], std::min(offset, impl->offset[i + 1])));
  }
  impl->is_utc = count == 1 && impl->offset[0] == 0;
  TimeZone zone;
  zone.name_ = std::string(text);
  zone.impl_ = std::move(impl);
  return zone;
}

bool TimeZone::is_utc() const noexcept {
  return impl_->is_utc;
}

LocalReading TimeZone::to_utc(TimestampNs local) const {
  const Impl& zone = *impl_;
  const std::size_t count = zone.begin.size();
  const auto clearly_in = [&](std::size_t i) {
    return i < count && zone.local_begin[i] <= local && (local < zone.local_end[i] || i + 1 == count);
  };
  for (const std::size_t guess : {last_period, last_period + 1}) {
    if (!clearly_in(guess)) continue;
    last_period = guess;
    const TimestampNs utc = saturated_sum(local, -zone.offset[guess]);
    return {LocalReading::Kind::kUnique, utc, utc};
  }

  // Near a change of the clock, or a jump in the data: every period that could hold the reading is tried.
  const auto after =
      std::upper_bound(zone.begin.begin(), zone.begin.end(), saturated_sum(local, -kWidestOffset));
  std::size_t period =
      after == zone.begin.begin() ? 0 : static_cast<std::size_t>(after - zone.begin.begin()) - 1;
  std::array<TimestampNs, 2> instants{};
  std::size_t found = 0;
  TimestampNs jump = zone.begin[period];
  for (; period < count && zone.begin[period] <= saturated_sum(local, kWidestOffset); ++period) {
    const TimestampNs utc = saturated_sum(local, -zone.offset[period]);
    if (utc < zone.begin[period]) continue;  // this period began later
    jump = period + 1 < count ? zone.begin[period + 1] : kLast;
    if (utc >= jump && period + 1 < count) continue;  // over before this reading
    if (found < instants.size()) instants[found++] = utc;
    last_period = period;
  }
  if (found == 0) return {LocalReading::Kind::kGap, jump, jump};
  if (found == 1) return {LocalReading::Kind::kUnique, instants[0], instants[0]};
  return {LocalReading::Kind::kOverlap, std::min(instants[0], instants[1]),
          std::max(instants[0], instants[1])};
}

TimestampNs TimeZone::to_local(TimestampNs utc) const {
  const Impl& zone = *impl_;
  const std::size_t count = zone.begin.size();
  const auto is_in = [&](std::size_t i) {
    return i < count && zone.begin[i] <= utc && (i + 1 == count || utc < zone.begin[i + 1]);
  };
  if (!is_in(last_period)) {
    const auto after = std::upper_bound(zone.begin.begin(), zone.begin.end(), utc);
    last_period = static_cast<std::size_t>(after - zone.begin.begin()) - 1;
  }
  return saturated_sum(utc, zone.offset[last_period]);
}

}  // namespace regimetry::market

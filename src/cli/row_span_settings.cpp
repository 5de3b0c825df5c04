#include "cli/row_span_settings.hpp"

#include <fmt/format.h>

#include <limits>

namespace regimetry::cli {
namespace {

constexpr std::size_t kDateChars = 10;  // 2019-12-31

std::optional<TimestampNs> end_of_day(TimestampNs midnight) {
  if (midnight > std::numeric_limits<TimestampNs>::max() - kNsPerDay) return midnight;
  return midnight + kNsPerDay - 1;
}

std::string not_a_stamp(const char* key, const std::string& word) {
  return fmt::format("{} is '{}', which is no stamp; write it as 2019-12-31 or 2019-12-31T21:00:00Z", key,
                     word);
}

}  // namespace

void RowSpanSettings::declare(SettingSchema& schema, const std::string& what) {
  schema.add("from", from_,
             fmt::format("Only rows from this stamp on are {}; a date is its midnight in UTC.", what),
             {.placeholder = "STAMP"});
  schema.add(
      "until", until_,
      fmt::format("Only rows whose bar is over by this stamp are {}; a date is the whole of that day.", what),
      {.placeholder = "STAMP"});
  schema.add_check([this] { return settle(); });
}

std::vector<std::string> RowSpanSettings::settle() {
  std::vector<std::string> problems;
  if (from_) {
    span_.first = parse_iso_timestamp(*from_);
    if (!span_.first) problems.push_back(not_a_stamp("from", *from_));
  }
  if (until_) settle_last_moment("until", *until_, span_, problems);
  if (span_.first && span_.last && *span_.first > *span_.last) {
    problems.push_back(fmt::format("from is {}, which is after until, {}", *from_, *until_));
  }
  return problems;
}

void settle_last_moment(const char* key, const std::string& word, features::RowSpan& span,
                        std::vector<std::string>& problems) {
  span.last = parse_iso_timestamp(word);
  span.last_is_date = span.last && word.size() == kDateChars;
  if (!span.last) problems.push_back(not_a_stamp(key, word));
  if (span.last_is_date) span.last = end_of_day(*span.last);
}

}  // namespace regimetry::cli

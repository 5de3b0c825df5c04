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
  schema.add("until", until_,
             fmt::format(
                 "Only rows up to this stamp are {}, itself included; a date is the whole day in UTC.", what),
             {.placeholder = "STAMP"});
  schema.add_check([this] { return settle(); });
}

std::vector<std::string> RowSpanSettings::settle() {
  std::vector<std::string> problems;
  if (from_) {
    first_ = parse_iso_timestamp(*from_);
    if (!first_) problems.push_back(not_a_stamp("from", *from_));
  }
  if (until_) last_ = settle_last_stamp("until", *until_, problems);
  if (first_ && last_ && *first_ > *last_) {
    problems.push_back(fmt::format("from is {}, which is after until, {}", *from_, *until_));
  }
  return problems;
}

std::optional<TimestampNs> settle_last_stamp(const char* key, const std::string& word,
                                             std::vector<std::string>& problems) {
  const std::optional<TimestampNs> stamp = parse_iso_timestamp(word);
  if (!stamp) problems.push_back(not_a_stamp(key, word));
  return stamp && word.size() == kDateChars ? end_of_day(*stamp) : stamp;
}

}  // namespace regimetry::cli

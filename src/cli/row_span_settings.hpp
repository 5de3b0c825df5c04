// --from and --until: which rows of a table a command works on, by their stamps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "core/time.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class RowSpanSettings {
 public:
  // `what` is named in the help, as in "Only rows ... are <what>".
  void declare(SettingSchema& schema, const std::string& what);

  // Both belong to the span; absent: open. A date without a clock is the whole day in UTC, so --until
  // 2019-12-31 ends with the last nanosecond of that day.
  [[nodiscard]] std::optional<TimestampNs> first() const noexcept { return first_; }
  [[nodiscard]] std::optional<TimestampNs> last() const noexcept { return last_; }

 private:
  std::vector<std::string> settle();

  std::optional<std::string> from_, until_;
  std::optional<TimestampNs> first_, last_;
};

// The last stamp that `word` includes: itself, or the end of its day. Adds to the problems, naming `key`,
// when it is none.
[[nodiscard]] std::optional<TimestampNs> settle_last_stamp(const char* key, const std::string& word,
                                                           std::vector<std::string>& problems);

}  // namespace regimetry::cli

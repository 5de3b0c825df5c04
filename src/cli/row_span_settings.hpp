// --from and --until: which rows of a table a command works on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "features/transform/input_table.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class RowSpanSettings {
 public:
  // `what` is named in the help, as in "Only rows ... are <what>".
  void declare(SettingSchema& schema, const std::string& what);

  // A date without a clock is the whole day, so --until 2019-12-31 ends with the last nanosecond of that day.
  [[nodiscard]] const features::RowSpan& span() const noexcept { return span_; }

 private:
  std::vector<std::string> settle();

  std::optional<std::string> from_, until_;
  features::RowSpan span_;
};

// Ends the span at the stamp that `word` is, or at the end of its day. Adds to the problems, naming `key`,
// when it is neither.
void settle_last_moment(const char* key, const std::string& word, features::RowSpan& span,
                        std::vector<std::string>& problems);

}  // namespace regimetry::cli

// One line that tells how far a stage is: `reading  [######------]  48 %  1.2M/s  3 s left`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace regimetry::cli {

struct ProgressState {
  std::string_view stage;
  std::int64_t done = 0;
  std::int64_t total = 0;       // 0: unknown, so no bar and no time left
  std::int64_t elapsed_ns = 0;  // since the stage began
};

// Units per second since the stage began; 0 when no time has passed.
[[nodiscard]] double progress_rate(const ProgressState& state) noexcept;
// Time until the end at that rate; -1 when it cannot be told.
[[nodiscard]] std::int64_t progress_left_ns(const ProgressState& state) noexcept;

// At most `width` columns.
[[nodiscard]] std::string progress_line(const ProgressState& state, int width);

}  // namespace regimetry::cli

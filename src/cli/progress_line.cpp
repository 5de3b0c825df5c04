#include "cli/progress_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/text_layout.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

constexpr int kBarColumns = 30;
constexpr int kMinBarColumns = 8;

[[nodiscard]] double fraction_done(const ProgressState& state) noexcept {
  return std::clamp(static_cast<double>(state.done) / static_cast<double>(state.total), 0.0, 1.0);
}

[[nodiscard]] std::string time_left_text(const ProgressState& state) {
  const std::int64_t left_ns = progress_left_ns(state);
  if (left_ns < 0) return {};
  // Whole seconds: a hectic fraction would promise a precision that an average rate does not have.
  const std::int64_t seconds = (left_ns + kNsPerSecond - 1) / kNsPerSecond;
  return fmt::format("  {} left", seconds == 0 ? "0 s" : format_duration(seconds * kNsPerSecond));
}

}  // namespace

double progress_rate(const ProgressState& state) noexcept {
  if (state.elapsed_ns <= 0) return 0;
  return static_cast<double>(state.done) * static_cast<double>(kNsPerSecond) /
         static_cast<double>(state.elapsed_ns);
}

std::int64_t progress_left_ns(const ProgressState& state) noexcept {
  if (state.total <= 0 || state.done <= 0 || state.elapsed_ns <= 0) return -1;
  const double remaining = static_cast<double>(std::max<std::int64_t>(state.total - state.done, 0));
  const double left_ns = remaining / static_cast<double>(state.done) * static_cast<double>(state.elapsed_ns);
  constexpr double kHundredDays = 100.0 * static_cast<double>(kNsPerDay);
  return left_ns > kHundredDays ? -1 : static_cast<std::int64_t>(left_ns);
}

std::string progress_line(const ProgressState& state, int width) {
  const double rate = progress_rate(state);
  const std::string rate_text = rate > 0 ? fmt::format("  {}/s", short_number(rate)) : std::string();
  const auto columns = static_cast<std::size_t>(std::max(width, 0));
  if (state.total <= 0) {
    const std::string line = fmt::format("{}  {}{}", state.stage, grouped_number(state.done), rate_text);
    return std::string(first_columns(line, columns));
  }
  const double fraction = fraction_done(state);
  const std::string tail = fmt::format("  {:3.0f} %{}{}", 100 * fraction, rate_text, time_left_text(state));
  const int room = width - static_cast<int>(display_width(state.stage) + display_width(tail)) - 4;
  if (room < kMinBarColumns)
    return std::string(first_columns(fmt::format("{}{}", state.stage, tail), columns));
  const int bar = std::min(room, kBarColumns);
  const int filled = static_cast<int>(fraction * bar);
  return fmt::format("{}  [{:#<{}}{:-<{}}]{}", state.stage, "", filled, "", bar - filled, tail);
}

}  // namespace regimetry::cli

#include "cli/console_observer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "cli/progress_line.hpp"
#include "cli/text_layout.hpp"

namespace regimetry::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kBarInterval = 100ms;
constexpr auto kJsonInterval = 1s;
// A stage that is over at once needs no bar.
constexpr auto kFirstBarDelay = 150ms;

constexpr std::string_view kRed = "31";
constexpr std::string_view kYellow = "33";
constexpr std::string_view kEraseLine = "\r\033[K";

[[nodiscard]] std::int64_t nanoseconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

void write_to_stderr(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nobody can be told that stderr is gone
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

ConsoleOptions standard_console() {
  ConsoleOptions options;
  options.terminal = inspect_terminal(STDERR_FILENO);
  options.write = write_to_stderr;
  options.steady_now = [] { return std::chrono::steady_clock::now(); };
  options.utc_now = [] {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count();
  };
  return options;
}

ConsoleObserver::ConsoleObserver(ConsoleOptions options) : options_(std::move(options)) {}

ConsoleObserver::~ConsoleObserver() {
  clear();
}

void ConsoleObserver::on_progress(std::string_view stage, std::int64_t done, std::int64_t total) {
  const bool shows_bar = options_.terminal.is_terminal && !options_.log_json;
  if (options_.quiet || !(shows_bar || options_.log_json || options_.verbose)) return;
  const std::lock_guard lock(mutex_);
  const TimePoint now = options_.steady_now();
  if (stage != stage_) {
    end_stage(now);
    start_stage(stage, now);
  }
  done_ = done;
  total_ = total;
  const auto interval = options_.log_json ? std::chrono::nanoseconds(kJsonInterval) : kBarInterval;
  const bool is_due =
      has_shown_ ? now - last_shown_ >= interval : options_.log_json || now - stage_start_ >= kFirstBarDelay;
  if (!is_due) return;
  last_shown_ = now;
  has_shown_ = true;
  if (options_.log_json) {
    write_json("progress", {{"stage", stage_}, {"done", done_}, {"total", total_}});
  } else if (shows_bar) {
    draw_bar();
  }
}

void ConsoleObserver::on_note(std::string_view text) {
  if (options_.quiet) return;
  const std::lock_guard lock(mutex_);
  if (options_.log_json) {
    write_json("note", {{"message", text}});
  } else {
    write_line(text);
  }
}

void ConsoleObserver::on_warning(std::string_view text) {
  if (options_.quiet) return;
  const std::lock_guard lock(mutex_);
  if (options_.log_json) {
    write_json("warning", {{"message", text}});
  } else {
    write_line(fmt::format("{} {}", colored("warning:", kYellow), text));
  }
}

void ConsoleObserver::on_error(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (options_.log_json) {
    write_json("error", {{"message", text}});
  } else {
    write_line(fmt::format("{} {}", colored("error:", kRed), text));
  }
}

void ConsoleObserver::on_finish(std::string_view wrote, std::string_view next_command) {
  const std::lock_guard lock(mutex_);
  end_stage(options_.steady_now());
  if (options_.quiet) return;
  if (options_.log_json) {
    write_json("done", {{"wrote", wrote}, {"next", next_command}});
    return;
  }
  std::string line(wrote);
  if (!next_command.empty()) line += fmt::format("{}next: {}", wrote.empty() ? "" : "; ", next_command);
  if (!line.empty()) write_line(line);
}

void ConsoleObserver::clear() {
  const std::lock_guard lock(mutex_);
  erase_bar();
}

void ConsoleObserver::start_stage(std::string_view stage, TimePoint now) {
  stage_ = stage;
  stage_start_ = now;
  has_shown_ = false;
}

void ConsoleObserver::end_stage(TimePoint now) {
  erase_bar();
  if (stage_.empty()) return;
  const std::int64_t elapsed_ns = nanoseconds(now - stage_start_);
  if (options_.log_json) {
    write_json("stage",
               {{"stage", stage_}, {"done", done_}, {"seconds", static_cast<double>(elapsed_ns) / 1e9}});
  } else if (options_.verbose) {
    write_line(fmt::format("{}: {} in {}", stage_, grouped_number(done_), format_duration(elapsed_ns)));
  }
  stage_.clear();
}

void ConsoleObserver::draw_bar() {
  const ProgressState state{
      .stage = stage_, .done = done_, .total = total_, .elapsed_ns = nanoseconds(last_shown_ - stage_start_)};
  // One column stays free: some terminals wrap when the last one is written.
  options_.write(fmt::format("{}{}", kEraseLine, progress_line(state, options_.terminal.width - 1)));
  bar_visible_ = true;
}

void ConsoleObserver::erase_bar() {
  if (bar_visible_) options_.write(kEraseLine);
  bar_visible_ = false;
}

void ConsoleObserver::write_line(std::string_view line) {
  const bool redraw = bar_visible_;
  erase_bar();
  options_.write(fmt::format("{}\n", line));
  if (redraw) draw_bar();
}

void ConsoleObserver::write_json(std::string_view level, nlohmann::json fields) {
  fields["time"] = format_timestamp(options_.utc_now());
  fields["level"] = level;
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;  // file names need not be UTF-8
  options_.write(fields.dump(-1, ' ', false, kReplace) + "\n");
}

std::string ConsoleObserver::colored(std::string_view text, std::string_view code) const {
  if (!options_.terminal.has_color) return std::string(text);
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

}  // namespace regimetry::cli

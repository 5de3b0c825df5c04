// What computing code reports -> a progress bar and lines on stderr, or JSON lines.
//
// On a terminal: one bar, redrawn at most ten times a second, cleared at the end. In a pipe: notes and
// warnings only. With --log-json: one JSON object per line, progress at most once a second. May be called
// from any thread.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "cli/terminal.hpp"
#include "core/observer.hpp"
#include "core/time.hpp"

namespace regimetry::cli {

struct ConsoleOptions {
  bool quiet = false;    // errors only
  bool verbose = false;  // and a line for every stage that ends
  bool log_json = false;
  Terminal terminal;  // of stderr
  // The outside, so that tests can hold it still.
  std::function<void(std::string_view)> write;  // to stderr, at once
  std::function<std::chrono::steady_clock::time_point()> steady_now;
  std::function<TimestampNs()> utc_now;
};

// Real clocks and file descriptor 2.
[[nodiscard]] ConsoleOptions standard_console();

class ConsoleObserver final : public Observer {
 public:
  explicit ConsoleObserver(ConsoleOptions options);
  ~ConsoleObserver() override;

  void on_progress(std::string_view stage, std::int64_t done, std::int64_t total) override;
  void on_note(std::string_view text) override;
  void on_warning(std::string_view text) override;
  // Shown even when quiet.
  void on_error(std::string_view text);
  // The closing line: what was written and what to run next (either may be empty).
  void on_finish(std::string_view wrote, std::string_view next_command);
  // Takes the bar off the screen so that something else can be printed; the next on_progress draws it again.
  void clear();

 private:
  using TimePoint = std::chrono::steady_clock::time_point;

  void start_stage(std::string_view stage, TimePoint now);
  void end_stage(TimePoint now);
  void draw_bar();
  void erase_bar();
  void write_line(std::string_view line);
  void write_json(std::string_view level, nlohmann::json fields);
  [[nodiscard]] std::string colored(std::string_view text, std::string_view code) const;

  ConsoleOptions options_;
  std::mutex mutex_;
  // The running stage; the name is empty before the first.
  std::string stage_;
  std::int64_t done_ = 0, total_ = 0;
  TimePoint stage_start_{}, last_shown_{};
  bool has_shown_ = false;  // this stage, at least once
  bool bar_visible_ = false;
};

}  // namespace regimetry::cli

#include "cli/console_observer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <thread>
#include <vector>

namespace regimetry::cli {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// An observer whose clock stands still unless moved and whose screen is a string.
struct Screen {
  std::string text;
  std::chrono::steady_clock::time_point now{1h};

  [[nodiscard]] ConsoleOptions options() {
    ConsoleOptions options;
    options.write = [this](std::string_view written) { text += written; };
    options.steady_now = [this] { return now; };
    options.utc_now = [] { return TimestampNs{0}; };
    return options;
  }
  [[nodiscard]] std::vector<json> json_lines() const {
    std::vector<json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
    return lines;
  }
  [[nodiscard]] int count(std::string_view part) const {
    int found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  }
};

TEST(ConsoleObserver, APipeSeesNotesAndNoProgress) {
  Screen screen;
  ConsoleObserver observer(screen.options());
  observer.on_progress("reading", 0, 10);
  screen.now += 10s;
  observer.on_progress("reading", 5, 10);
  observer.on_note("a note");
  observer.on_warning("careful");
  observer.on_error("broken");
  observer.on_finish("wrote x", "regimetry describe x");
  EXPECT_EQ(screen.text, "a note\nwarning: careful\nerror: broken\nwrote x; next: regimetry describe x\n");
}

TEST(ConsoleObserver, QuietLeavesErrorsOnly) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.quiet = true;
  options.terminal.is_terminal = true;
  ConsoleObserver observer(options);
  observer.on_progress("reading", 0, 10);
  screen.now += 10s;
  observer.on_progress("reading", 5, 10);
  observer.on_note("a note");
  observer.on_warning("careful");
  observer.on_finish("wrote x", "");
  observer.on_error("broken");
  EXPECT_EQ(screen.text, "error: broken\n");
}

TEST(ConsoleObserver, ATerminalSeesABarAtMostTenTimesASecondAndNothingInTheEnd) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.terminal.is_terminal = true;
  {
    ConsoleObserver observer(options);
    for (int ms = 0; ms <= 2'000; ++ms) {
      observer.on_progress("reading", ms, 2'000);
      screen.now += 1ms;
    }
    const int bars = screen.count("reading  [");
    EXPECT_GE(bars, 15);
    EXPECT_LE(bars, 20);
  }
  EXPECT_THAT(screen.text, testing::EndsWith("\r\033[K"));
}

TEST(ConsoleObserver, AStageThatEndsAtOnceShowsNoBar) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.terminal.is_terminal = true;
  ConsoleObserver observer(options);
  observer.on_progress("reading", 0, 2);
  screen.now += 50ms;
  observer.on_progress("reading", 2, 2);
  observer.on_finish("wrote x", "");
  EXPECT_EQ(screen.text, "wrote x\n");
}

TEST(ConsoleObserver, NotesStandAboveTheBar) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.terminal.is_terminal = true;
  ConsoleObserver observer(options);
  observer.on_progress("reading", 0, 2);
  screen.now += 1s;
  observer.on_progress("reading", 1, 2);
  screen.text.clear();
  observer.on_note("a note");
  EXPECT_THAT(screen.text, testing::StartsWith("\r\033[Ka note\n\r\033[Kreading  ["));
}

TEST(ConsoleObserver, ColorsOnlyWhereTheyAreWanted) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.terminal.has_color = true;
  ConsoleObserver(options).on_error("broken");
  EXPECT_EQ(screen.text, "\033[31merror:\033[0m broken\n");
}

TEST(ConsoleObserver, JsonLinesCarryTimeLevelAndAtMostOneProgressASecond) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.log_json = true;
  options.terminal.is_terminal = true;
  ConsoleObserver observer(options);
  for (int tenth = 0; tenth < 30; ++tenth) {
    observer.on_progress("reading", tenth, 30);
    screen.now += 100ms;
  }
  observer.on_note("a \"note\"\nof two lines");
  observer.on_error("bad byte \xff");
  observer.on_finish("wrote x", "next");
  const std::vector<json> lines = screen.json_lines();
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[0], (json{{"time", "1970-01-01T00:00:00Z"},
                            {"level", "progress"},
                            {"stage", "reading"},
                            {"done", 0},
                            {"total", 30}}));
  EXPECT_EQ(lines[1].at("done"), 10);
  EXPECT_EQ(lines[2].at("done"), 20);
  EXPECT_EQ(lines[3].at("message"), "a \"note\"\nof two lines");
  EXPECT_EQ(lines[4].at("level"), "error");
  EXPECT_EQ(lines[5].at("level"), "stage");
  EXPECT_EQ(lines[5].at("seconds"), 3.0);
  EXPECT_EQ(lines[6].at("wrote"), "wrote x");
}

TEST(ConsoleObserver, VerboseTellsHowLongAStageTook) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.verbose = true;
  ConsoleObserver observer(options);
  observer.on_progress("reading", 0, 5'000);
  screen.now += 2s;
  observer.on_progress("reading", 5'000, 5'000);
  observer.on_progress("writing", 0, 1);
  EXPECT_EQ(screen.text, "reading: 5,000 in 2 s\n");
}

TEST(ConsoleObserver, TakesReportsFromManyThreads) {
  Screen screen;
  ConsoleOptions options = screen.options();
  options.log_json = true;
  ConsoleObserver observer(options);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&observer, i] {
      for (int step = 0; step < 200; ++step) {
        observer.on_progress("stage " + std::to_string(step % 3), step, 200);
        observer.on_note(std::string(100, static_cast<char>('a' + i)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  int notes = 0;
  for (const json& line : screen.json_lines()) notes += line.at("level") == "note" ? 1 : 0;
  EXPECT_EQ(notes, 800);
}

}  // namespace
}  // namespace regimetry::cli

#include "hostile/hostile_runner.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::hostile {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr unsigned kHangSeconds = 200;
#else
constexpr unsigned kHangSeconds = 20;
#endif

// For the signal handler, which may touch little else.
std::array<char, 128> running_case{};

extern "C" void report_end(int signal_number) {
  const auto say = [](const char* text) {
    [[maybe_unused]] const ssize_t n = ::write(2, text, std::strlen(text));
  };
  say(signal_number == SIGALRM ? "\nhostile case did not end: " : "\nhostile case crashed: ");
  say(running_case.data());
  say("\n");
  ::signal(signal_number, SIG_DFL);
  ::raise(signal_number);
}

// Names the case when it crashes, and ends the process when it does not end by itself.
class Guard {
 public:
  explicit Guard(const std::string& name) {
    std::strncpy(running_case.data(), name.c_str(), running_case.size() - 1);
    for (const int number : {SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGABRT}) ::signal(number, report_end);
    ::alarm(kHangSeconds);
  }
  ~Guard() {
    ::alarm(0);
    for (const int number : {SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGABRT}) ::signal(number, SIG_DFL);
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
};

struct Answer {
  std::optional<std::string> refusal;  // the message of an Error
  std::optional<std::string> blunder;  // the message of anything else that was thrown
  ExpectedBars bars;
  double seconds = 0;
};

Answer ask(const HostileCase& hostile, const Reader& reader, const std::filesystem::path& path) {
  const Guard guard(hostile.name);
  Answer answer;
  const auto start = std::chrono::steady_clock::now();
  try {
    answer.bars = reader(path);
  } catch (const Error& error) {
    answer.refusal = error.what();
  } catch (const std::exception& other) {
    answer.blunder = other.what();
  }
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return answer;
}

bool same_number(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

bool same_bar(const ExpectedBar& a, const ExpectedBar& b) {
  return a.stamp == b.stamp && a.open == b.open && a.high == b.high && a.low == b.low && a.close == b.close &&
         same_number(a.volume, b.volume);
}

std::string bar_text(const ExpectedBar& bar) {
  return fmt::format("{} {} {} {} {} {}", format_timestamp(bar.stamp), bar.open, bar.high, bar.low, bar.close,
                     bar.volume);
}

// Where `bars` first differ from `expected`; "" when they do not.
std::string difference(const ExpectedBars& bars, const ExpectedBars& expected) {
  for (std::size_t i = 0; i < std::min(bars.size(), expected.size()); ++i) {
    if (same_bar(bars[i], expected[i])) continue;
    return fmt::format("bar {} is {}, not {}", i, bar_text(bars[i]), bar_text(expected[i]));
  }
  if (bars.size() == expected.size()) return "";
  return fmt::format("{} bars, not {}", bars.size(), expected.size());
}

// What is wrong with the answer; "" when nothing is.
std::string flaw_of(const HostileCase& hostile, const Answer& answer, Advice advice) {
  if (answer.blunder) return "threw something that is not an Error: " + *answer.blunder;
  const Expectation& expectation = hostile.expectation;
  if (answer.refusal) {
    if (!expectation.may_fail) return "refused a good file: " + *answer.refusal;
    const std::string flaw = message_flaw(*answer.refusal, hostile.file_name, advice);
    return flaw.empty() ? "" : flaw + ": " + *answer.refusal;
  }
  if (expectation.any_content) return "";
  if (expectation.outcomes.empty()) {
    return fmt::format("was read ({} bars{}) although nothing right can be in it", answer.bars.size(),
                       answer.bars.empty() ? "" : ", first " + bar_text(answer.bars.front()));
  }
  std::string flaw;
  for (const ExpectedBars& outcome : expectation.outcomes) {
    flaw = difference(answer.bars, outcome);
    if (flaw.empty()) return "";
  }
  return "gave wrong bars: " + flaw;
}

bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

// An instruction can be told by its verb, or by a flag to pass.
bool gives_advice(std::string_view message) {
  constexpr std::array kVerbs{"add",        "allow",  "check",    "choose", "convert", "copy",    "correct",
                              "decompress", "delete", "download", "drop",   "export",  "fetch",   "fix",
                              "give",       "keep",   "make",     "mend",   "name",    "pass",    "put",
                              "quote",      "remove", "rename",   "repair", "replace", "reshape", "save",
                              "set",        "settle", "split",    "try",    "unpack",  "use",     "write"};
  std::string lower(message);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower.find("--") != std::string::npos) return true;
  return std::ranges::any_of(kVerbs, [&](std::string_view verb) { return has_word(lower, verb); });
}

void print_slowest(std::vector<std::pair<double, std::string>> times) {
  if (times.size() == 1) return;
  std::ranges::sort(times, std::greater{});
  times.resize(std::min<std::size_t>(times.size(), 5));
  for (const auto& [seconds, name] : times) fmt::print("[ slowest  ] {:.3f} s {}\n", seconds, name);
}

}  // namespace

std::string message_flaw(std::string_view message, std::string_view file_name, Advice advice) {
  // A name that is not fit to print has no one right way to be shown.
  const std::string_view shown = file_name.substr(0, file_name.find_last_not_of('/') + 1);
  if (printable(shown, shown.size()) == shown && message.find(shown) == std::string_view::npos) {
    return "the message does not name the file";
  }
  const auto is_control = [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; };
  if (std::ranges::any_of(message, is_control)) return "the message holds control characters";
  if (message.size() > 4000) return "the message is longer than anyone reads";
  if (advice == Advice::kDemanded && !gives_advice(message)) return "the message does not say what to do";
  return "";
}

void run_cases(const HostileCases& cases, const Reader& reader, Advice advice) {
  std::vector<std::pair<double, std::string>> times;
  for (const HostileCase& hostile : cases) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / hostile.file_name;
    hostile.make(path);
    const Answer answer = ask(hostile, reader, path);
    times.emplace_back(answer.seconds, hostile.name);
    const std::string flaw = flaw_of(hostile, answer, advice);
    if (!flaw.empty())
      ADD_FAILURE() << hostile.name << " (" << hostile.description << "): " << printable(flaw, 1000);
    if (std::getenv("HOSTILE_VERBOSE") != nullptr) {
      fmt::print(
          "{:<32} {:.3f} s  {}\n", hostile.name, answer.seconds,
          answer.refusal ? printable(*answer.refusal, 400) : fmt::format("{} bars", answer.bars.size()));
    }
  }
  print_slowest(std::move(times));
}

}  // namespace regimetry::hostile

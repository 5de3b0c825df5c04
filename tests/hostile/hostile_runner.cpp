#include "hostile/hostile_runner.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::hostile {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif
constexpr unsigned kHangSeconds = kIsSanitized ? 200 : 20;

// Far more than any case needs. A file that fills the memory takes the machine down as surely as one that
// never ends.
constexpr long kMemoryKib = 3L * 1024 * 1024;

// How a case ended, as the child process tells it: one letter, then a message or the bars as they lie in
// memory.
constexpr char kRead = 'r', kRefused = 'e', kBlundered = 'b', kNotMade = 'm';

struct Answer {
  std::optional<std::string> refusal;  // the message of an Error
  std::optional<std::string> blunder;  // crash, hang, waste, or the message of anything else that was thrown
  ExpectedBars bars;
  double seconds = 0;
  long peak_kib = 0;
};

std::string bytes_of_answer(const HostileCase& hostile, const Reader& reader,
                            const std::filesystem::path& path) {
  try {
    hostile.make(path);
  } catch (const std::exception& error) {
    return std::string(1, kNotMade) + error.what();
  }
  ::alarm(kHangSeconds);  // ends this process by its default action
  try {
    const ExpectedBars bars = reader(path);
    return std::string(1, kRead) +
           std::string(reinterpret_cast<const char*>(bars.data()), bars.size() * sizeof(ExpectedBar));
  } catch (const Error& error) {
    return std::string(1, kRefused) + error.what();
  } catch (const std::exception& other) {
    return std::string(1, kBlundered) + "threw something that is not an Error: " + other.what();
  }
}

void send(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string receive(int descriptor) {
  std::string bytes;
  std::array<char, 4096> block{};
  for (ssize_t got = 0; (got = ::read(descriptor, block.data(), block.size())) > 0;) {
    bytes.append(block.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

void take_bytes(Answer& answer, const std::string& bytes) {
  if (bytes.empty()) {
    answer.blunder = "ended without a word";
    return;
  }
  const std::string rest = bytes.substr(1);
  if (bytes[0] == kRefused) answer.refusal = rest;
  if (bytes[0] == kBlundered) answer.blunder = rest;
  if (bytes[0] == kNotMade) answer.blunder = "could not be made: " + rest;
  if (bytes[0] != kRead) return;
  answer.bars.resize(rest.size() / sizeof(ExpectedBar));
  if (!rest.empty()) std::memcpy(answer.bars.data(), rest.data(), rest.size());
}

// Runs the case in a process of its own: a crash or a hang ends that process, is told from an answer, and
// leaves the other cases to run.
Answer ask(const HostileCase& hostile, const Reader& reader, const std::filesystem::path& path) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) throw std::runtime_error("no pipe");
  std::fflush(nullptr);
  const auto start = std::chrono::steady_clock::now();
  const ::pid_t child = ::fork();
  if (child == 0) {
    ::close(pipe_ends[0]);
    send(pipe_ends[1], bytes_of_answer(hostile, reader, path));
    ::_exit(0);
  }
  ::close(pipe_ends[1]);
  Answer answer;
  const std::string bytes = receive(pipe_ends[0]);
  ::close(pipe_ends[0]);
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) throw std::runtime_error("no process");
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  answer.peak_kib = usage.ru_maxrss;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    answer.blunder = fmt::format("did not end within {} s", kHangSeconds);
  } else if (WIFSIGNALED(status)) {
    answer.blunder = fmt::format("crashed: {}", ::strsignal(WTERMSIG(status)));
  } else if (WEXITSTATUS(status) != 0) {
    answer.blunder = fmt::format("crashed: exit status {}", WEXITSTATUS(status));
  } else {
    take_bytes(answer, bytes);
  }
  if (!kIsSanitized && !answer.blunder && answer.peak_kib > kMemoryKib) {
    answer.blunder = fmt::format("took {} MiB of memory", answer.peak_kib / 1024);
  }
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
  if (answer.blunder) return *answer.blunder;
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

void print_answer(const HostileCase& hostile, const Answer& answer) {
  const std::string words = answer.blunder   ? *answer.blunder
                            : answer.refusal ? *answer.refusal
                                             : fmt::format("{} bars", answer.bars.size());
  fmt::print("{:<32} {:6.3f} s {:5} MiB  {}\n", hostile.name, answer.seconds, answer.peak_kib / 1024,
             printable(words, 400));
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
    const Answer answer = ask(hostile, reader, path);
    times.emplace_back(answer.seconds, hostile.name);
    const std::string flaw = flaw_of(hostile, answer, advice);
    if (!flaw.empty())
      ADD_FAILURE() << hostile.name << " (" << hostile.description << "): " << printable(flaw, 1000);
    if (std::getenv("HOSTILE_VERBOSE") != nullptr) print_answer(hostile, answer);
  }
  print_slowest(std::move(times));
}

}  // namespace regimetry::hostile

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
#include <set>
#include <stdexcept>
#include <vector>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/temporary_folder.hpp"
#include "hostile/hostile_table.hpp"

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

// What the child sends: the seconds that reading took, one letter, and what belongs to it.
std::string bytes_of_answer(const HostileCase& hostile, const Reader& reader,
                            const std::filesystem::path& path) {
  const auto packed = [](double seconds, char letter, std::string_view rest) {
    std::string bytes(sizeof seconds, '\0');
    std::memcpy(bytes.data(), &seconds, sizeof seconds);
    return bytes + letter + std::string(rest);
  };
  try {
    hostile.make(path);
  } catch (const std::exception& error) {
    return packed(0, kNotMade, error.what());
  }
  ::alarm(kHangSeconds);  // ends this process by its default action
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  try {
    const ExpectedBars bars = reader(path);
    return packed(seconds(), kRead,
                  {reinterpret_cast<const char*>(bars.data()), bars.size() * sizeof(ExpectedBar)});
  } catch (const Error& error) {
    return packed(seconds(), kRefused, error.what());
  } catch (const std::exception& other) {
    return packed(seconds(), kBlundered,
                  std::string("threw something that is not an Error: ") + other.what());
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
  if (bytes.size() <= sizeof answer.seconds) {
    answer.blunder = "ended without a word";
    return;
  }
  std::memcpy(&answer.seconds, bytes.data(), sizeof answer.seconds);
  const char letter = bytes[sizeof answer.seconds];
  const std::string rest = bytes.substr(sizeof answer.seconds + 1);
  if (letter == kRefused) answer.refusal = rest;
  if (letter == kBlundered) answer.blunder = rest;
  if (letter == kNotMade) answer.blunder = "could not be made: " + rest;
  if (letter != kRead) return;
  answer.bars.resize(rest.size() / sizeof(ExpectedBar));
  if (!rest.empty()) std::memcpy(answer.bars.data(), rest.data(), rest.size());
}

// Runs the case in a process of its own: a crash or a hang ends that process, is told from an answer, and
// leaves the other cases to run.
Answer ask(const HostileCase& hostile, const Reader& reader, const std::filesystem::path& path) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) throw std::runtime_error("no pipe");
  std::fflush(nullptr);
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
  answer.peak_kib = usage.ru_maxrss;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    answer.seconds = kHangSeconds;
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
    std::string flaw =
        fmt::format("was read ({} bars) although nothing right can be in it", answer.bars.size());
    for (const std::size_t i : {std::size_t{0}, std::size_t{kChangedRow}}) {
      if (i < answer.bars.size()) flaw += fmt::format("; bar {} is {}", i, bar_text(answer.bars[i]));
    }
    return flaw;
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

// The entry of `findings` that covers the case.
std::optional<std::string> finding_of(std::string_view name, const std::vector<std::string>& findings) {
  for (const std::string& finding : findings) {
    const bool is_prefix = finding.ends_with('*');
    if (is_prefix ? name.starts_with(std::string_view(finding).substr(0, finding.size() - 1))
                  : name == finding) {
      return finding;
    }
  }
  return std::nullopt;
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

void run_cases(const HostileCases& cases, const Reader& reader, const RunOptions& options) {
  std::vector<std::pair<double, std::string>> times;
  std::set<std::string> seen_findings;
  for (const HostileCase& hostile : cases) {
    const TemporaryFolder folder;
    const Answer answer = ask(hostile, reader, folder / hostile.file_name);
    times.emplace_back(answer.seconds, hostile.name);
    if (std::getenv("HOSTILE_VERBOSE") != nullptr) print_answer(hostile, answer);
    const std::string flaw = flaw_of(hostile, answer, options.advice);
    if (flaw.empty()) continue;
    const std::optional<std::string> finding = finding_of(hostile.name, options.open_findings);
    if (finding) {
      seen_findings.insert(*finding);
      fmt::print("[ open     ] {}: {}\n", hostile.name, printable(flaw, 200));
    } else {
      ADD_FAILURE() << hostile.name << " (" << hostile.description << "): " << printable(flaw, 1000);
    }
  }
  for (const std::string& finding : options.open_findings) {
    if (!seen_findings.contains(finding)) ADD_FAILURE() << finding << " is mended: take it off the list";
  }
  print_slowest(std::move(times));
}

}  // namespace regimetry::hostile

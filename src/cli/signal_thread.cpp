#include "cli/signal_thread.hpp"

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

#include "core/atomic_file.hpp"

namespace regimetry::cli {
namespace {

constexpr int kStopSignal = SIGUSR2;  // from our destructor, to wake the thread up

[[nodiscard]] bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

[[noreturn]] void end_process(int signal) {
  remove_pending_files();
  constexpr std::string_view kEraseLine = "\r\033[K";
  if (isatty(STDERR_FILENO) != 0) {
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kEraseLine.data(), kEraseLine.size());
  }
  // A file that a computing thread began meanwhile.
  remove_pending_files();
  // Of the signal itself, not with a code that only looks like it: a shell that runs us in a loop stops then,
  // too. Not by exit(): destructors would wait for the computing threads.
  std::signal(signal, SIG_DFL);
  sigset_t only_this;
  sigemptyset(&only_this);
  sigaddset(&only_this, signal);
  pthread_sigmask(SIG_UNBLOCK, &only_this, nullptr);
  raise(signal);
  _exit(128 + signal);
}

}  // namespace

SignalThread::SignalThread() {
  sigemptyset(&signals_);
  for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signal)) sigaddset(&signals_, signal);
  }
  sigaddset(&signals_, kStopSignal);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] { wait_for_signal(); });
}

SignalThread::~SignalThread() {
  is_stopping_ = true;
  pthread_kill(thread_.native_handle(), kStopSignal);
  thread_.join();
}

void SignalThread::wait_for_signal() const {
  int signal = 0;
  while (!is_stopping_) {
    if (sigwait(&signals_, &signal) == 0 && signal != kStopSignal) end_process(signal);
  }
}

}  // namespace regimetry::cli

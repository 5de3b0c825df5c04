// Ctrl-C, and what else asks the program to end: no half-written file stays behind.
//
// A thread of its own waits for the signals, so cleaning up may do whatever it needs (a signal handler may
// not).
#pragma once

#include <atomic>
#include <csignal>
#include <thread>

namespace regimetry::cli {

class SignalThread {
 public:
  // Blocks SIGINT, SIGTERM and SIGHUP for this thread and those it starts, and waits for them elsewhere. When
  // one comes, pending files are removed and the process ends with 128 + its number. Signals that the parent
  // told us to ignore (nohup) stay ignored. Make it before any other thread.
  SignalThread();
  ~SignalThread();
  SignalThread(const SignalThread&) = delete;
  SignalThread& operator=(const SignalThread&) = delete;

 private:
  void wait_for_signal() const;

  sigset_t signals_{};
  std::atomic<bool> is_stopping_ = false;
  std::thread thread_;
};

}  // namespace regimetry::cli

// Keeps what it is told, for tests of what users are told.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/observer.hpp"

namespace regimetry::market {

class RecordingObserver final : public Observer {
 public:
  void on_note(std::string_view text) override { keep(notes, text); }
  void on_warning(std::string_view text) override { keep(warnings, text); }
  std::vector<std::string> notes, warnings;

 private:
  void keep(std::vector<std::string>& to, std::string_view text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    to.emplace_back(text);
  }
  std::mutex mutex_;
};

}  // namespace regimetry::market

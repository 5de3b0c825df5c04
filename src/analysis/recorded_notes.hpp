// An observer that remembers what was said, and passes warnings and progress on.
//
// Why: a stage that is skipped says nothing, but what it said when it ran is as true as its files are. Notes
// of a dozen stages would bury what matters; run.json and the report hold them.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.hpp"

namespace regimetry::analysis {

struct SpokenWords {
  std::vector<std::string> notes, warnings;
};

// Borrows `outer`, which must outlive it. May be called from any thread.
class RecordedNotes final : public Observer {
 public:
  explicit RecordedNotes(Observer& outer) : outer_(outer) {}

  void on_progress(std::string_view stage, std::int64_t done, std::int64_t total) override {
    outer_.on_progress(stage, done, total);
  }
  void on_note(std::string_view text) override { remember(words_.notes, text); }
  void on_warning(std::string_view text) override {
    remember(words_.warnings, text);
    outer_.on_warning(text);
  }

  [[nodiscard]] SpokenWords words() const {
    const std::scoped_lock lock(mutex_);
    return words_;
  }

 private:
  void remember(std::vector<std::string>& list, std::string_view text) {
    const std::scoped_lock lock(mutex_);
    list.emplace_back(text);
  }

  Observer& outer_;
  mutable std::mutex mutex_;
  SpokenWords words_;
};

}  // namespace regimetry::analysis

// Notes of many files, kept and told together.
//
// Why: files are read by several threads, and three thousand files of one export would say the same three
// thousand times.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/observer.hpp"

namespace regimetry::market {

// Keeps notes and warnings of one file; progress is dropped. Safe from any thread.
class NoteBook final : public Observer {
 public:
  void on_note(std::string_view text) override { keep(false, text); }
  void on_warning(std::string_view text) override { keep(true, text); }

  struct Entry {
    bool is_warning = false;
    std::string text;
  };
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  void keep(bool is_warning, std::string_view text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    entries_.push_back({is_warning, std::string(text)});
  }
  std::mutex mutex_;
  std::vector<Entry> entries_;
};

// Tells all notes to `observer`, in the order of the files. Those that differ only in the name of their file
// ("<source>: " at the start) are told once, with the number of further files.
void tell_together(const std::vector<const NoteBook*>& books, const std::vector<std::string>& sources,
                   Observer& observer);

}  // namespace regimetry::market

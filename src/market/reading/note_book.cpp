#include "market/reading/note_book.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace regimetry::market {

void tell_together(const std::vector<const NoteBook*>& books, const std::vector<std::string>& sources,
                   Observer& observer) {
  struct Saying {
    bool is_warning;
    std::string first_text;
    std::int64_t file_count;
    std::size_t last_file;
  };
  std::vector<Saying> sayings;
  std::unordered_map<std::string, std::size_t> saying_by_text;  // without the file's name
  for (std::size_t f = 0; f < books.size(); ++f) {
    for (const NoteBook::Entry& entry : books[f]->entries()) {
      const bool names_file = entry.text.starts_with(sources[f]);
      const std::string shared = names_file ? entry.text.substr(sources[f].size()) : entry.text;
      const auto [found, is_new] = saying_by_text.try_emplace(shared, sayings.size());
      if (is_new) {
        sayings.push_back({entry.is_warning, entry.text, 1, f});
      } else if (Saying& saying = sayings[found->second]; saying.last_file != f) {
        ++saying.file_count;
        saying.last_file = f;
      }
    }
  }
  for (const Saying& saying : sayings) {
    const std::string text =
        saying.file_count == 1 ? saying.first_text
                               : fmt::format("{} (and {} more {})", saying.first_text, saying.file_count - 1,
                                             saying.file_count == 2 ? "file" : "files");
    saying.is_warning ? observer.on_warning(text) : observer.on_note(text);
  }
}

}  // namespace regimetry::market

// The bytes of a text, from a file or from memory, block by block.
//
// Why not a memory map: a file that shrinks while it is read would kill the process, and mapped pages count
// as its memory. Blocks are read into the caller's buffer instead, so a 700 MB file costs one buffer per
// thread. Owner: a file's descriptor is owned here; memory is borrowed unless handed over. Const members may
// run in parallel.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace regimetry::market {

class TextSource {
 public:
  // Throws Error (kData) when the path is missing, a directory, unreadable or not a plain file.
  [[nodiscard]] static TextSource open(const std::filesystem::path& path);
  [[nodiscard]] static TextSource borrow(std::string_view bytes,
                                         std::string_view name);  // `bytes` must outlive it
  [[nodiscard]] static TextSource own(std::string bytes, std::string_view name);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }  // for messages
  [[nodiscard]] std::int64_t size() const noexcept { return size_; }
  // Bytes begin, ..., end - 1; the view points into `buffer` or into the memory itself.
  [[nodiscard]] std::string_view read(std::int64_t begin, std::int64_t end, std::string& buffer) const;
  // The same, followed by one '\n' when the last byte is none: parsers then need no check for the end.
  [[nodiscard]] std::string_view read_lines(std::int64_t begin, std::int64_t end, std::string& buffer) const;
  [[nodiscard]] std::string read_all() const;

 private:
  struct File;
  std::string name_;
  std::int64_t size_ = 0;
  std::string_view bytes_;                    // memory, when there is no file
  std::shared_ptr<const std::string> owned_;  // backs bytes_ where it was handed over
  std::shared_ptr<const File> file_;
};

}  // namespace regimetry::market

// A regular file opened for reading, with the ways in which a path can disappoint turned into words.
//
// Why: opening a named pipe waits for a writer for ever, a device has no end, and a folder opens like a file
// and fails later. All are refused here before a byte is read. Errors are kData: the path came from the user
// as input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace regimetry {

class InputFile {
 public:
  // Throws Error (kData) when the file is missing, a folder, not a regular file or unreadable. Links are
  // followed.
  explicit InputFile(std::filesystem::path path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  // Bytes when it was opened. Files of /proc say 0 and hold more.
  [[nodiscard]] std::uintmax_t size() const noexcept { return size_; }
  // Reads from where the last read ended until `out` is full or the file ends; returns how many bytes that
  // were.
  std::size_t read(std::span<std::byte> out);
  // As read(), but a file that ends before `out` is full is an Error (kData): it shrank while being read.
  void read_exactly(std::span<std::byte> out);

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uintmax_t size_ = 0;
};

// Throws Error (kData) when `byte_count` exceeds the memory of this machine. Why: on Linux a far too large
// allocation succeeds, and the process is killed without a word when it touches the pages.
void require_fits_in_memory(std::uintmax_t byte_count, const std::filesystem::path& path);

}  // namespace regimetry

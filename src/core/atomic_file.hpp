// Files that appear whole or not at all: written beside their final name, synced, then renamed over it.
//
// Why: a reader, a crash or Ctrl-C must never meet half a file. The temporary is `.<name>.<pid>.<n>.tmp` in
// the same folder (rename is atomic only within one file system). Temporaries of a process that is
// interrupted are removed by remove_pending_files(), which the command line calls from its signal thread.
//
// What becomes of what was there: a regular file keeps its permissions (and its owner, where this process may
// give files away); a write-protected one is refused, although rename could replace it. A link stays a link:
// the file it points to is replaced, in its own folder. A folder, pipe or device is refused. A new file gets
// the permissions of the umask.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace regimetry {

class AtomicFile {
 public:
  // Reserves the temporary name; creates no file yet. What would make commit() fail is found here, before
  // hours of computing: a missing or unwritable parent folder or an unusable target is an Error (kUsage)
  // naming it.
  explicit AtomicFile(const std::filesystem::path& final_path);
  // Removes the temporary unless commit() succeeded.
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // Write here, with any tool (DuckDB writes Parquet to a path by itself).
  [[nodiscard]] const std::filesystem::path& temporary_path() const noexcept { return temporary_path_; }
  // fsync of the file, rename, fsync of the folder. Throws Error (kInternal) saying what failed, such as a
  // full disk; the old content is then still in place and the temporary is gone.
  void commit();

 private:
  std::filesystem::path shown_path_;  // as the caller gave it, for messages
  std::filesystem::path final_path_, temporary_path_;
  bool committed_ = false;
};

// Writes `bytes` to `path` atomically.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);
// The pieces one after another, so that a header and large data need not be copied together first.
void write_file_atomically(const std::filesystem::path& path, std::span<const std::string_view> pieces);

// Deletes the temporaries of this process that are still pending; returns how many. Safe from any thread, but
// not from a signal handler (it takes a lock). Made to be followed by the end of the process.
int remove_pending_files() noexcept;

// The whole file as bytes. Throws Error (kData) when it is missing, a folder, not a regular file (a pipe
// could wait for ever), unreadable, or larger than `max_bytes` or the memory of this machine.
[[nodiscard]] std::string read_file(const std::filesystem::path& path,
                                    std::uintmax_t max_bytes = UINTMAX_MAX);

}  // namespace regimetry

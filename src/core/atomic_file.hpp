// Files that appear whole or not at all: written beside their final name, synced, then renamed over it.
//
// Why: a reader, a crash or Ctrl-C must never meet half a file. The temporary is `.<name>.<pid>.<n>.tmp` in the same
// folder (rename is atomic only within one file system). Temporaries of a process that is interrupted are removed by
// remove_pending_files(), which the command line calls from its signal thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace regimetry {

class AtomicFile {
 public:
  // Reserves the temporary name; creates no file yet. Missing parent folders are an error (kUsage) naming the folder.
  explicit AtomicFile(std::filesystem::path final_path);
  // Removes the temporary unless commit() succeeded.
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // Write here, with any tool (DuckDB writes Parquet to a path by itself).
  [[nodiscard]] const std::filesystem::path& temporary_path() const noexcept { return temporary_path_; }
  // fsync of the file, rename, fsync of the folder. Throws Error (kInternal) saying what failed, such as a full disk.
  void commit();

 private:
  std::filesystem::path final_path_, temporary_path_;
  bool committed_ = false;
};

// Writes `bytes` to `path` atomically.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// Deletes the temporaries of this process that are still pending; returns how many. Safe from any thread.
int remove_pending_files() noexcept;

// The whole file as bytes. Throws Error (kData) when it is missing, a folder, unreadable or larger than `max_bytes`.
[[nodiscard]] std::string read_file(const std::filesystem::path& path, std::uintmax_t max_bytes = UINTMAX_MAX);

}  // namespace regimetry

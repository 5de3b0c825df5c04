#include "core/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <vector>

#include "core/error.hpp"
#include "core/input_file.hpp"
#include "core/printable.hpp"

namespace regimetry {
namespace {

namespace fs = std::filesystem;

// The temporaries that have no final name yet. The process id keeps a forked child from deleting its parent's
// files.
struct PendingFile {
  fs::path path;
  ::pid_t owner;
};

struct PendingFiles {
  std::mutex mutex;
  std::vector<PendingFile> files;
  std::uint64_t next_number = 0;
};

PendingFiles& pending_files() {
  // Never destroyed: an AtomicFile of static duration may outlive any order of destruction.
  static auto* const pending = new PendingFiles;
  return *pending;
}

std::string words_for(int code) {
  if (code == ENOSPC) return "the disk is full; free some space or choose another folder";
  if (code == EDQUOT) return "your disk quota is used up; free some space or choose another folder";
  if (code == EFBIG)
    return "the file is larger than the file system or `ulimit -f` allows; choose another folder";
  if (code == EROFS) return "the file system is read-only; choose another folder";
  return std::generic_category().message(code);
}

[[noreturn]] void fail_to_write(const fs::path& path, std::string_view step, int code) {
  throw Error(ErrorKind::kInternal,
              fmt::format("{}: could not be written: {}: {}. What was there before is unchanged.",
                          printable_path(path), step, words_for(code)));
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(ErrorKind::kUsage, fmt::format("{}: {}", printable_path(path), why));
}

// The path that the rename shall replace: links are followed to the end, also to a file that does not exist
// yet.
fs::path follow_links(const fs::path& path) {
  constexpr int kMaxLinks = 40;  // as in the kernel
  fs::path followed = path;
  for (int links = 0; links <= kMaxLinks; ++links) {
    std::error_code none;
    if (!fs::is_symlink(fs::symlink_status(followed, none))) return followed;
    const fs::path target = fs::read_symlink(followed, none);
    followed = target.is_absolute() ? target : followed.parent_path() / target;
  }
  refuse(path, "is a link that leads back to itself. Correct the link, or write to another name.");
}

// With the rights that count when files are opened: access() asks about those of the user who started the
// program.
bool may_access(const fs::path& path, int mode) {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0;
}

void require_usable_target(const fs::path& shown, const fs::path& target) {
  if (shown.empty())
    throw Error(ErrorKind::kUsage, "the name of the output file is empty. Give the path of a file.");
  if (!target.has_filename() || target.filename() == "." || target.filename() == "..") {
    refuse(shown, "names a folder. Give the name of a file inside it.");
  }
  struct stat status {};
  if (::stat(target.c_str(), &status) != 0) return;  // nothing there; the folder is checked by itself
  if (S_ISDIR(status.st_mode)) refuse(shown, "is a folder. Give the name of a file inside it.");
  if (!S_ISREG(status.st_mode))
    refuse(shown, "is a pipe or a device, which cannot be replaced. Write to a file.");
  if (!may_access(target, W_OK)) {
    refuse(shown, "is write-protected. Allow writing (chmod u+w), or choose another name.");
  }
}

void require_usable_folder(const fs::path& shown, const fs::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) {
    if (errno == ENOENT) {
      refuse(shown,
             fmt::format("the folder '{0}' does not exist. Make it (mkdir -p '{0}'), or write elsewhere.",
                         printable_path(folder)));
    }
    refuse(shown,
           fmt::format("the folder '{}' cannot be used ({}).", printable_path(folder), words_for(errno)));
  }
  if (!S_ISDIR(status.st_mode)) {
    refuse(shown, fmt::format("'{}' is a file, not a folder. Write elsewhere.", printable_path(folder)));
  }
  if (!may_access(folder, W_OK | X_OK)) {
    refuse(shown, fmt::format("the folder '{}' cannot be written to ({}). Choose another folder.",
                              printable_path(folder), words_for(errno)));
  }
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// `.<name>.<pid>.<n>.tmp`, not yet taken; a long name is cut so that the whole stays within what a folder can
// hold.
fs::path temporary_name(const fs::path& target, std::uint64_t number) {
  const std::string ending = fmt::format(".{}.{}.tmp", ::getpid(), number);
  std::string name = target.filename().string();
  name.resize(std::min(name.size(), NAME_MAX - 1 - ending.size()));
  return target.parent_path() / ("." + name + ending);
}

fs::path reserve_temporary(const fs::path& target) {
  PendingFiles& pending = pending_files();
  const std::lock_guard lock(pending.mutex);
  fs::path name;
  std::error_code none;
  do {  // a name may be taken by a crashed process that had our id
    name = temporary_name(target, pending.next_number++);
  } while (fs::exists(fs::symlink_status(name, none)));
  pending.files.push_back({name, ::getpid()});
  return name;
}

void forget_temporary(const fs::path& temporary) {
  PendingFiles& pending = pending_files();
  const std::lock_guard lock(pending.mutex);
  std::erase_if(pending.files, [&](const PendingFile& file) { return file.path == temporary; });
}

// Closes on every way out. close() of its own reports the errors that a network file system delays until
// then.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  int close() {
    const int result = ::close(number_);
    number_ = -1;
    return result;
  }

 private:
  int number_;
};

// A replaced file keeps its permissions and owner. Giving a file away needs rights that most processes lack,
// so a failure of that part is not an error; the owner goes first because changing it may clear permission
// bits.
void inherit_permissions(int descriptor, const fs::path& target, const fs::path& shown) {
  struct stat old_status {};
  if (::stat(target.c_str(), &old_status) != 0) return;
  struct stat new_status {};
  if (::fstat(descriptor, &new_status) != 0) fail_to_write(shown, "looking at the new file", errno);
  if (old_status.st_uid != new_status.st_uid || old_status.st_gid != new_status.st_gid) {
    [[maybe_unused]] const int ignored = ::fchown(descriptor, old_status.st_uid, old_status.st_gid);
  }
  constexpr ::mode_t kPermissionBits = 07777;
  if (::fchmod(descriptor, old_status.st_mode & kPermissionBits) != 0) {
    fail_to_write(shown, "setting permissions", errno);
  }
}

// Makes the new name itself survive a power cut. Some file systems cannot sync folders and say so; that is
// their promise to keep names safe by other means.
void sync_folder(const fs::path& folder, const fs::path& shown) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.is_open() && errno == EACCES) return;  // a folder that may be written but not listed
  if (descriptor.is_open() && ::fsync(descriptor.number()) == 0) return;
  if (errno == EINVAL || errno == ENOTSUP) return;
  throw Error(
      ErrorKind::kInternal,
      fmt::format(
          "{}: was written, but its folder could not be synced ({}): after a power cut it may be gone. "
          "Check the disk and write it again.",
          printable_path(shown), words_for(errno)));
}

void write_all(int descriptor, std::string_view bytes, const fs::path& shown) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_to_write(shown, "writing", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

AtomicFile::AtomicFile(const fs::path& final_path)
    : shown_path_(final_path), final_path_(follow_links(final_path)) {
  require_usable_target(shown_path_, final_path_);
  require_usable_folder(shown_path_, folder_of(final_path_));
  temporary_path_ = reserve_temporary(final_path_);
}

AtomicFile::~AtomicFile() {
  if (committed_) return;
  ::unlink(temporary_path_.c_str());
  forget_temporary(temporary_path_);
}

void AtomicFile::commit() {
  if (committed_)
    throw Error(ErrorKind::kInternal, fmt::format("{}: was already committed.", printable_path(shown_path_)));
  // Never through a link or a pipe that someone else has put at the temporary name.
  Descriptor file(::open(temporary_path_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open()) fail_to_write(shown_path_, "opening the temporary file", errno);
  require_usable_target(shown_path_, final_path_);  // again: much may have happened since the constructor
  inherit_permissions(file.number(), final_path_, shown_path_);
  if (::fsync(file.number()) != 0) fail_to_write(shown_path_, "syncing to disk", errno);
  if (file.close() != 0) fail_to_write(shown_path_, "closing", errno);
  if (::rename(temporary_path_.c_str(), final_path_.c_str()) != 0)
    fail_to_write(shown_path_, "renaming", errno);
  committed_ = true;
  forget_temporary(temporary_path_);
  sync_folder(folder_of(final_path_), shown_path_);
}

void write_file_atomically(const fs::path& path, std::string_view bytes) {
  write_file_atomically(path, std::span(&bytes, 1));
}

void write_file_atomically(const fs::path& path, std::span<const std::string_view> pieces) {
  AtomicFile file(path);
  constexpr ::mode_t kReadWriteForAll = 0666;  // less what the umask takes away
  Descriptor descriptor(
      ::open(file.temporary_path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadWriteForAll));
  if (!descriptor.is_open()) fail_to_write(path, "creating a file in that folder", errno);
  for (const std::string_view piece : pieces) write_all(descriptor.number(), piece, path);
  if (descriptor.close() != 0) fail_to_write(path, "closing", errno);
  file.commit();
}

int remove_pending_files() noexcept {
  PendingFiles& pending = pending_files();
  const std::lock_guard lock(pending.mutex);
  int removed = 0;
  std::erase_if(pending.files, [&](const PendingFile& file) {
    if (file.owner != ::getpid() || ::unlink(file.path.c_str()) != 0)
      return false;  // reserved, perhaps made in a moment
    ++removed;
    return true;
  });
  return removed;
}

std::string read_file(const fs::path& path, std::uintmax_t max_bytes) {
  InputFile file(path);
  const auto refuse_if_larger = [&](std::uintmax_t byte_count) {
    if (byte_count <= max_bytes) return;
    throw Error(ErrorKind::kData,
                fmt::format("{}: holds more than the {} bytes that are allowed here. Check that it is "
                            "the right file.",
                            printable_path(path), max_bytes));
  };
  refuse_if_larger(file.size());
  require_fits_in_memory(file.size(), path);
  std::string bytes(static_cast<std::size_t>(file.size()), '\0');
  bytes.resize(file.read(std::as_writable_bytes(std::span(bytes))));
  // A file that is growing, or one of /proc, holds more than it said.
  constexpr std::size_t kBlockBytes = 65'536;
  for (std::size_t got = kBlockBytes; got == kBlockBytes;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kBlockBytes);
    got = file.read(std::as_writable_bytes(std::span(bytes).subspan(before)));
    bytes.resize(before + got);
    refuse_if_larger(bytes.size());
  }
  return bytes;
}

}  // namespace regimetry

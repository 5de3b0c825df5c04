#include "core/input_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/printable.hpp"

namespace regimetry {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", printable_path(path), what));
}

[[noreturn]] void fail_to_open(const std::filesystem::path& path, int code) {
  if (path.empty())
    throw Error(ErrorKind::kData, "the name of the input file is empty. Give the path of a file.");
  if (code == ENOENT) {
    // stat() follows links and lstat() does not: where only the latter finds something, the link dangles.
    struct stat link {};
    if (::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode)) {
      fail(path,
           "is a link to a file that does not exist. Correct the link, or give the path of the file itself.");
    }
    fail(path, "there is no such file. Check the spelling and the folder.");
  }
  const std::string reason = std::generic_category().message(code);
  if (code == EACCES || code == EPERM) {
    fail(path, fmt::format("cannot be read ({}). Give yourself the right to read it (chmod u+r).", reason));
  }
  // Opening a socket's name fails with ENXIO.
  if (code == ENXIO) fail(path, "is not a regular file. Save the data to a file and give that.");
  fail(path, fmt::format("cannot be opened ({}). Check the path.", reason));
}

}  // namespace

InputFile::InputFile(std::filesystem::path path) : path_(std::move(path)) {
  // O_NONBLOCK: a pipe without a writer opens at once, to be refused below. Regular files do not heed it.
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor_ < 0) fail_to_open(path_, errno);
  struct stat status {};
  const int code = ::fstat(descriptor_, &status) == 0 ? 0 : errno;
  if (code == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uintmax_t>(status.st_size);
    return;
  }
  ::close(descriptor_);  // a constructor that throws has no destructor call
  if (code != 0) fail_to_open(path_, code);
  if (S_ISDIR(status.st_mode)) fail(path_, "is a folder, not a file. Name a file inside it.");
  fail(path_, "is a pipe or a device, not a regular file. Save the data to a file and give that.");
}

InputFile::~InputFile() {
  ::close(descriptor_);
}

std::size_t InputFile::read(std::span<std::byte> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const ssize_t got = ::read(descriptor_, out.data() + filled, out.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      fail(path_, fmt::format("reading failed after some bytes ({}). Check the disk or the network share.",
                              std::generic_category().message(errno)));
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

void InputFile::read_exactly(std::span<std::byte> out) {
  const std::size_t filled = read(out);
  if (filled == out.size()) return;
  fail(path_,
       fmt::format(
           "ended {} bytes early while it was being read. Something else is writing it: try again when "
           "that is done.",
           out.size() - filled));
}

void require_fits_in_memory(std::uintmax_t byte_count, const std::filesystem::path& path) {
  const auto memory = static_cast<std::uintmax_t>(inspect_memory().total_bytes);
  if (memory == 0 || byte_count <= memory) return;
  fail(path, fmt::format("holds {} bytes, more than the {} bytes of memory that this process may use. Split "
                         "the file, or use a "
                         "larger machine.",
                         byte_count, memory));
}

}  // namespace regimetry

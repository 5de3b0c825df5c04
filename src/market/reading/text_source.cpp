#include "market/reading/text_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <system_error>
#include <utility>

#include "core/error.hpp"
#include "core/input_file.hpp"

namespace regimetry::market {

struct TextSource::File {
  explicit File(int fd) : descriptor(fd) {}
  ~File() { ::close(descriptor); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor;
};

namespace {

[[noreturn]] void throw_unreadable(const std::string& name, int error_number) {
  throw Error(ErrorKind::kData, fmt::format("{}: cannot be read: {}. Check the path and its permissions.",
                                            name, std::generic_category().message(error_number)));
}

}  // namespace

TextSource TextSource::open(const std::filesystem::path& path) {
  TextSource source;
  source.name_ = path.string();
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) throw_unreadable(source.name_, errno);
  source.file_ = std::make_shared<const File>(descriptor);
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) throw_unreadable(source.name_, errno);
  if (S_ISDIR(status.st_mode)) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: is a folder where a file was expected. Name a file inside it.", source.name_));
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: is not a plain file. Save its contents to a file first and read that.",
                            source.name_));
  }
  source.size_ = status.st_size;
  return source;
}

TextSource TextSource::borrow(std::string_view bytes, std::string_view name) {
  TextSource source;
  source.name_ = name;
  source.bytes_ = bytes;
  source.size_ = static_cast<std::int64_t>(bytes.size());
  return source;
}

TextSource TextSource::own(std::string bytes, std::string_view name) {
  auto owned = std::make_shared<const std::string>(std::move(bytes));
  TextSource source = borrow(*owned, name);
  source.owned_ = std::move(owned);
  return source;
}

std::string_view TextSource::read(std::int64_t begin, std::int64_t end, std::string& buffer) const {
  const auto length = static_cast<std::size_t>(end - begin);
  if (!file_) return bytes_.substr(static_cast<std::size_t>(begin), length);
  buffer.resize(length);
  std::size_t done = 0;
  while (done < length) {
    const ssize_t got =
        ::pread(file_->descriptor, buffer.data() + done, length - done, begin + static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_unreadable(name_, errno);
    if (got == 0) {
      throw Error(
          ErrorKind::kData,
          fmt::format("{}: became shorter while it was read. Wait until it is written, then read it again.",
                      name_));
    }
    done += static_cast<std::size_t>(got);
  }
  return buffer;
}

std::string_view TextSource::read_lines(std::int64_t begin, std::int64_t end, std::string& buffer) const {
  const std::string_view text = read(begin, end, buffer);
  if (text.empty() || text.back() == '\n') return text;
  if (text.data() != buffer.data()) buffer.assign(text);
  buffer += '\n';
  return buffer;
}

std::string TextSource::read_all() const {
  if (file_) require_fits_in_memory(static_cast<std::uintmax_t>(size_), name_);
  std::string buffer;
  const std::string_view text = read(0, size_, buffer);
  return text.data() == buffer.data() ? std::move(buffer) : std::string(text);
}

}  // namespace regimetry::market

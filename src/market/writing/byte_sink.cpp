#include "market/writing/byte_sink.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <limits>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 18;

class FileSink final : public ByteSink {
 public:
  explicit FileSink(const std::filesystem::path& path) : path_(path) {
    constexpr int kReadableByAll = 0666;  // less the user's umask
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kReadableByAll);
    if (descriptor_ < 0) fail();
  }
  ~FileSink() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ::ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void finish() override {
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::kInternal, fmt::format("{}: cannot be written ({})", path_.string(),
                                                  std::generic_category().message(errno)));
  }
  std::filesystem::path path_;
  int descriptor_ = -1;
};

class GzipSink final : public ByteSink {
 public:
  explicit GzipSink(const std::filesystem::path& path) : file_(path), buffer_(kBufferBytes) {
    constexpr int kGzipFormat = 15 + 16;  // the largest window, with gzip's header, whose time field stays 0
    constexpr int kMemoryLevel = 8;
    if (::deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipFormat, kMemoryLevel,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
      throw Error(ErrorKind::kInternal, "gzip cannot start: out of memory");
    }
  }
  ~GzipSink() override { ::deflateEnd(&stream_); }
  GzipSink(const GzipSink&) = delete;
  GzipSink& operator=(const GzipSink&) = delete;

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {  // the stream counts bytes in 32 bits
      const std::size_t part = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
      compress(bytes.substr(0, part), Z_NO_FLUSH);
      bytes.remove_prefix(part);
    }
  }
  void finish() override {
    compress({}, Z_FINISH);
    file_.finish();
  }

 private:
  void compress(std::string_view bytes, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      ::deflate(&stream_, flush);
      file_.write({buffer_.data(), buffer_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }
  FileSink file_;
  std::vector<char> buffer_;
  z_stream stream_{};
};

class ZstdSink final : public ByteSink {
 public:
  explicit ZstdSink(const std::filesystem::path& path)
      : file_(path), buffer_(kBufferBytes), stream_(::ZSTD_createCStream(), &::ZSTD_freeCStream) {
    if (!stream_) throw Error(ErrorKind::kInternal, "zstd cannot start: out of memory");
    ::ZSTD_CCtx_setParameter(stream_.get(), ZSTD_c_checksumFlag, 1);
  }
  void write(std::string_view bytes) override { compress(bytes, ZSTD_e_continue); }
  void finish() override {
    compress({}, ZSTD_e_end);
    file_.finish();
  }

 private:
  void compress(std::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (bool done = false; !done;) {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      const std::size_t left = ::ZSTD_compressStream2(stream_.get(), &out, &in, directive);
      if (::ZSTD_isError(left) != 0) {
        throw Error(ErrorKind::kInternal, fmt::format("zstd fails: {}", ::ZSTD_getErrorName(left)));
      }
      file_.write({buffer_.data(), out.pos});
      done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
    }
  }
  FileSink file_;
  std::vector<char> buffer_;
  std::unique_ptr<ZSTD_CStream, decltype(&::ZSTD_freeCStream)> stream_;
};

}  // namespace

std::unique_ptr<ByteSink> make_byte_sink(const std::filesystem::path& path, Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return std::make_unique<GzipSink>(path);
    case Compression::kZstd:
      return std::make_unique<ZstdSink>(path);
    case Compression::kNone:
      break;
  }
  return std::make_unique<FileSink>(path);
}

}  // namespace regimetry::market

#include "market/reading/decompress.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kInputBlock = 1 << 18;
constexpr std::size_t kOutputBlock = std::size_t{1} << 20;
// Text of prices shrinks 3 to 12 times, and no text shrinks a thousand times: what does is made to fill the
// memory. Small outputs are let through whatever their ratio.
constexpr std::int64_t kMaxRatio = 1'000;
constexpr std::int64_t kAlwaysAllowed = 64 << 20;

// Output that grows by blocks up to the limit.
class Growing {
 public:
  Growing(const TextSource& source, std::int64_t max_bytes)
      : name_(source.name()),
        limit_(std::min(max_bytes, std::max(kAlwaysAllowed, source.size() * kMaxRatio))) {}

  [[nodiscard]] char* next_block() {
    text_.resize(filled_ + kOutputBlock);
    return text_.data() + filled_;
  }
  void keep(std::size_t count) {
    filled_ += count;
    if (static_cast<std::int64_t>(filled_) <= limit_) return;
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "{}: unpacks to more than {} MiB, the limit for a file of its size. Unpack it yourself and check "
            "that it is what you expect.",
            name_, limit_ >> 20));
  }
  [[nodiscard]] std::string finish() {
    text_.resize(filled_);
    return std::move(text_);
  }

 private:
  std::string name_;
  std::int64_t limit_;
  std::string text_;
  std::size_t filled_ = 0;
};

[[noreturn]] void throw_broken(const TextSource& source, std::string_view format, std::string_view why) {
  throw Error(ErrorKind::kData, fmt::format("{}: is a broken {} file: {}. Fetch or pack it again.",
                                            source.name(), format, why));
}

struct Inflater {
  z_stream stream = {};
  Inflater() { inflateInit2(&stream, 15 + 16); }  // 16: with a gzip header
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

std::string inflate_gzip(const TextSource& source, std::int64_t max_bytes) {
  Inflater inflater;
  z_stream& stream = inflater.stream;
  Growing output(source, max_bytes);
  std::string buffer;
  bool at_member_end = false;
  for (std::int64_t begin = 0; begin < source.size(); begin += kInputBlock) {
    const std::string_view input = source.read(begin, std::min(begin + kInputBlock, source.size()), buffer);
    stream.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));  // zlib does not write through it
    stream.avail_in = static_cast<uInt>(input.size());
    while (stream.avail_in > 0) {
      if (at_member_end) {
        // Members may follow each other; zero bytes after the last are padding.
        if (*stream.next_in == 0) return output.finish();
        inflateReset(&stream);
        at_member_end = false;
      }
      stream.next_out = reinterpret_cast<Bytef*>(output.next_block());
      stream.avail_out = kOutputBlock;
      const int status = inflate(&stream, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
        throw_broken(source, "gzip", stream.msg != nullptr ? stream.msg : "its data does not unpack");
      }
      output.keep(kOutputBlock - stream.avail_out);
      at_member_end = status == Z_STREAM_END;
    }
  }
  if (!at_member_end) throw_broken(source, "gzip", "it ends in the middle");
  return output.finish();
}

std::string decompress_zstd(const TextSource& source, std::int64_t max_bytes) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  Growing output(source, max_bytes);
  std::string buffer;
  std::size_t wanted = 1;
  for (std::int64_t begin = 0; begin < source.size(); begin += kInputBlock) {
    const std::string_view block = source.read(begin, std::min(begin + kInputBlock, source.size()), buffer);
    ZSTD_inBuffer input = {block.data(), block.size(), 0};
    bool output_was_full = false;
    while (input.pos < input.size || output_was_full) {
      ZSTD_outBuffer out = {output.next_block(), kOutputBlock, 0};
      wanted = ZSTD_decompressStream(context.get(), &out, &input);
      if (ZSTD_isError(wanted) != 0) throw_broken(source, "zstd", ZSTD_getErrorName(wanted));
      output.keep(out.pos);
      output_was_full = out.pos == kOutputBlock;
    }
  }
  if (wanted != 0) throw_broken(source, "zstd", "it ends in the middle");
  return output.finish();
}

}  // namespace

std::string_view detect_compression(std::string_view first_bytes) noexcept {
  if (first_bytes.starts_with("\x1F\x8B")) return "gzip";
  if (first_bytes.starts_with("\x28\xB5\x2F\xFD")) return "zstd";
  return "none";
}

std::string decompress(const TextSource& source, std::string_view compression, std::int64_t max_bytes) {
  return compression == "gzip" ? inflate_gzip(source, max_bytes) : decompress_zstd(source, max_bytes);
}

}  // namespace regimetry::market

// Where text goes on its way to a file: straight, or through gzip or zstd.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "market/writing/output_format.hpp"

namespace regimetry::market {

// Not for several threads. The same text gives the same bytes: no time stamps, no names, no thread-dependent
// cuts.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
  // Flushes what is held back. Call once, last; without it the file is not complete.
  virtual void finish() = 0;
};

// Creates or empties the file. Every function throws Error (kInternal) when the file cannot be written (full
// disk, ...).
[[nodiscard]] std::unique_ptr<ByteSink> make_byte_sink(const std::filesystem::path& path,
                                                       Compression compression);

}  // namespace regimetry::market

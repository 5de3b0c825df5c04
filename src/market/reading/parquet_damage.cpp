#include "market/reading/parquet_damage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "core/error.hpp"
#include "market/reading/text/not_a_table.hpp"
#include "market/reading/text_source.hpp"

namespace regimetry::market {
namespace {

constexpr std::string_view kMagic = "PAR1";
constexpr std::string_view kEncryptedMagic = "PARE";
constexpr std::int64_t kEndBytes = 8;                // the footer's length and the magic
constexpr std::int64_t kLeastBytes = kEndBytes + 4;  // and the magic at the beginning
constexpr std::string_view kAgain = "Write or download it again.";

std::int64_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return value;
}

[[noreturn]] void fail(const std::string& source, const std::string& what) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", source, what));
}

void refuse_other_formats(const std::string& head, const std::string& source) {
  if (head.starts_with(kMagic)) return;
  if (head.starts_with(kEncryptedMagic)) {
    fail(source, "is an encrypted Parquet file. Decrypt it, or write it without encryption.");
  }
  refuse_known_binary(head, source);
  refuse_known_text(head, source);
  fail(source,
       fmt::format("is not Parquet: it begins with '{}' where Parquet has '{}'. Give it the ending of what "
                   "it is, or write it as Parquet.",
                   shorten(head, 20), kMagic));
}

}  // namespace

void check_parquet_frame(const std::filesystem::path& path) {
  const TextSource file = TextSource::open(path);
  const std::string& source = file.name();
  if (file.size() == 0) throw_nothing(source, "is empty (0 bytes)");
  std::string buffer;
  constexpr std::int64_t kHeadBytes = 4096;
  refuse_other_formats(std::string(file.read(0, std::min(kHeadBytes, file.size()), buffer)), source);
  if (file.size() < kLeastBytes) {
    fail(source,
         fmt::format("is {} bytes long, too short for Parquet: it was cut off. {}", file.size(), kAgain));
  }
  const std::string_view end = file.read(file.size() - kEndBytes, file.size(), buffer);
  if (end.ends_with(kEncryptedMagic))
    fail(source, "is an encrypted Parquet file. Decrypt it, or write it without encryption.");
  if (!end.ends_with(kMagic)) {
    fail(source,
         fmt::format("begins as Parquet but does not end so (the last 4 bytes are not '{}'): it was cut off, "
                     "has something after its end, or is still being written. {}",
                     kMagic, kAgain));
  }
  const std::int64_t footer_bytes = little_endian(end);
  if (footer_bytes == 0 || footer_bytes > file.size() - kLeastBytes) {
    fail(source,
         fmt::format("is a damaged Parquet file: its footer is said to be {} bytes long, in a file of {}. {}",
                     footer_bytes, file.size(), kAgain));
  }
}

void throw_damaged_parquet(const std::string& source, std::string_view duckdb_says) {
  if (duckdb_says.empty())
    fail(source, fmt::format("is a damaged Parquet file: its footer makes no sense. {}", kAgain));
  if (duckdb_says.starts_with("Out of Memory")) {
    fail(source,
         fmt::format("does not fit into memory (DuckDB says: {}). Split the file, or use a larger machine.",
                     duckdb_says));
  }
  if (duckdb_says.starts_with("Not implemented")) {
    fail(source,
         fmt::format("uses a part of Parquet that cannot be read (DuckDB says: {}). Write it with other "
                     "settings or another tool.",
                     duckdb_says));
  }
  if (duckdb_says.starts_with("Conversion Error")) {
    fail(source,
         fmt::format("holds a value that cannot be converted (DuckDB says: {}). Correct it where the file is "
                     "written.",
                     duckdb_says));
  }
  fail(source, fmt::format("is a damaged Parquet file (DuckDB says: {}). {}", duckdb_says, kAgain));
}

}  // namespace regimetry::market

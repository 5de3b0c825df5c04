#include "market/writing/write_table.hpp"

#include <string>

#include "core/atomic_file.hpp"
#include "market/writing/byte_sink.hpp"
#include "market/writing/output_format.hpp"
#include "market/writing/write_parquet.hpp"
#include "market/writing/write_text.hpp"

namespace regimetry::market {
namespace {

// Text cannot tell a column of words that look like numbers from a column of numbers; this can.
nlohmann::json column_kinds(const OutputTable& table) {
  nlohmann::json kinds = nlohmann::json::array();
  for (const OutputColumn& column : table.columns) {
    kinds.push_back({{"name", column.name}, {"kind", std::string(kind_name(column.kind))}});
  }
  return kinds;
}

}  // namespace

void write_table(const std::filesystem::path& path, const OutputTable& table, nlohmann::json metadata,
                 ThreadPool& pool, Observer& observer) {
  const OutputFormat format = output_format_of(path);
  AtomicFile file(path);
  if (format.format == TableFormat::kParquet) {
    write_parquet(file.temporary_path(), table, metadata, observer);
    file.commit();
    return;
  }
  write_text(table, format.format, *make_byte_sink(file.temporary_path(), format.compression), pool,
             observer);
  metadata["columns"] = column_kinds(table);
  // A reader compares it, to notice that the text was changed after its description was written.
  metadata["bytes"] = std::filesystem::file_size(file.temporary_path());
  file.commit();
  write_file_atomically(metadata_path_of(path),
                        metadata.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace regimetry::market

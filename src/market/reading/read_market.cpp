#include "market/reading/read_market.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "market/column_roles.hpp"
#include "market/duckdb/duckdb_engine.hpp"
#include "market/reading/assemble_bars.hpp"
#include "market/reading/file_format.hpp"
#include "market/reading/find_inputs.hpp"
#include "market/reading/join_instruments.hpp"
#include "market/reading/note_book.hpp"
#include "market/reading/read_json_lines_table.hpp"
#include "market/reading/read_parquet_table.hpp"
#include "market/reading/stored_metadata.hpp"
#include "market/reading/symbol_from_name.hpp"
#include "market/reading/time_column.hpp"

namespace regimetry::market {
namespace {

// DuckDB engines, started when first needed and used by one thread at a time.
class EnginePool {
 public:
  explicit EnginePool(int threads_per_engine) : threads_per_engine_(threads_per_engine) {}

  [[nodiscard]] std::unique_ptr<DuckDbEngine> take() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<DuckDbEngine> engine = std::move(idle_.back());
        idle_.pop_back();
        return engine;
      }
    }
    return std::make_unique<DuckDbEngine>(threads_per_engine_);
  }
  void give_back(std::unique_ptr<DuckDbEngine> engine) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(engine));
  }

 private:
  int threads_per_engine_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<DuckDbEngine>> idle_;
};

// A file as columns with the one time column settled.
struct ReadTable {
  ColumnTable table;
  SourceFile source;
  nlohmann::json metadata;
  bool stamps_are_bar_ends = false;
};

// Folder parts that say when, not what.
bool is_calendar_part(std::string_view name) {
  return name == "year" || name == "month" || name == "day" || name == "date" || name == "hour";
}

void add_folder_columns(ColumnTable& table, const InputPath& input) {
  for (const auto& [name, value] : input.folder_columns) {
    if (is_calendar_part(name) || table.find(name) != nullptr) continue;
    if (role_of(name) == ColumnRole::kSymbol || header_key(name) == "timeframe")
      continue;  // become facts of the table
    Column column;
    column.name = name;
    column.kind = ColumnKind::kCategory;
    column.categories = {value};
    column.codes.assign(static_cast<std::size_t>(table.row_count), 0);
    table.columns.push_back(std::move(column));
  }
}

ReadTable read_table(const std::filesystem::path& path, const ReadOptions& options, EnginePool& engines,
                     ThreadPool& pool, Observer& observer) {
  const DetectedFormat detected = detect_format(path);
  if (detected.format != detected.by_name) {
    observer.on_note(fmt::format("{}: is read as {}, which it is in spite of its name", path.string(),
                                 format_name(detected.format)));
  }
  ReadTable read;
  read.source.path = path.string();
  read.source.format = format_name(detected.format);
  if (detected.format == FileFormat::kText) {
    TextTable text = read_text_table(path, options, pool, observer);
    read.table = std::move(text.table);
    read.stamps_are_bar_ends = text.dialect.stamps_are_bar_ends;
    read.source.dialect.push_back(std::move(text.dialect));
  } else if (detected.format == FileFormat::kParquet) {
    std::unique_ptr<DuckDbEngine> engine = engines.take();
    RawTable raw = read_parquet_table(path, options, *engine, pool, observer);
    engines.give_back(std::move(engine));
    read.metadata = std::move(raw.metadata);
    read.table = settle_time_column(std::move(raw), options, pool, observer);
  } else {
    read.table =
        settle_time_column(read_json_lines_table(path, options, pool, observer), options, pool, observer);
  }
  if (detected.format != FileFormat::kParquet) {
    read.metadata = read_sidecar(path, observer);
    restore_column_kinds(read.table, read.metadata);
  }
  read.source.row_count = read.table.row_count;
  if (options.hash_sources) read.source.sha256 = sha256_file_hex(path);
  return read;
}

struct ReadFile {
  std::vector<Bars> instruments;
  SourceFile source;
  nlohmann::json metadata;
};

ReadFile read_file_as_bars(const InputPath& input, const ReadOptions& options, EnginePool& engines,
                           ThreadPool& pool, Observer& observer) {
  ReadTable read = read_table(input.path, options, engines, pool, observer);
  TableFacts facts;
  facts.symbol = options.symbol.value_or(symbol_from_name(input.path));
  for (const auto& [name, value] : input.folder_columns) {
    if (role_of(name) == ColumnRole::kSymbol && !options.symbol) facts.symbol = value;
    if (header_key(name) == "timeframe") facts.timeframe = Timeframe::parse(value);
  }
  facts.stamps_are_bar_ends = read.stamps_are_bar_ends;
  facts.metadata = read.metadata;
  if (options.keep_extras) add_folder_columns(read.table, input);
  return {assemble_bars(std::move(read.table), facts, options, pool, observer), std::move(read.source),
          lasting_metadata(std::move(read.metadata))};
}

// What all files agree on. Different descriptions cannot be told as one.
nlohmann::json common_metadata(const std::vector<ReadFile>& files, Observer& observer) {
  nlohmann::json common = files.front().metadata;
  for (const ReadFile& file : files) {
    if (file.metadata == common) continue;
    observer.on_note(
        "the files carry different descriptions (health, simulation, ...), which were left behind");
    return nullptr;
  }
  return common;
}

}  // namespace

ReadResult read_market(const std::vector<std::string>& inputs, const ReadOptions& options, ThreadPool& pool,
                       Observer& observer) {
  const std::vector<InputPath> paths = find_inputs(inputs);
  std::vector<ReadFile> files(paths.size());
  const bool is_single = paths.size() == 1;
  // One file is read by all threads; many are read side by side, each by one.
  EnginePool engines(is_single ? pool.thread_count() : 1);
  if (is_single) {
    files[0] = read_file_as_bars(paths[0], options, engines, pool, observer);
  } else {
    std::vector<NoteBook> books(paths.size());
    std::mutex mutex;
    std::int64_t done = 0;
    pool.parallel_for(static_cast<std::int64_t>(paths.size()), 1, [&](IndexRange range) {
      for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
        files[i] = read_file_as_bars(paths[i], options, engines, pool, books[i]);
        const std::lock_guard<std::mutex> lock(mutex);
        observer.on_progress("read", ++done, static_cast<std::int64_t>(paths.size()));
      }
    });
    std::vector<const NoteBook*> kept;
    std::vector<std::string> sources;
    for (std::size_t i = 0; i < books.size(); ++i) {
      kept.push_back(&books[i]);
      sources.push_back(files[i].source.path);
    }
    tell_together(kept, sources, observer);
  }

  ReadResult result;
  result.data.metadata = common_metadata(files, observer);
  std::vector<Bars> pieces;
  for (ReadFile& file : files) {
    std::move(file.instruments.begin(), file.instruments.end(), std::back_inserter(pieces));
    result.sources.push_back(std::move(file.source));
  }
  result.data.instruments = join_instruments(std::move(pieces));
  return result;
}

SignalTable read_signals(const std::filesystem::path& path, const ReadOptions& options, ThreadPool& pool,
                         Observer& observer) {
  EnginePool engines(pool.thread_count());
  ReadTable read = read_table(path, options, engines, pool, observer);
  SignalTable signals = signals_of(std::move(read.table));
  signals.source = path.string();
  signals.metadata = lasting_metadata(std::move(read.metadata));
  return signals;
}

}  // namespace regimetry::market

#include "market/reading/text/read_text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "market/reading/decompress.hpp"
#include "market/reading/note_book.hpp"
#include "market/reading/text/date_order.hpp"
#include "market/reading/text/gather_evidence.hpp"
#include "market/reading/text/not_a_table.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/plausible_bars.hpp"
#include "market/reading/text/quoted_lines.hpp"
#include "market/reading/text/read_plan.hpp"
#include "market/reading/text/row_problems.hpp"
#include "market/reading/text/sample_records.hpp"
#include "market/reading/text/second_clock.hpp"
#include "market/reading/text/stack_tickers.hpp"
#include "market/reading/text/stamps.hpp"
#include "market/reading/text/table_layout.hpp"
#include "market/reading/text/text_encoding.hpp"
#include "market/reading/text/text_sample.hpp"
#include "market/reading/text_survey.hpp"
#include "market/reading/unreadable_bytes.hpp"

namespace regimetry::market {
namespace {

// The text of a file as UTF-8 lines, looked over once.
struct PreparedText {
  TextSource source;
  TextSurvey survey;
  TextSample sample;
};

struct Reading {
  std::vector<TextChunk> chunks;
  bool quotes_span_lines = false;
  TableEvidence evidence;
  ReadPlan plan;
  ParsedRows rows;
};

std::string head_of(const TextSource& source, std::int64_t bytes) {
  std::string buffer;
  return std::string(source.read(0, std::min(bytes, source.size()), buffer));
}

bool is_utf8(const TextSource& source, const TextSurvey& survey, ThreadPool& pool) {
  std::atomic<bool> valid = true;
  pool.parallel_for(std::ssize(survey.chunks), 1, [&](IndexRange range) {
    std::string buffer;
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end) && valid;
         ++i) {
      if (!is_valid_utf8(source.read(survey.chunks[i].begin, survey.chunks[i].end, buffer))) valid = false;
    }
  });
  return valid;
}

// Line ends of old Macs: '\r' alone.
bool has_old_mac_lines(const TextSurvey& survey, const TextSource& source) {
  return survey.line_count <= 1 && survey.has_carriage_returns && source.size() > 1 &&
         head_of(source, 1 << 16).find("\r\n") == std::string::npos &&
         head_of(source, 1 << 16).find('\r') + 1 < static_cast<std::size_t>(source.size());
}

// DOS programs end a text with Ctrl-Z.
TextSource without_dos_end_mark(TextSource source) {
  std::string buffer;
  if (source.size() == 0 || source.read(source.size() - 1, source.size(), buffer)[0] != '\x1A') return source;
  std::string text = source.read_all();
  while (!text.empty() && text.back() == '\x1A') text.pop_back();
  return TextSource::own(std::move(text), source.name());
}

PreparedText prepare(TextSource raw, const ReadOptions& options, ThreadPool& pool, TextDialect& dialect) {
  if (raw.size() == 0) {
    throw_nothing(raw.name(),
                  dialect.compression == "none" ? "is empty (0 bytes)" : "unpacks to nothing (0 bytes)");
  }
  refuse_known_binary(head_of(raw, 64), raw.name());
  DecodedText decoded = decode_marked_text(without_dos_end_mark(std::move(raw)));
  refuse_known_text(
      std::string_view(head_of(decoded.source, 1 << 14)).substr(static_cast<std::size_t>(decoded.begin)),
      decoded.source.name());
  TextSurvey survey = survey_text(decoded.source, decoded.begin, pool);
  refuse_unreadable_bytes(decoded.source, survey, options);
  bool is_rewritten = false;
  if (survey.has_non_ascii && !is_utf8(decoded.source, survey, pool)) {
    decoded = decode_code_paged_text(decoded.source);
    is_rewritten = true;
  }
  dialect.encoding = decoded.encoding;
  if (has_old_mac_lines(survey, decoded.source)) {
    std::string text = decoded.source.read_all();
    std::replace(text.begin(), text.end(), '\r', '\n');
    decoded.source = TextSource::own(std::move(text), decoded.source.name());
    is_rewritten = true;
  }
  if (survey.has_quotes) {
    if (std::optional<std::string> unquoted = unquote_whole_lines(decoded.source, decoded.begin)) {
      dialect.notes.push_back("every line is one quoted string; the quotes around the lines were removed");
      decoded = {TextSource::own(std::move(*unquoted), decoded.source.name()), decoded.encoding, 0};
      is_rewritten = true;
    }
  }
  if (is_rewritten) survey = survey_text(decoded.source, decoded.begin, pool);
  TextSample sample = take_sample(decoded.source, survey);
  return {std::move(decoded.source), std::move(survey), std::move(sample)};
}

void refuse_blank(const PreparedText& text) {
  const auto is_blank = [](const SampleBlock& block) {
    return block.text.find_first_not_of(" \t\r\n") == std::string::npos;
  };
  if (text.sample.blocks.empty() ||
      (text.sample.is_whole && std::all_of(text.sample.blocks.begin(), text.sample.blocks.end(), is_blank))) {
    throw_nothing(text.source.name(), "holds nothing but blank lines");
  }
}

// What a plan from a sample could not foresee.
bool is_surprised(const ParsedRows& rows, const ReadPlan& plan) {
  return rows.first_problem || (rows.absolute_count > 0 && rows.naive_count > 0 && !plan.has_mixed_zones);
}

// Guesses from a sample and parses everything on the guess; where that fails or the sample leaves something
// open, decides from all rows and parses again.
Reading read_rows(const PreparedText& text, const TableLayout& layout, const ReadOptions& options,
                  ThreadPool& pool) {
  Reading reading;
  reading.chunks = data_chunks(text.survey, layout);
  const EvidenceRequest request = request_evidence(layout, options);
  reading.evidence = gather_from_sample(text.sample, layout, request);
  reading.evidence.is_complete = text.sample.is_whole;
  const std::string& name = text.source.name();
  if (!text.sample.is_whole) {
    if (std::optional<ReadPlan> plan = plan_reading(reading.evidence, layout, options, name)) {
      reading.plan = std::move(*plan);
      reading.rows = parse_rows(text.source, reading.chunks, false, layout, reading.plan, pool);
      if (!is_surprised(reading.rows, reading.plan)) return reading;
      reading.rows = {};
    }
  }
  if (text.survey.has_quotes) {
    reading.quotes_span_lines = recut_at_closed_quotes(text.source, layout.separator, reading.chunks);
  }
  if (!text.sample.is_whole || reading.quotes_span_lines) {
    reading.evidence =
        gather_from_all_rows(text.source, reading.chunks, reading.quotes_span_lines, layout, request, pool);
  }
  reading.plan = *plan_reading(reading.evidence, layout, options, name);
  if (reading.plan.open_orders != 0) {
    const DateOrder order = settle_date_order(text.source, reading.chunks, reading.quotes_span_lines, layout,
                                              reading.evidence, reading.plan, pool);
    for (ColumnPlan& column : reading.plan.columns) {
      if (column.use == ColumnUse::kStamp) column.order = order;
    }
  }
  reading.rows =
      parse_rows(text.source, reading.chunks, reading.quotes_span_lines, layout, reading.plan, pool);
  if (reading.rows.first_problem)
    throw_row_problem(reading.rows, reading.plan, layout, text.source, text.survey);
  return reading;
}

// Units of counts do not overlap in the years of market data, so each count tells its own; that there are
// several is odd.
void note_mixed_units(const TableLayout& layout, const TableEvidence& evidence, TextDialect& dialect) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    std::set<std::string> units;
    for (const TimeParts& parts : evidence.columns[i].formats) {
      if (parts.kind == TimeParts::Kind::kEpoch && parts.unit)
        units.insert(std::string(epoch_unit_name(*parts.unit)));
    }
    if (units.size() < 2) continue;
    dialect.notes.push_back(
        fmt::format("column '{}' counts time in several units ({}); each stamp was read by its size",
                    layout.columns[i].name, fmt::join(units, ", ")));
  }
}

void describe(const TableLayout& layout, const Reading& reading, TextDialect& dialect) {
  dialect.export_name = layout.export_name;
  dialect.separator = separator_name(layout.separator);
  dialect.decimal_mark = std::string(1, reading.plan.price_style.decimal);
  dialect.header_lines = layout.header_lines;
  char thousands = reading.plan.price_style.thousands;
  for (const ColumnPlan& column : reading.plan.columns) {
    if (thousands == '\0' && column.use == ColumnUse::kNumber) thousands = column.style.thousands;
  }
  dialect.thousands_mark = thousands == '\0' ? "" : std::string(1, thousands);
  std::set<std::string> seen;
  for (const ColumnRole role : {ColumnRole::kTimestamp, ColumnRole::kDate, ColumnRole::kTime}) {
    const int column = layout.find_role(role);
    if (column < 0 || reading.plan.columns[static_cast<std::size_t>(column)].use == ColumnUse::kSkip)
      continue;
    std::string formats;
    for (const TimeParts& parts : reading.evidence.columns[static_cast<std::size_t>(column)].formats) {
      const std::string format =
          describe_time_format(parts, reading.plan.columns[static_cast<std::size_t>(column)].order);
      if (seen.insert(format).second) formats += (formats.empty() ? "" : " / ") + format;
    }
    if (!formats.empty()) dialect.time_format += (dialect.time_format.empty() ? "" : " ") + formats;
  }
  note_mixed_units(layout, reading.evidence, dialect);
  dialect.notes.insert(dialect.notes.end(), layout.notes.begin(), layout.notes.end());
  dialect.notes.insert(dialect.notes.end(), reading.plan.notes.begin(), reading.plan.notes.end());
  const ParsedRows& rows = reading.rows;
  if (rows.repeated_header_count > 0) {
    dialect.notes.push_back(
        fmt::format("the header is repeated among the rows (first in line {}, {} in all); passed over",
                    rows.first_repeated_header, rows.repeated_header_count));
  }
  if (rows.empty_row_count > 0) {
    dialect.notes.push_back(fmt::format("rows of empty cells were passed over (first in line {}, {} in all)",
                                        rows.first_empty_row, rows.empty_row_count));
  }
}

// Names by role, the stamp first; what another column's role name would hide gets a name of its own.
ColumnTable name_by_role(const TableLayout& layout, const ReadPlan& plan, std::size_t stamp_column,
                         ParsedRows& rows) {
  ColumnTable table;
  table.row_count = rows.row_count;
  table.origin = std::move(rows.origin);
  std::set<std::string> used;
  Column stamps = std::move(rows.columns[stamp_column]);
  stamps.name = "timestamp";
  table.columns.push_back(std::move(stamps));
  used.insert("timestamp");
  for (const LayoutColumn& column : layout.columns) {
    if (column.role) used.insert(std::string(role_name(*column.role)));
  }
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const LayoutColumn& laid_out = layout.columns[i];
    const ColumnUse use = plan.columns[i].use;
    const bool is_read_for_itself =
        use != ColumnUse::kSkip && use != ColumnUse::kTimeOfDay && use != ColumnUse::kSecondStamp;
    // A separator at the end of every line makes a last column without name and without values.
    const bool is_nothing = use == ColumnUse::kEmpty && laid_out.is_unnamed;
    if (i == stamp_column || !is_read_for_itself || is_nothing) continue;
    Column column = std::move(rows.columns[i]);
    if (laid_out.role) {
      column.name = role_name(*laid_out.role);
    } else if (used.contains(column.name)) {
      column.name += " (file)";
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}

ColumnTable finish_table(const TableLayout& layout, const ReadPlan& plan, std::size_t stamp_column,
                         ParsedRows& rows, TextDialect& dialect) {
  if (layout.tickers.empty()) return name_by_role(layout, plan, stamp_column, rows);
  StackedTable stacked = stack_tickers(layout, stamp_column, rows);
  if (layout.tickers.size() > 1) {
    dialect.notes.push_back(
        fmt::format("{} tickers stood side by side and were stacked", layout.tickers.size()));
  }
  if (stacked.absent_rows > 0) {
    dialect.notes.push_back(
        fmt::format("{} rows without any value of their ticker were left out", stacked.absent_rows));
  }
  return std::move(stacked.table);
}

// Tells every note of the dialect once: `told` holds what the steps say through an observer, which are notes
// too.
void tell_notes(const NoteBook& told, const TextDialect& dialect, const std::string& name,
                Observer& observer) {
  std::set<std::string> texts;
  for (const NoteBook::Entry& entry : told.entries()) {
    texts.insert(entry.text);
    entry.is_warning ? observer.on_warning(entry.text) : observer.on_note(entry.text);
  }
  for (const std::string& note : dialect.notes) {
    if (!texts.insert(note).second) continue;
    observer.on_note(note.starts_with(name) ? note : fmt::format("{}: {}", name, note));
  }
}

TextTable read_prepared(const PreparedText& text, TextDialect dialect, const ReadOptions& options,
                        ThreadPool& pool, Observer& observer) {
  refuse_blank(text);
  const TableLayout layout = recognise_layout(text.sample, text.source.name(), options);
  Reading reading = read_rows(text, layout, options, pool);
  if (reading.rows.row_count == 0) {
    throw_no_rows(text.source.name(), layout.data_line - 1, layout.header_text);
  }
  describe(layout, reading, dialect);
  NoteBook told;
  const std::size_t stamp_column = join_date_and_time(layout, reading.plan, reading.rows);
  dialect.newest_first = turn_round_newest_first(layout, stamp_column, pool, reading.rows);
  apply_time_zone(layout, reading.evidence, options, stamp_column, text.source.name(), reading.rows, dialect,
                  told);
  dialect.stamps_are_bar_ends =
      options.stamp ? *options.stamp == StampChoice::kEnd : layout.stamps_are_bar_ends;
  check_headerless_order(layout, text.source.name(), reading.rows);
  restore_swapped_volumes(layout, text.source.name(), reading.rows, dialect, told);
  compare_second_clock(layout, reading.plan, stamp_column, text.source.name(), reading.rows, dialect, told);

  TextTable result;
  result.table = finish_table(layout, reading.plan, stamp_column, reading.rows, dialect);
  result.table.source = text.source.name();
  tell_notes(told, dialect, text.source.name(), observer);
  result.dialect = std::move(dialect);
  return result;
}

}  // namespace

TextTable read_text_table(const std::filesystem::path& path, const ReadOptions& options, ThreadPool& pool,
                          Observer& observer) {
  TextSource source = TextSource::open(path);
  TextDialect dialect;
  dialect.compression = detect_compression(head_of(source, 8));
  if (dialect.compression != "none") {
    source = TextSource::own(decompress(source, dialect.compression, options.max_uncompressed_bytes),
                             source.name());
  }
  const PreparedText text = prepare(std::move(source), options, pool, dialect);
  return read_prepared(text, std::move(dialect), options, pool, observer);
}

TextTable parse_text_table(std::string_view bytes, std::string_view name, const ReadOptions& options,
                           ThreadPool& pool, Observer& observer) {
  TextDialect dialect;
  dialect.compression = "none";
  const PreparedText text = prepare(TextSource::borrow(bytes, name), options, pool, dialect);
  return read_prepared(text, std::move(dialect), options, pool, observer);
}

}  // namespace regimetry::market

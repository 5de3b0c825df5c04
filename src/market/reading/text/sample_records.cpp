#include "market/reading/text/sample_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "core/error.hpp"
#include "market/column_roles.hpp"
#include "market/reading/number_format.hpp"
#include "market/reading/text/record_reader.hpp"
#include "market/reading/time_format.hpp"

namespace regimetry::market {
namespace {

constexpr std::size_t kHeadRecords = 80;
constexpr std::size_t kOtherRecords = 12;  // per later block
constexpr std::size_t kHeaderSearchRecords = 25;

void collect_records(const SampleBlock& block, char separator, std::size_t count, std::size_t max_columns,
                     const std::string& name, std::vector<SampleRecord>& records) {
  RecordReader reader(block.text, block.first_line, separator, false, max_columns);
  for (std::size_t i = 0; i < count && reader.next(); ++i) {
    if (reader.has_too_many_cells()) {
      throw Error(
          ErrorKind::kData,
          fmt::format(
              "{}:{}: has more than {} columns, which no table of market data has. If it is one, raise the "
              "limit with --max-columns.",
              name, reader.line(), max_columns));
    }
    SampleRecord record;
    record.line = reader.line();
    record.offset = block.offset + static_cast<std::int64_t>(reader.offset());
    record.text = reader.text();
    record.cells.assign(reader.cells().begin(), reader.cells().end());
    records.push_back(std::move(record));
  }
}

// The cell count that most records have; of equally frequent ones the larger.
std::size_t usual_cell_count(const std::vector<SampleRecord>& records, double& agreement) {
  std::map<std::size_t, std::size_t> frequency;
  for (const SampleRecord& record : records) {
    if (record.cells.size() >= 2) ++frequency[record.cells.size()];
  }
  std::size_t usual = 0;
  std::size_t best = 0;
  for (const auto& [cell_count, count] : frequency) {
    if (count >= best) {
      usual = cell_count;
      best = count;
    }
  }
  agreement = records.empty() ? 0 : static_cast<double>(best) / static_cast<double>(records.size());
  return usual;
}

double share_of_typed_cells(const SampleRecords& split) {
  std::size_t typed = 0;
  std::size_t seen = 0;
  const std::size_t cells_each = std::min<std::size_t>(split.cell_count, 64);
  for (std::size_t i = std::min<std::size_t>(split.records.size() / 4, 4); i < split.records.size(); ++i) {
    const SampleRecord& record = split.records[i];
    if (record.cells.size() != split.cell_count) continue;
    for (std::size_t c = 0; c < cells_each; ++c) {
      ++seen;
      if (is_missing(record.cells[c]) || is_typed_cell(record.cells[c])) ++typed;
    }
  }
  return seen == 0 ? 0 : static_cast<double>(typed) / static_cast<double>(seen);
}

int best_role_count(const SampleRecords& split) {
  int best = 0;
  for (std::size_t i = 0; i < std::min(split.records.size(), kHeaderSearchRecords); ++i) {
    int count = 0;
    for (const std::string& cell : split.records[i].cells) count += role_of(cell) ? 1 : 0;
    best = std::max(best, count);
  }
  return best;
}

SampleRecords split_by(const TextSample& sample, char separator, std::size_t max_columns,
                       const std::string& name) {
  SampleRecords split;
  split.separator = separator;
  for (std::size_t i = 0; i < sample.blocks.size(); ++i) {
    collect_records(sample.blocks[i], separator, i == 0 ? kHeadRecords : kOtherRecords, max_columns, name,
                    split.records);
  }
  split.cell_count = usual_cell_count(split.records, split.agreement);
  if (split.cell_count >= 2) {
    split.typed_share = share_of_typed_cells(split);
    split.role_count = best_role_count(split);
  }
  return split;
}

// How much sense a separator makes: all lines have the same number of cells, the cells are values, the header
// has names.
double plausibility(const SampleRecords& split) {
  if (split.cell_count < 2) return 0;
  // Words alone, none of them a name of the trade: sentences, not rows.
  if (split.typed_share == 0 && split.role_count < 2) return 0;
  return split.agreement + split.typed_share + 0.1 * std::min(split.role_count, 10);
}

}  // namespace

std::string separator_name(char separator) {
  if (separator == '\t') return "tab";
  if (separator == ' ') return "blank";
  return std::string(1, separator);
}

char parse_separator(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "blank" || text == "space") return ' ';
  if (text.size() == 1 && text[0] != '"' && text[0] != '\n' && text[0] != '\r') return text[0];
  throw Error(ErrorKind::kUsage,
              fmt::format("--separator takes one character, 'tab' or 'blank', not '{}'.", text));
}

bool is_typed_cell(const std::string& cell) {
  if (number_styles(cell) != 0 || parse_boolean(cell)) return true;
  const std::optional<TimeParts> parts = scan_time(cell);
  return parts && (parts->kind == TimeParts::Kind::kTimeOfDay || possible_orders(*parts) != 0);
}

std::optional<SampleRecords> split_sample(const TextSample& sample, std::optional<char> separator,
                                          std::int64_t max_columns, const std::string& name) {
  const auto column_limit = static_cast<std::size_t>(max_columns);
  if (separator) {
    SampleRecords split = split_by(sample, *separator, column_limit, name);
    return split.cell_count >= 2 ? std::optional(std::move(split)) : std::nullopt;
  }
  std::optional<SampleRecords> best;
  double best_score = 0;
  char rival = '\0';
  for (const char candidate : std::to_array({',', ';', '\t', '|', ' '})) {
    SampleRecords split = split_by(sample, candidate, column_limit, name);
    const double score = plausibility(split);
    if (score <= 0) continue;
    if (score > best_score + 1e-9) {
      best = std::move(split);
      best_score = score;
      rival = '\0';
    } else if (score > best_score - 1e-9) {
      rival = candidate;
    }
  }
  if (rival != '\0' && best->agreement > 0.99 && best->typed_share > 0.99) {
    throw Error(
        ErrorKind::kData,
        fmt::format(
            "{}:{}: can be split at '{}' ({} columns) and at '{}' equally well. Say which with --separator.",
            name, best->records.back().line, separator_name(best->separator), best->cell_count,
            separator_name(rival)));
  }
  return best;
}

}  // namespace regimetry::market

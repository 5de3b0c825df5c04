#include "regimes/alignment/label_baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::regimes {
namespace {

using Sequence = LabelBaseline::Sequence;

constexpr std::string_view kHeader = "timestamp,Cluster_ID";
constexpr std::string_view kHeaderWithSymbol = "timestamp,symbol,Cluster_ID";
constexpr std::uintmax_t kMostBytes = std::uintmax_t{4} << 30;

std::string_view symbol_of(const LabelledRows& rows, std::size_t sequence) {
  return rows.symbols.empty() ? std::string_view() : std::string_view(rows.symbols[sequence]);
}

Sequence labelled_part(const LabelledRows& rows, std::size_t index) {
  Sequence sequence{std::string(symbol_of(rows, index)), {}, {}};
  const IndexRange range = rows.sequences[index];
  for (auto row = static_cast<std::size_t>(range.begin); row < static_cast<std::size_t>(range.end); ++row) {
    if (row > static_cast<std::size_t>(range.begin) && rows.timestamps[row] <= rows.timestamps[row - 1]) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("labels of '{}': {} does not come after {}; stamps must increase",
                              printable(sequence.symbol), format_timestamp(rows.timestamps[row]),
                              format_timestamp(rows.timestamps[row - 1])));
    }
    if (rows.labels[row] < 0) continue;
    sequence.timestamps.push_back(rows.timestamps[row]);
    sequence.labels.push_back(rows.labels[row]);
  }
  return sequence;
}

std::string csv_cell(std::string_view word) {
  if (word.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(word);
  std::string text = "\"";
  for (const char c : word) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + '"';
}

class BaselineReader {
 public:
  explicit BaselineReader(const std::filesystem::path& path)
      : source_(printable_path(path)), text_(read_file(path, kMostBytes)) {}

  LabelBaseline read() {
    read_header();
    while (!rest().empty()) read_row();
    return std::move(baseline_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(ErrorKind::kData, fmt::format("{}:{}: {}. Give the baseline that an earlier run wrote, or "
                                              "move it away to begin a new one.",
                                              source_, line_, problem));
  }

  [[nodiscard]] std::string_view rest() const { return std::string_view(text_).substr(place_); }

  // Up to the separator or the end of the line, which is passed.
  std::string read_cell(bool is_last) {
    std::string cell;
    if (!rest().empty() && rest().front() == '"') {
      ++place_;
      while (!rest().empty() && !(rest().front() == '"' && !rest().starts_with("\"\""))) {
        if (rest().front() == '"') ++place_;
        cell += text_[place_++];
      }
      if (rest().empty()) fail("a quote is not closed");
      ++place_;
    } else {
      const std::size_t length = std::min(rest().find_first_of(",\r\n"), rest().size());
      cell = rest().substr(0, length);
      place_ += length;
    }
    end_cell(is_last);
    return cell;
  }

  void end_cell(bool is_last) {
    if (is_last && rest().starts_with("\r\n")) ++place_;
    const bool is_at_end = rest().empty();
    const char expected = is_last ? '\n' : ',';
    if (!(is_last && is_at_end) && (is_at_end || rest().front() != expected))
      fail(is_last ? "has more cells than the header, or a cell that goes on after its quote"
                   : "has fewer cells than the header, or a cell that goes on after its quote");
    if (!is_at_end) ++place_;
  }

  void read_header() {
    const std::size_t length = std::min(rest().find_first_of("\r\n"), rest().size());
    const std::string_view header = rest().substr(0, length);
    if (header != kHeader && header != kHeaderWithSymbol) {
      fail(fmt::format("begins with '{}', where '{}' or '{}' is expected", printable(header), kHeader,
                       kHeaderWithSymbol));
    }
    has_symbol_ = header == kHeaderWithSymbol;
    place_ += length;
    end_cell(true);
    ++line_;
    if (rest().empty()) fail("has no row");
  }

  void read_row() {
    const std::string stamp_text = read_cell(false);
    const std::string symbol = has_symbol_ ? read_cell(false) : std::string();
    const std::string label_text = read_cell(true);
    const std::optional<TimestampNs> stamp = parse_iso_timestamp(stamp_text);
    if (!stamp) fail(fmt::format("'{}' is not a stamp such as 2024-01-02T21:00:00Z", printable(stamp_text)));
    std::int32_t label = -1;
    const char* const end = label_text.data() + label_text.size();
    const auto parsed = std::from_chars(label_text.data(), end, label);
    if (parsed.ec != std::errc() || parsed.ptr != end || label < 0)
      fail(fmt::format("'{}' is not the number of a regime (0, 1, ...)", printable(label_text)));
    Sequence& sequence = sequence_of(symbol);
    if (!sequence.timestamps.empty() && *stamp <= sequence.timestamps.back()) {
      fail(fmt::format("{} does not come after {} on the line before", format_timestamp(*stamp),
                       format_timestamp(sequence.timestamps.back())));
    }
    sequence.timestamps.push_back(*stamp);
    sequence.labels.push_back(label);
    ++line_;
  }

  Sequence& sequence_of(const std::string& symbol) {
    auto& sequences = baseline_.sequences;
    if (!sequences.empty() && symbol < sequences.back().symbol)
      fail(fmt::format("symbol '{}' does not come in order", printable(symbol)));
    if (sequences.empty() || sequences.back().symbol != symbol) sequences.push_back({symbol, {}, {}});
    return sequences.back();
  }

  std::string source_, text_;
  std::size_t place_ = 0;
  std::int64_t line_ = 1;
  bool has_symbol_ = false;
  LabelBaseline baseline_;
};

}  // namespace

const Sequence* LabelBaseline::find(const std::string& symbol) const noexcept {
  for (const Sequence& sequence : sequences) {
    if (sequence.symbol == symbol) return &sequence;
  }
  return nullptr;
}

std::int64_t LabelBaseline::row_count() const noexcept {
  std::int64_t count = 0;
  for (const Sequence& sequence : sequences) count += std::ssize(sequence.labels);
  return count;
}

LabelBaseline make_baseline(const LabelledRows& rows) {
  LabelBaseline baseline;
  for (std::size_t s = 0; s < rows.sequences.size(); ++s) {
    if (baseline.find(std::string(symbol_of(rows, s))) != nullptr) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("'{}' names several sequences of labels; each needs a symbol of its own",
                              printable(symbol_of(rows, s))));
    }
    baseline.sequences.push_back(labelled_part(rows, s));
  }
  std::erase_if(baseline.sequences, [](const Sequence& sequence) { return sequence.labels.empty(); });
  std::sort(baseline.sequences.begin(), baseline.sequences.end(),
            [](const Sequence& a, const Sequence& b) { return a.symbol < b.symbol; });
  return baseline;
}

std::vector<std::int32_t> labels_at(const LabelBaseline& baseline, const LabelledRows& rows) {
  std::vector<std::int32_t> labels(rows.timestamps.size(), kNoRegime);
  for (std::size_t i = 0; i < rows.sequences.size(); ++i) {
    const Sequence* const same = baseline.find(std::string(symbol_of(rows, i)));
    if (same == nullptr) continue;
    std::size_t place = 0;
    for (auto row = static_cast<std::size_t>(rows.sequences[i].begin);
         row < static_cast<std::size_t>(rows.sequences[i].end); ++row) {
      while (place < same->timestamps.size() && same->timestamps[place] < rows.timestamps[row]) ++place;
      if (place < same->timestamps.size() && same->timestamps[place] == rows.timestamps[row])
        labels[row] = same->labels[place];
    }
  }
  return labels;
}

void write_baseline(const std::filesystem::path& path, const LabelBaseline& baseline) {
  const bool has_symbols = std::any_of(baseline.sequences.begin(), baseline.sequences.end(),
                                       [](const Sequence& sequence) { return !sequence.symbol.empty(); });
  std::string text(has_symbols ? kHeaderWithSymbol : kHeader);
  text += '\n';
  for (const Sequence& sequence : baseline.sequences) {
    const std::string symbol = has_symbols ? csv_cell(sequence.symbol) + "," : std::string();
    for (std::size_t n = 0; n < sequence.labels.size(); ++n) {
      fmt::format_to(std::back_inserter(text), "{},{}{}\n", format_timestamp(sequence.timestamps[n]), symbol,
                     sequence.labels[n]);
    }
  }
  write_file_atomically(path, text);
}

LabelBaseline read_baseline(const std::filesystem::path& path) {
  return BaselineReader(path).read();
}

}  // namespace regimetry::regimes

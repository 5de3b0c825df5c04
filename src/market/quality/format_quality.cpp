#include "market/quality/format_quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <vector>

namespace regimetry::market {
namespace {

using Row = std::vector<std::string>;

// Columns as wide as their widest cell; the last is not padded. Width counts code points, not bytes.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string format_table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const Row& row : rows) {
    text += " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += " " + row[i];
      if (i + 1 < row.size()) text.append(widths[i] - width_of(row[i]) + 1, ' ');
    }
    text += "\n";
  }
  return text;
}

std::string count_words(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string place_of(const QualityExample& example) {
  std::string where =
      example.line > 0 ? fmt::format("line {}", example.line) : fmt::format("row {}", example.row + 1);
  if (!example.file.empty() && example.line > 0) where = fmt::format("{}:{}", example.file, example.line);
  return fmt::format("{} ({})", format_timestamp_short(example.stamp), where);
}

std::string span_words(const InstrumentQuality& instrument) {
  return fmt::format("{} {}, {}, {} to {}", instrument.symbol, instrument.timeframe,
                     count_words(instrument.rows_read, "row", "rows"),
                     format_timestamp_short(instrument.first_stamp),
                     format_timestamp_short(instrument.last_stamp));
}

std::string format_instrument(const InstrumentQuality& instrument) {
  std::string text = span_words(instrument);
  if (instrument.rows_kept != instrument.rows_read) text += fmt::format(", {} kept", instrument.rows_kept);
  if (instrument.findings.empty()) return text + ": nothing found\n";
  std::vector<Row> rows{{"severity", "check", "count", "what", "worst at", "values"}};
  for (const QualityFinding& finding : instrument.findings) {
    rows.push_back({std::string(severity_name(finding.severity)), finding.check,
                    fmt::format("{}", finding.count), finding.title, place_of(finding.worst),
                    finding.worst.values});
  }
  text += "\n" + format_table(rows);
  for (const QualityFinding& finding : instrument.findings) {
    if (!finding.action.empty()) text += fmt::format("  {}: {}\n", finding.check, finding.action);
  }
  return text;
}

// All findings of one check, over instruments.
struct CheckSummary {
  Severity severity = Severity::kInfo;
  std::int64_t instruments = 0, count = 0;
  const InstrumentQuality* worst_instrument = nullptr;
  const QualityFinding* worst = nullptr;  // of the instrument in which the check failed most often
  std::string title;
};

// "single bars missing (37 bars missing)": the figure in brackets is one instrument's, so a sum over them
// leaves it out.
std::string title_without_figures(const std::string& title) {
  return title.substr(0, title.find(" ("));
}

std::string format_summary(const QualityReport& report) {
  std::map<std::string, CheckSummary> by_check;
  for (const InstrumentQuality& instrument : report.instruments) {
    for (const QualityFinding& finding : instrument.findings) {
      CheckSummary& summary = by_check[finding.check];
      summary.severity = std::max(summary.severity, finding.severity);
      ++summary.instruments;
      summary.count += finding.count;
      if (summary.worst != nullptr && summary.worst->count >= finding.count) continue;
      summary.worst = &finding;
      summary.worst_instrument = &instrument;
      summary.title = title_without_figures(finding.title);
    }
  }
  std::vector<std::pair<std::string, CheckSummary>> sorted(by_check.begin(), by_check.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    if (a.second.severity != b.second.severity) return a.second.severity > b.second.severity;
    return a.second.count > b.second.count;
  });
  std::vector<Row> rows{{"severity", "check", "instruments", "count", "what", "most in", "for example"}};
  for (const auto& [check, summary] : sorted) {
    rows.push_back({std::string(severity_name(summary.severity)), check,
                    fmt::format("{}", summary.instruments), fmt::format("{}", summary.count), summary.title,
                    fmt::format("{} ({})", summary.worst_instrument->symbol, summary.worst->count),
                    fmt::format("{}: {}", place_of(summary.worst->worst), summary.worst->worst.values)});
  }
  return format_table(rows);
}

}  // namespace

std::string format_quality(const QualityReport& report) {
  const auto healthy = std::count_if(
      report.instruments.begin(), report.instruments.end(),
      [](const InstrumentQuality& instrument) { return instrument.worst_severity() == Severity::kInfo; });
  std::string text = fmt::format(
      "Health: {} checked, {} without warnings; {}, {}, {}.\n",
      count_words(static_cast<std::int64_t>(report.instruments.size()), "instrument", "instruments"), healthy,
      count_words(report.count(Severity::kError), "error", "errors"),
      count_words(report.count(Severity::kWarning), "warning", "warnings"),
      count_words(report.count(Severity::kInfo), "remark", "remarks"));
  if (report.instruments.size() > kMostInstrumentsInFull) return text + format_summary(report);
  for (const InstrumentQuality& instrument : report.instruments) text += format_instrument(instrument);
  return text;
}

}  // namespace regimetry::market

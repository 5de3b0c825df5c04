#include "market/quality/quality_report.hpp"

#include <algorithm>

namespace regimetry::market {
namespace {

nlohmann::json example_json(const QualityExample& example) {
  nlohmann::json json{
      {"row", example.row}, {"stamp", format_timestamp(example.stamp)}, {"values", example.values}};
  if (example.line > 0) json["line"] = example.line;
  if (!example.file.empty()) json["file"] = example.file;
  return json;
}

nlohmann::json finding_json(const QualityFinding& finding) {
  return {{"check", finding.check},
          {"title", finding.title},
          {"severity", severity_name(finding.severity)},
          {"count", finding.count},
          {"first", example_json(finding.first)},
          {"worst", example_json(finding.worst)},
          {"advice", finding.advice},
          {"action", finding.action}};
}

nlohmann::json instrument_json(const InstrumentQuality& instrument) {
  nlohmann::json findings = nlohmann::json::array();
  for (const QualityFinding& finding : instrument.findings) findings.push_back(finding_json(finding));
  nlohmann::json json{
      {"symbol", instrument.symbol},
      {"timeframe", instrument.timeframe},
      {"rows_read", instrument.rows_read},
      {"rows_kept", instrument.rows_kept},
      {"bars_per_year", instrument.bars_per_year},
      {"worst_severity", instrument.findings.empty() ? "none" : severity_name(instrument.worst_severity())},
      {"findings", std::move(findings)}};
  if (instrument.rows_read > 0) {
    json["first_stamp"] = format_timestamp(instrument.first_stamp);
    json["last_stamp"] = format_timestamp(instrument.last_stamp);
  }
  return json;
}

}  // namespace

std::string_view severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      break;
  }
  return "error";
}

Severity InstrumentQuality::worst_severity() const noexcept {
  Severity worst = Severity::kInfo;
  for (const QualityFinding& finding : findings) worst = std::max(worst, finding.severity);
  return worst;
}

Severity QualityReport::worst_severity() const noexcept {
  Severity worst = Severity::kInfo;
  for (const InstrumentQuality& instrument : instruments)
    worst = std::max(worst, instrument.worst_severity());
  return worst;
}

std::int64_t QualityReport::count(Severity severity) const noexcept {
  std::int64_t count = 0;
  for (const InstrumentQuality& instrument : instruments) {
    count +=
        std::count_if(instrument.findings.begin(), instrument.findings.end(),
                      [severity](const QualityFinding& finding) { return finding.severity == severity; });
  }
  return count;
}

nlohmann::json to_json(const QualityReport& report) {
  nlohmann::json instruments = nlohmann::json::array();
  for (const InstrumentQuality& instrument : report.instruments)
    instruments.push_back(instrument_json(instrument));
  return {{"errors", report.count(Severity::kError)},
          {"warnings", report.count(Severity::kWarning)},
          {"infos", report.count(Severity::kInfo)},
          {"instruments", std::move(instruments)}};
}

}  // namespace regimetry::market

#include "market/describe_market.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "market/quality/time_order.hpp"

namespace regimetry::market {
namespace {

std::string grouped(std::int64_t value) {
  std::string digits = fmt::format("{}", value);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

// ---- One instrument

struct Moments {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
};

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  const auto count = static_cast<double>(values.size());
  if (values.empty()) return moments;
  double sum = 0;
  for (const double value : values) sum += value;
  moments.mean = sum / count;
  if (values.size() < 2) return moments;
  double squares = 0;
  for (const double value : values) squares += (value - moments.mean) * (value - moments.mean);
  moments.sd = std::sqrt(squares / (count - 1));
  return moments;
}

std::vector<double> log_returns(const Bars& bars) {
  const TimeOrder order = find_time_order(bars);
  const std::vector<std::int64_t> rows =
      order.is_strictly_increasing ? std::vector<std::int64_t>{} : ordered_unique_rows(bars, order);
  const auto count = rows.empty() ? bars.close.size() : rows.size();
  std::vector<double> returns;
  double before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double close = bars.close[rows.empty() ? i : static_cast<std::size_t>(rows[i])];
    if (!(close > 0) || std::isinf(close)) continue;
    if (before > 0) returns.push_back(std::log(close / before));
    before = close;
  }
  return returns;
}

InstrumentSummary summarize(const Bars& bars, const InstrumentQuality& quality) {
  InstrumentSummary summary;
  summary.symbol = bars.symbol;
  summary.timeframe = bars.timeframe.name();
  summary.stamp_meaning = stamp_meaning_name(bars.stamp_meaning);
  summary.bars = bars.size();
  summary.bars_per_year = bars.bars_per_year;
  if (bars.size() > 0) {
    summary.first_stamp = quality.first_stamp;
    summary.last_stamp = quality.last_stamp;
    summary.first_close = bars.close.front();
    summary.last_close = bars.close.back();
  }
  const Moments moments = moments_of(log_returns(bars));
  const double per_year =
      bars.bars_per_year > 0 ? bars.bars_per_year : std::numeric_limits<double>::quiet_NaN();
  summary.return_per_year = moments.mean * per_year;
  summary.growth_per_year = std::expm1(summary.return_per_year);
  summary.volatility_per_year = moments.sd * std::sqrt(per_year);
  for (const Column& column : bars.extras) summary.extras.push_back(column.name);
  if (!quality.findings.empty()) {
    const QualityFinding& worst = quality.findings.front();
    summary.worst_finding =
        fmt::format("{}: {} ({})", severity_name(worst.severity), worst.check, grouped(worst.count));
  }
  return summary;
}

// ---- Words for all of them

std::string timeframe_words(const std::vector<InstrumentSummary>& instruments) {
  std::map<std::string, std::int64_t> counts;
  for (const InstrumentSummary& instrument : instruments) ++counts[instrument.timeframe];
  if (counts.size() == 1) {
    const std::string& name = counts.begin()->first;
    return name == "unknown" ? "bars without a usual spacing" : name + " bars";
  }
  std::vector<std::string> words;
  for (const auto& [name, count] : counts) words.push_back(fmt::format("{} x {}", count, name));
  return fmt::format("bars of several timeframes ({})", fmt::join(words, ", "));
}

std::string content_words(const std::vector<InstrumentSummary>& instruments, std::int64_t bar_count) {
  if (instruments.empty()) return "No instruments.";
  TimestampNs first = instruments.front().first_stamp, last = instruments.front().last_stamp;
  for (const InstrumentSummary& instrument : instruments) {
    first = std::min(first, instrument.first_stamp);
    last = std::max(last, instrument.last_stamp);
  }
  return fmt::format("{} of {}: {}, {} to {}.",
                     counted(static_cast<std::int64_t>(instruments.size()), "instrument", "instruments"),
                     timeframe_words(instruments), counted(bar_count, "bar", "bars"),
                     format_timestamp_short(first), format_timestamp_short(last));
}

// The checks of one severity with the number of instruments concerned, most first.
std::string findings_words(const QualityReport& report, Severity severity) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> by_check;  // check -> instruments, count
  for (const InstrumentQuality& instrument : report.instruments) {
    for (const QualityFinding& finding : instrument.findings) {
      if (finding.severity != severity) continue;
      ++by_check[finding.check].first;
      by_check[finding.check].second += finding.count;
    }
  }
  std::vector<std::pair<std::string, std::pair<std::int64_t, std::int64_t>>> sorted(by_check.begin(),
                                                                                    by_check.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.second > b.second.second; });
  std::vector<std::string> words;
  for (const auto& [check, counts] : sorted) {
    words.push_back(report.instruments.size() == 1
                        ? fmt::format("{} ({})", check, grouped(counts.second))
                        : fmt::format("{} ({} in {})", check, grouped(counts.second),
                                      counted(counts.first, "instrument", "instruments")));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string health_words(const QualityReport& report) {
  const std::string errors = findings_words(report, Severity::kError);
  const std::string warnings = findings_words(report, Severity::kWarning);
  if (!errors.empty()) {
    return fmt::format(
        "Not healthy: {} cannot be right{}. `regimetry ingest` refuses such rows, or drops or repairs them "
        "(--on-bad-row).",
        errors, warnings.empty() ? std::string() : "; unusual: " + warnings);
  }
  return warnings.empty() ? "Healthy." : fmt::format("Healthy, except for what is unusual: {}.", warnings);
}

std::string simulation_words(const MarketData& data) {
  if (!data.metadata.is_object() || !data.metadata.contains("simulation")) return {};
  const nlohmann::json& simulation = data.metadata["simulation"];
  std::string words = "Simulated";
  if (simulation.is_object() && simulation.contains("preset") && simulation["preset"].is_string()) {
    words += fmt::format(" from preset {}", simulation["preset"].get<std::string>());
  }
  if (simulation.is_object() && simulation.contains("seed"))
    words += fmt::format(", seed {}", simulation["seed"].dump());
  std::set<std::string> truth;
  for (const Bars& bars : data.instruments) {
    for (const Column& column : bars.extras) {
      if (column.name.starts_with("true_") || column.name.starts_with("oracle_")) truth.insert(column.name);
    }
  }
  if (truth.empty()) return words + ".";
  return words +
         fmt::format(
             ": the truth travels along in {} columns ({}). They are answers; never make features of them.",
             truth.size(), truth.contains("true_regime") ? "true_regime and others" : *truth.begin());
}

nlohmann::json number_or_null(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

}  // namespace

MarketSummary describe_market(const MarketData& data, const QualityReport& report) {
  MarketSummary summary;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    summary.instruments.push_back(summarize(data.instruments[i], report.instruments.at(i)));
  }
  summary.words = content_words(summary.instruments, data.bar_count());
  summary.health_words = health_words(report);
  summary.simulation_words = simulation_words(data);
  return summary;
}

nlohmann::json to_json(const MarketSummary& summary) {
  nlohmann::json instruments = nlohmann::json::array();
  for (const InstrumentSummary& instrument : summary.instruments) {
    nlohmann::json json{
        {"symbol", instrument.symbol},
        {"timeframe", instrument.timeframe},
        {"stamp", instrument.stamp_meaning},
        {"bars", instrument.bars},
        {"bars_per_year",
         instrument.bars_per_year > 0 ? nlohmann::json(instrument.bars_per_year) : nlohmann::json()},
        {"return_per_year", number_or_null(instrument.return_per_year)},
        {"growth_per_year", number_or_null(instrument.growth_per_year)},
        {"volatility_per_year", number_or_null(instrument.volatility_per_year)},
        {"first_close", number_or_null(instrument.first_close)},
        {"last_close", number_or_null(instrument.last_close)},
        {"extras", instrument.extras},
        {"worst_finding", instrument.worst_finding}};
    if (instrument.bars > 0) {
      json["first_stamp"] = format_timestamp(instrument.first_stamp);
      json["last_stamp"] = format_timestamp(instrument.last_stamp);
    }
    instruments.push_back(std::move(json));
  }
  return {{"summary", summary.words},
          {"health", summary.health_words},
          {"simulation", summary.simulation_words},
          {"instruments", std::move(instruments)}};
}

}  // namespace regimetry::market

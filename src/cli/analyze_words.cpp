#include "cli/analyze_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "core/printable.hpp"

namespace regimetry::cli {
namespace {

using analysis::AnalyzedInstrument;
using nlohmann::ordered_json;

constexpr std::size_t kWarningsShown = 3;

// Lines after the first are indented, so that each entry stands out.
std::string wrapped(const std::string& mark, const std::string& text, std::size_t width) {
  std::string words;
  for (const std::string& line : wrap_text(text, width - display_width(mark)))
    words += (words.empty() ? mark : std::string(display_width(mark), ' ')) + line + "\n";
  return words;
}

std::string match_table(const ordered_json& match) {
  if (!match.is_object()) return {};
  TextTable table({"against the true regimes", "labels", "bars", "adjusted Rand index", "balanced accuracy"});
  table.align_right({2, 3, 4});
  const auto add = [&](const std::string& name, const char* labels, const ordered_json& score) {
    table.add({name, labels, grouped_number(score.at("rows").get<std::int64_t>()),
               fmt::format("{:.2f}", score.at("adjusted_rand_index").get<double>()),
               fmt::format("{:.2f}", score.at("balanced_accuracy").get<double>())});
  };
  for (const ordered_json& one : match.at("methods"))
    add(one.at("method").get<std::string>() + (one.at("is_chosen").get<bool>() ? " (chosen)" : ""),
        one.at("labels").get<std::string>() == "asof" ? "at the time" : "final", one);
  const ordered_json& oracle = match.at("oracle");
  for (const auto& [observer, labels] : {std::pair("filter", "at the time"), std::pair("smoother", "final")})
    if (oracle.is_object() && oracle.at(observer).is_object())
      add("best possible observer of returns", labels, oracle.at(observer));
  return "\n" + table.text();
}

std::string percent_or_dash(const ordered_json& value) {
  return value.is_number() ? fmt::format("{:.1f}%", 100 * value.get<double>()) : "-";
}

std::string regime_words(const ordered_json& summary, std::int32_t id) {
  for (const ordered_json& regime : summary.at("regimes"))
    if (regime.at("regime").get<std::int32_t>() == id)
      return fmt::format("{} ({})", id, regime.at("title").get<std::string>());
  return std::to_string(id);
}

}  // namespace

std::string summary_words(const ordered_json& summary, std::size_t width) {
  std::string text = summary.at("headline").get<std::string>() + "\n";
  for (const ordered_json& sentence : summary.at("sentences"))
    text += wrapped("  ", sentence.get<std::string>(), width);
  text += match_table(summary.at("truth_match"));
  const ordered_json& warnings = summary.at("warnings");
  text += "\nBefore you rely on it:\n";
  for (std::size_t i = 0; i < std::min(kWarningsShown, warnings.size()); ++i)
    text += wrapped(fmt::format("  {}. ", i + 1), warnings.at(i).get<std::string>(), width);
  return text;
}

std::string overview_words(const analysis::MarketAnalysis& analysis,
                           const std::vector<ordered_json>& summaries) {
  TextTable table(
      {"instrument", "bars", "regime now", "since", "bars in it", "stays", "at the time = final"});
  table.align_right({1, 4, 5, 6});
  for (std::size_t i = 0; i < analysis.instruments.size(); ++i) {
    const AnalyzedInstrument& one = analysis.instruments[i];
    const std::string name = printable(one.name, 60);
    if (!one.failure.empty()) continue;  // told as the error it is
    const ordered_json& summary = summaries[i];
    const ordered_json& now = summary.at("now");
    if (!now.is_object()) continue;
    table.add({name, grouped_number(summary.at("bars").get<std::int64_t>()),
               regime_words(summary, now.at("regime").get<std::int32_t>()),
               now.at("since").get<std::string>().substr(0, 10),
               grouped_number(now.at("bars_in_regime").get<std::int64_t>()),
               percent_or_dash(now.at("stays_probability")), percent_or_dash(summary.at("asof_agreement"))});
  }
  return table.text();
}

std::string timing_words(const std::vector<analysis::StageRecord>& stages) {
  std::string ran, skipped;
  double seconds = 0;
  for (const analysis::StageRecord& stage : stages) {
    if (stage.was_skipped) {
      skipped += (skipped.empty() ? "" : ", ") + stage.name;
      continue;
    }
    ran += fmt::format("{}{} {:.2f} s", ran.empty() ? "" : ", ", stage.name, stage.seconds);
    seconds += stage.seconds;
  }
  if (ran.empty()) return "Nothing has changed since the last run, so nothing was computed again.\n";
  std::string text = fmt::format("{:.2f} s: {}.\n", seconds, ran);
  if (!skipped.empty()) text += fmt::format("Unchanged and left as they were: {}.\n", skipped);
  return text;
}

}  // namespace regimetry::cli

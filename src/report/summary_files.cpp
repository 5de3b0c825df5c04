#include "report/summary_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/json_value.hpp"
#include "report/run_name.hpp"

namespace regimetry::report {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kWarningsShown = 3;

std::string percent_or_dash(const std::optional<double>& share, int digits = 1) {
  return share ? fmt::format("{:.{}f}%", 100 * *share, digits) : "-";
}

// Words from data must not end a cell or begin markup.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '`') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string regime_table(const RegimeSummary& summary) {
  std::string text =
      "| regime | bars | share | chance to stay | mean stay | usually next | volatility/year | log "
      "return/year "
      "| drawdown |\n"
      "| --- | --: | --: | --: | --: | --- | --: | --: | --: |\n";
  for (const RegimeFacts& one : summary.regimes)
    text +=
        fmt::format("| {} | {} | {:.1f}% | {:.1f}% | {} | {} | {} | {} | {} |\n",
                    cell(named(summary, one.id)), one.bars, 100 * one.share, 100 * one.stickiness,
                    one.mean_stay_bars ? fmt::format("{:.1f} bars", *one.mean_stay_bars) : "-",
                    one.next ? cell(named(summary, *one.next)) : "-", percent_or_dash(one.annual_volatility),
                    percent_or_dash(one.annual_return), percent_or_dash(one.max_drawdown));
  return text;
}

std::string match_table(const ordered_json& match) {
  if (!match.is_object()) return {};
  std::string text =
      "\n## Against the true regimes\n\n| method | labels | bars | adjusted Rand index | balanced accuracy "
      "|\n| --- | --- | --: | --: | --: |\n";
  const auto add = [&](const std::string& name, const char* labels, const ordered_json& score) {
    text += fmt::format("| {} | {} | {} | {:.3f} | {:.3f} |\n", name, labels,
                        score.at("rows").get<std::int64_t>(), score.at("adjusted_rand_index").get<double>(),
                        score.at("balanced_accuracy").get<double>());
  };
  for (const ordered_json& one : match.at("methods"))
    add(one.at("method").get<std::string>() + (one.at("is_chosen").get<bool>() ? " (chosen)" : ""),
        one.at("labels").get<std::string>() == "asof" ? "known at the time" : "final", one);
  const ordered_json& oracle = match.at("oracle");
  for (const auto& [observer, labels] :
       {std::pair("filter", "known at the time"), std::pair("smoother", "final")})
    if (oracle.is_object() && oracle.at(observer).is_object())
      add("best possible observer of returns", labels, oracle.at(observer));
  return text;
}

// What was analysed, and how.
std::string origin_words(const RegimeRun& run, const RegimeSummary& summary) {
  std::int64_t labelled = 0;
  for (const RegimeFacts& one : summary.regimes) labelled += one.bars;
  std::string words = fmt::format("{} bars, {} to {}; {} of them have a regime.", run.size(),
                                  format_timestamp_short(run.timestamps.front()),
                                  format_timestamp_short(run.timestamps.back()), labelled);
  if (run.regimes.is_object())
    words += fmt::format(" Method: {}, {} rows.", run.regimes.value("method", "?"),
                         run.regimes.value("rows", std::int64_t{0}));
  if (run.run.is_object())
    words += fmt::format(" regimetry {}: {}", run.run.value("version", ""), run.run.value("command", ""));
  return words;
}

ordered_json number(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json whole(const std::optional<std::int32_t>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json now_json(const RegimeNow& now) {
  return {{"bar", format_timestamp(now.bar)},      {"regime", now.regime},
          {"since", format_timestamp(now.since)},  {"bars_in_regime", now.bars_in_regime},
          {"bars_after", now.bars_after},          {"probability", number(now.probability)},
          {"asof_regime", whole(now.asof_regime)}, {"stays_probability", now.stays_probability},
          {"usually_next", whole(now.next)},       {"next_probability", now.next_probability}};
}

// Every stay in a regime, in order; bars without one end a stay.
ordered_json stays_json(const RegimeRun& run) {
  ordered_json stays = ordered_json::array();
  const std::vector<std::int32_t>& ids = run.final_labels.ids;
  for (std::size_t first = 0; first < ids.size();) {
    std::size_t end = first + 1;
    while (end < ids.size() && ids[end] == ids[first]) ++end;
    if (ids[first] >= 0)
      stays.push_back({{"regime", ids[first]},
                       {"first", format_timestamp(run.timestamps[first])},
                       {"last", format_timestamp(run.timestamps[end - 1])},
                       {"bars", end - first}});
    first = end;
  }
  return stays;
}

}  // namespace

std::string summary_markdown(const RegimeRun& run, const RegimeSummary& summary) {
  std::string text = fmt::format("# {}\n\n{}\n\n**{}**\n", cell(run_name(run)),
                                 cell(origin_words(run, summary)), cell(summary.headline));
  for (const std::string& sentence : summary.sentences) text += "\n- " + cell(sentence);
  text +=
      "\n\n## Regimes\n\nFinal labels, which know the whole sample: this describes and is no forecast.\n\n" +
      regime_table(summary) + match_table(run.match) + "\n## Before you rely on it\n";
  for (std::size_t i = 0; i < std::min(kWarningsShown, summary.warnings.size()); ++i)
    text += fmt::format("\n{}. {}", i + 1, cell(summary.warnings[i]));
  return text + "\n";
}

ordered_json summary_json(const RegimeRun& run, const RegimeSummary& summary) {
  ordered_json regimes = ordered_json::array();
  for (const RegimeFacts& one : summary.regimes)
    regimes.push_back({{"regime", one.id},
                       {"title", one.title},
                       {"bars", one.bars},
                       {"share", one.share},
                       {"stickiness", one.stickiness},
                       {"mean_stay_bars", number(one.mean_stay_bars)},
                       {"usually_next", whole(one.next)},
                       {"annual_volatility", number(one.annual_volatility)},
                       {"annual_return", number(one.annual_return)},
                       {"max_drawdown", number(one.max_drawdown)},
                       {"role", one.role},
                       {"note", one.note}});
  const bool has_record = run.regimes.is_object();
  return {{"symbol", run.symbol},
          {"timeframe", run.timeframe},
          {"bars", run.size()},
          {"first", format_timestamp(run.timestamps.front())},
          {"last", format_timestamp(run.timestamps.back())},
          {"method", has_record ? run.regimes.value("method", ordered_json(nullptr)) : ordered_json(nullptr)},
          {"headline", summary.headline},
          {"sentences", summary.sentences},
          {"warnings", summary.warnings},
          {"now", summary.now ? now_json(*summary.now) : ordered_json(nullptr)},
          {"regimes", std::move(regimes)},
          {"stays", stays_json(run)},
          {"asof_agreement",
           has_record ? number(number_at(run.regimes, "asof_agreement")) : ordered_json(nullptr)},
          {"label_stability",
           has_record ? run.regimes.value("label_stability", ordered_json(nullptr)) : ordered_json(nullptr)},
          {"truth_match", run.match}};
}

}  // namespace regimetry::report

#include "report/run_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/json_value.hpp"
#include "report/regime_summary.hpp"

namespace regimetry::report {
namespace {

using nlohmann::ordered_json;

// Below these, something deserves a warning.
constexpr double kFewestAgreeing = 0.65;    // of the bars, final labels against those known at the time
constexpr double kFewestStable = 0.75;      // of the common rows of two fits
constexpr double kLeastSure = 0.6;          // of the last bar's regime
constexpr std::int64_t kFewestBars = 1000;  // with a regime
constexpr double kSmallestShare = 0.02;     // of a regime

// The order of what is said; more pressing ones first.
enum class Urgency {
  kNotNow,
  kLevels,
  kDataErrors,
  kNoUse,
  kNotKnown,
  kNotDone,
  kUnsure,
  kNoReturn,
  kUnstable,
  kFewBars,
  kSmall,
  kDirection,
  kSaid,
  kDataWarnings,
  kAlways
};

class WarningList {
 public:
  WarningList(const RegimeRun& run, const RegimeSummary& summary) : run_(run), summary_(summary) {}

  std::vector<std::string> collect() {
    add_levels();
    add_health();
    add_record();
    add_structure();
    add_now();
    add_size();
    add_said();
    add_always();
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> texts;
    for (auto& [urgency, text] : found_)
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
    return texts;
  }

 private:
  void add(Urgency urgency, std::string text) { found_.emplace_back(urgency, std::move(text)); }

  // What is true of every run, for those who read nothing else.
  void add_always() {
    add(Urgency::kAlways,
        fmt::format("The coloured bands are final labels: they were drawn with knowledge of what came later. "
                    "{}, and expect "
                    "any change of regime to be seen some bars late.",
                    run_.asof_labels.empty()
                        ? "Trade and judge by labels known at the time, which this run has not made"
                        : "Trade and judge by the labels known at the time"));
    const nlohmann::ordered_json& structure = run_.final_labels.structure;
    if (!structure.is_object()) return;
    const auto switches = structure.at("switches").get<double>();
    const auto bars = structure.at("labelled_rows").get<double>();
    if (bars < 2) return;
    add(Urgency::kAlways,
        fmt::format(
            "Saying 'the same regime as now' at every bar is right {:.1f}% of the time: hold any forecast of "
            "the next regime against that.",
            100 * (1 - switches / (bars - 1))));
  }

  void add_levels() {
    if (!run_.levels.is_object()) return;
    level_warning_ = run_.levels.value("warning", "");
    if (level_warning_.empty()) return;
    const bool follows =
        run_.levels.value("follows_price", false) || run_.levels.value("follows_calendar", false);
    add(follows ? Urgency::kLevels : Urgency::kSaid, level_warning_);
  }

  void add_health() {
    if (!run_.health.is_object() || !run_.health.contains("findings")) return;
    std::string wrong, unusual;
    for (const ordered_json& finding : run_.health.at("findings")) {
      const std::string severity = finding.value("severity", ""), action = finding.value("action", "");
      const std::string words =
          fmt::format("{} ({}){}", finding.value("title", ""), finding.value("count", 0),
                      severity == "error" && !action.empty() ? ": " + action : "");
      if (severity == "error") wrong += (wrong.empty() ? "" : "; ") + words;
      if (severity == "warning") unusual += (unusual.empty() ? "" : ", ") + words;
    }
    if (!wrong.empty())
      add(Urgency::kDataErrors, fmt::format("The data has bars that cannot be right: {}.", wrong));
    if (!unusual.empty())
      add(Urgency::kDataWarnings,
          fmt::format("The data is unusual in places, which may be right: {}.", unusual));
  }

  void add_record() {
    if (!run_.regimes.is_object()) return;
    if (const auto agreement = number_at(run_.regimes, "asof_agreement");
        agreement && *agreement < kFewestAgreeing)
      add(Urgency::kNotKnown, fmt::format("Labels known at the time agree with the final ones on only "
                                          "{:.0f}% of the bars: much of what the "
                                          "picture shows could not be seen then.",
                                          100 * *agreement));
    if (run_.regimes.contains("converged") && !run_.regimes.at("converged").get<bool>())
      add(Urgency::kNotDone,
          "The method stopped at its limit of iterations before it was done; regimes may come out "
          "otherwise with --starts or another method.");
    const auto stability = run_.regimes.find("label_stability");
    if (stability == run_.regimes.end() || !stability->is_object()) return;
    if (const auto agreement = number_at(*stability, "agreement"); agreement && *agreement < kFewestStable)
      add(Urgency::kUnstable, fmt::format("The regimes are not stable: fits made at different times name "
                                          "only {:.0f}% of their common bars "
                                          "alike.",
                                          100 * *agreement));
  }

  void add_structure() {
    const bool is_asof = run_.asof_labels.structure.is_object();
    const ordered_json& structure = is_asof ? run_.asof_labels.structure : run_.final_labels.structure;
    if (!structure.is_object()) return;
    add_separation(structure, is_asof);
    std::string lonely;
    for (const RegimeFacts& one : summary_.regimes) {
      const ordered_json& dwell =
          run_.final_labels.structure.at("regimes").at(static_cast<std::size_t>(one.id)).at("dwell");
      const auto stays =
          dwell.at("spells").get<std::int64_t>() + dwell.at("cut_off_spells").get<std::int64_t>();
      if (stays == 1) lonely += (lonely.empty() ? "" : ", ") + named(summary_, one.id);
    }
    if (!lonely.empty() && summary_.regimes.size() > 1)
      add(Urgency::kNoReturn, fmt::format("Regimes that occur a single time and never came back: {}. They "
                                          "are periods of history; nothing "
                                          "says what follows them.",
                                          lonely));
  }

  void add_separation(const ordered_json& structure, bool is_asof) {
    const auto separation = structure.find("separation");
    if (separation == structure.end() || !separation->is_object()) return;
    const bool volatility = separation->at("separates_volatility").get<bool>();
    const bool direction = separation->at("separates_direction").get<bool>();
    const char* labels = is_asof ? "Labels known at the time" : "The labels";
    const auto words = separation->at("separates").get<std::string>();
    if (words.starts_with("nothing can be said"))
      add(Urgency::kNoUse,
          fmt::format("Whether the regimes tell anything of what prices do next is open: {}.", words));
    else if (!volatility && !direction)
      add(Urgency::kNoUse, fmt::format("{} say nothing certain of what prices do next ({}).", labels, words));
    else if (!direction)
      add(Urgency::kDirection,
          fmt::format("{} tell how far prices move next, not which way: returns by regime describe the past.",
                      labels));
  }

  void add_now() {
    if (summary_.now && summary_.now->bars_after > 0)
      add(Urgency::kNotNow,
          fmt::format(
              "The last {} bars have no regime, for a feature has no value there: nothing is known of the "
              "present one.",
              summary_.now->bars_after));
    if (!summary_.now || !summary_.now->probability || *summary_.now->probability >= kLeastSure) return;
    add(Urgency::kUnsure,
        fmt::format("The regime of the last bar is not sure: {} with {:.0f}%.",
                    named(summary_, summary_.now->regime), 100 * *summary_.now->probability));
  }

  void add_size() {
    std::int64_t bars = 0;
    std::string small;
    for (const RegimeFacts& one : summary_.regimes) {
      bars += one.bars;
      if (one.share < kSmallestShare)
        small += fmt::format("{}{} ({} bars)", small.empty() ? "" : ", ", named(summary_, one.id), one.bars);
    }
    if (bars < kFewestBars)
      add(Urgency::kFewBars, fmt::format("Only {} bars have a regime; every number here is rough, and a "
                                         "longer history may look otherwise.",
                                         bars));
    if (!small.empty())
      add(Urgency::kSmall,
          fmt::format("Hardly any bars belong to: {}. What is said of them rests on little.", small));
  }

  // What the stages said while they ran.
  void add_said() {
    if (!run_.run.is_object() || !run_.run.contains("stages")) return;
    for (const ordered_json& stage : run_.run.at("stages"))
      for (const ordered_json& warning : stage.at("warnings")) {
        std::string text = warning.get<std::string>();
        if (text == level_warning_ || text.empty()) continue;
        if (text.front() >= 'a' && text.front() <= 'z')
          text.front() = static_cast<char>(text.front() - 'a' + 'A');
        if (text.back() != '.') text += '.';
        add(Urgency::kSaid, std::move(text));
      }
  }

  const RegimeRun& run_;
  const RegimeSummary& summary_;
  std::string level_warning_;
  std::vector<std::pair<Urgency, std::string>> found_;
};

}  // namespace

std::vector<std::string> run_warnings(const RegimeRun& run, const RegimeSummary& summary) {
  return WarningList(run, summary).collect();
}

}  // namespace regimetry::report

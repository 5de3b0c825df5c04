#include "report/regime_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "regimes/alignment/match_labels.hpp"
#include "report/json_value.hpp"
#include "report/regime_title.hpp"
#include "report/run_warnings.hpp"

namespace regimetry::report {
namespace {

using nlohmann::ordered_json;

std::string percent(double share) {
  return fmt::format("{:.0f}%", 100 * share);
}

// The mean deviation of a bar's regime: deviation over all bars would be that of the wildest regime alone.
std::optional<double> usual_deviation(const ordered_json& structure) {
  double sum = 0, bars = 0;
  for (const ordered_json& one : structure.at("regimes")) {
    if (!one.contains("returns")) continue;
    const std::optional<double> deviation = number_at(one.at("returns"), "deviation");
    if (!deviation) continue;
    sum += one.at("rows").get<double>() * *deviation;
    bars += one.at("rows").get<double>();
  }
  if (bars == 0) return std::nullopt;
  return sum / bars;
}

// Share of the bars with both labels where they agree under the best one-to-one match of regimes.
std::optional<double> agreement_under_best_match(const RegimeRun& run) {
  if (run.asof_labels.empty()) return std::nullopt;
  const regimes::LabelMatch match = regimes::match_labels(run.asof_labels.ids, run.final_labels.ids);
  if (match.compared_rows == 0) return std::nullopt;
  return match.agreement();
}

class Summariser {
 public:
  explicit Summariser(const RegimeRun& run) : run_(run) {}

  RegimeSummary summarise() {
    take_regimes();
    take_now();
    summary_.headline = headline();
    add_found();
    add_next();
    add_known_at_the_time();
    add_separation();
    add_truth();
    summary_.warnings = run_warnings(run_, summary_);
    return std::move(summary_);
  }

 private:
  [[nodiscard]] const ordered_json& structure() const { return run_.final_labels.structure; }

  void take_regimes() {
    if (!structure().is_object()) {
      count_regimes();
      return;
    }
    const std::optional<double> usual = usual_deviation(structure());
    const auto labelled = static_cast<double>(structure().at("labelled_rows").get<std::int64_t>());
    const ordered_json& counts = structure().at("transitions").at("counts");
    for (const ordered_json& one : structure().at("regimes")) {
      RegimeFacts facts;
      facts.id = one.at("regime").get<std::int32_t>();
      facts.bars = one.at("rows").get<std::int64_t>();
      if (facts.bars == 0) continue;
      facts.share = static_cast<double>(facts.bars) / labelled;
      facts.stickiness = one.at("stickiness").get<double>();
      facts.times_left = times_left(counts.at(static_cast<std::size_t>(facts.id)), facts.id);
      if (facts.times_left > 0)
        facts.mean_stay_bars = static_cast<double>(facts.bars) / static_cast<double>(facts.times_left);
      facts.next = whole_at(one, "most_likely_next");
      facts.role = one.at("role").get<std::string>();
      facts.note = one.at("note").get<std::string>();
      RegimeBehaviour behaviour;
      behaviour.bars = facts.bars;
      behaviour.usual_deviation = usual;
      if (one.contains("returns")) {
        const ordered_json& returns = one.at("returns");
        behaviour.mean = number_at(returns, "mean");
        behaviour.deviation = number_at(returns, "deviation");
        facts.annual_volatility = number_at(returns, "annual_volatility");
        facts.annual_return = number_at(returns, "annual_return");
        facts.max_drawdown = number_at(returns, "max_drawdown");
      }
      facts.title = regime_title(facts.id, behaviour);
      summary_.regimes.push_back(std::move(facts));
    }
  }

  // Labels that nobody described: how many bars each has.
  void count_regimes() {
    std::vector<std::int64_t> bars;
    std::int64_t labelled = 0;
    for (const std::int32_t id : run_.final_labels.ids) {
      if (id < 0) continue;
      if (static_cast<std::size_t>(id) >= bars.size()) bars.resize(static_cast<std::size_t>(id) + 1);
      ++bars[static_cast<std::size_t>(id)];
      ++labelled;
    }
    for (std::size_t id = 0; id < bars.size(); ++id) {
      if (bars[id] == 0) continue;
      RegimeFacts& facts = summary_.regimes.emplace_back();
      facts.id = static_cast<std::int32_t>(id);
      facts.bars = bars[id];
      facts.share = static_cast<double>(bars[id]) / static_cast<double>(labelled);
      facts.title = regime_title(facts.id, {});
    }
  }

  static std::int64_t times_left(const ordered_json& counts, std::int32_t id) {
    std::int64_t exits = 0;
    for (std::size_t to = 0; to < counts.size(); ++to)
      if (to != static_cast<std::size_t>(id)) exits += counts.at(to).get<std::int64_t>();
    return exits;
  }

  void take_now() {
    const std::vector<std::int32_t>& ids = run_.final_labels.ids;
    std::size_t last = ids.size();
    while (last > 0 && ids[last - 1] < 0) --last;
    if (last == 0) return;
    --last;
    std::size_t first = last;
    while (first > 0 && ids[first - 1] == ids[last]) --first;
    RegimeNow now;
    now.bar = run_.timestamps[last];
    now.regime = ids[last];
    now.since = run_.timestamps[first];
    now.bars_in_regime = static_cast<std::int64_t>(last - first) + 1;
    now.bars_after = static_cast<std::int64_t>(ids.size() - last) - 1;
    const std::vector<double>& chances = run_.final_labels.probabilities;
    if (!chances.empty() && std::isfinite(chances[last])) now.probability = chances[last];
    if (!run_.asof_labels.empty() && run_.asof_labels.ids[last] >= 0)
      now.asof_regime = run_.asof_labels.ids[last];
    if (structure().is_object()) {
      const ordered_json& regime = structure().at("regimes").at(static_cast<std::size_t>(now.regime));
      now.stays_probability = regime.at("stickiness").get<double>();
      now.next = whole_at(regime, "most_likely_next");
      now.next_probability = regime.at("next_probability").get<double>();
    }
    summary_.now = now;
  }

  [[nodiscard]] std::string headline() const {
    if (!summary_.now) return "No bar has a regime.";
    const RegimeNow& now = *summary_.now;
    const std::string who = run_.symbol.empty() ? "The market" : run_.symbol;
    const char* bars = now.bars_in_regime == 1 ? "bar" : "bars";
    if (now.bars_after > 0)
      return fmt::format("{} was in regime {} at {}, for {} {}; the {} later bars have no regime.", who,
                         named(summary_, now.regime), format_timestamp_short(now.bar), now.bars_in_regime,
                         bars, now.bars_after);
    return fmt::format("{} is in regime {}, for {} {} now (since {}).", who, named(summary_, now.regime),
                       now.bars_in_regime, bars, format_timestamp_short(now.since));
  }

  void say(std::string sentence) { summary_.sentences.push_back(std::move(sentence)); }

  void add_found() {
    std::string text = fmt::format("{} {} in {} bars:", summary_.regimes.size(),
                                   summary_.regimes.size() == 1 ? "regime" : "regimes", labelled_bars());
    for (std::size_t i = 0; i < summary_.regimes.size(); ++i) {
      const RegimeFacts& one = summary_.regimes[i];
      text += fmt::format("{} {} with {}", i == 0 ? "" : ",", named(summary_, one.id), percent(one.share));
    }
    text += ".";
    if (summary_.regimes.back().id + 1 > std::ssize(summary_.regimes))
      text += " Numbers that are missing belong to regimes that earlier fits or runs saw.";
    if (structure().is_object()) {
      if (const auto switches = number_at(structure(), "switches_per_year"))
        text += fmt::format(" They change {:.1f} times a year.", *switches);
    }
    say(std::move(text));
  }

  [[nodiscard]] std::int64_t labelled_bars() const {
    std::int64_t bars = 0;
    for (const RegimeFacts& one : summary_.regimes) bars += one.bars;
    return bars;
  }

  void add_next() {
    if (!summary_.now || !structure().is_object()) return;
    const RegimeNow& now = *summary_.now;
    const auto found = std::find_if(summary_.regimes.begin(), summary_.regimes.end(),
                                    [&](const RegimeFacts& one) { return one.id == now.regime; });
    std::string text =
        fmt::format("From one bar to the next this regime stays with {:.1f}%", 100 * now.stays_probability);
    if (found != summary_.regimes.end() && found->mean_stay_bars)
      text += fmt::format(", so a stay lasts {:.0f} bars on average ({} {} seen to end)",
                          *found->mean_stay_bars, found->times_left, found->times_left == 1 ? "was" : "were");
    if (found != summary_.regimes.end() && found->times_left == 0)
      text += ", and no stay has been seen to end";
    if (now.next) text += fmt::format("; what usually follows is {}", named(summary_, *now.next));
    text += ".";
    if (now.probability)
      text += fmt::format(" The last bar belongs to it with {}.", percent(*now.probability));
    if (now.asof_regime && *now.asof_regime != now.regime)
      text += fmt::format(" The label known at the time says {} instead.", named(summary_, *now.asof_regime));
    say(std::move(text));
  }

  void add_known_at_the_time() {
    if (!run_.regimes.is_object()) return;
    const std::optional<double> agreement = number_at(run_.regimes, "asof_agreement");
    if (!agreement) return;
    std::string text = fmt::format(
        "What was known at the time agrees with these final labels on {} of the bars", percent(*agreement));
    constexpr double kNoteworthy = 0.05;
    if (const std::optional<double> matched = agreement_under_best_match(run_);
        matched && *matched - *agreement > kNoteworthy)
      text += fmt::format(" ({} where regimes are matched anew, for numbers moved from fit to fit)",
                          percent(*matched));
    const auto stability = run_.regimes.find("label_stability");
    if (stability != run_.regimes.end() && stability->is_object())
      text += fmt::format(", and fits made at different times name {} of their common bars alike",
                          percent(stability->at("agreement").get<double>()));
    say(text + ".");
  }

  void add_separation() {
    const bool is_asof = run_.asof_labels.structure.is_object();
    const ordered_json& described = is_asof ? run_.asof_labels.structure : structure();
    if (!described.is_object() || !described.contains("separation") ||
        !described.at("separation").is_object())
      return;
    const auto words = described.at("separation").at("separates").get<std::string>();
    const char* labels = is_asof ? "known at the time" : "that know the future";
    if (words.starts_with("nothing can be said"))
      say(fmt::format("Of what labels {} separate, {}.", labels, words));
    else
      say(fmt::format("By labels {}, the regimes separate: {}.", labels, words));
  }

  void add_truth() {
    if (!run_.match.is_object()) return;
    std::string text = "The true regimes are known (adjusted Rand index, balanced accuracy):";
    const char* comma = "";
    for (const ordered_json& one : run_.match.at("methods")) {
      if (!one.at("is_chosen").get<bool>()) continue;
      const bool is_asof = one.at("labels").get<std::string>() == "asof";
      text += fmt::format("{} {} reach {}{}", comma, is_asof ? "labels known at the time" : "final labels",
                          score_words(one), ceiling(is_asof ? "filter" : "smoother"));
      comma = ";";
    }
    say(text + ".");
  }

  static std::string score_words(const ordered_json& score) {
    return fmt::format("{:.2f} and {:.2f}", score.at("adjusted_rand_index").get<double>(),
                       score.at("balanced_accuracy").get<double>());
  }

  // What an observer who knows all parameters reaches from returns.
  [[nodiscard]] std::string ceiling(const char* observer) const {
    const auto oracle = run_.match.find("oracle");
    if (oracle == run_.match.end() || !oracle->is_object() || !oracle->at(observer).is_object()) return {};
    return fmt::format(", the best possible observer {}", score_words(oracle->at(observer)));
  }

  const RegimeRun& run_;
  RegimeSummary summary_;
};

}  // namespace

std::string named(const RegimeSummary& summary, std::int32_t id) {
  for (const RegimeFacts& one : summary.regimes)
    if (one.id == id && one.title != fmt::format("regime {}", id))
      return fmt::format("{} ({})", id, one.title);
  return std::to_string(id);
}

RegimeSummary summarise(const RegimeRun& run) {
  return Summariser(run).summarise();
}

}  // namespace regimetry::report

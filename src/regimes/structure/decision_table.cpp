#include "regimes/structure/decision_table.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "regimes/structure/python_number.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kVolatileEntropy = 0.4;
constexpr double kSticky = 0.90, kModeratelySticky = 0.75;
constexpr double kTrendEntropy = 0.35, kChoppyEntropy = 0.6;

std::string_view strategy_note(double stickiness) {
  if (stickiness > kSticky) return "✅ Trend-friendly, hold longer";
  if (stickiness > kModeratelySticky) return "🟡 Moderate regime, tighten stop";
  return "⚠️ Transitional, exit fast";
}

std::string rounded(double value) {
  return python_number(round_to_3(value));
}

}  // namespace

RegimeAdvice advise(const TransitionProfile& profile) {
  RegimeAdvice advice;
  advice.is_volatile = profile.entropy > kVolatileEntropy;
  advice.note = strategy_note(profile.stickiness);
  if (profile.stickiness > kSticky && profile.entropy < kTrendEntropy) {
    advice.role = "Trend Holder";
    advice.action = "📈 Hold / Extend TP";
  } else if (profile.entropy > kChoppyEntropy) {
    advice.role = "High-Risk / Choppy";
    advice.action = "❌ Avoid entries";
  } else {
    advice.role = "Moderate Regime";
    advice.action = "🚨 Tighten Stop / Quick TP";
  }
  return advice;
}

std::string decision_table_csv(const std::vector<TransitionProfile>& profiles) {
  std::string text = ",Stickiness,Most_Likely_Next,Next_Prob,Transition_Entropy,Volatile?,Strategy_Note\n";
  for (std::size_t k = 0; k < profiles.size(); ++k) {
    const TransitionProfile& one = profiles[k];
    const RegimeAdvice advice = advise(one);
    text +=
        fmt::format("Cluster {},{},{},{},{},{},\"{}\"\n", k, rounded(one.stickiness),
                    one.next ? fmt::format("Cluster {}", *one.next) : "None", rounded(one.next_probability),
                    rounded(one.entropy), advice.is_volatile ? "Yes" : "No", advice.note);
  }
  return text;
}

std::string role_summary_csv(const std::vector<TransitionProfile>& profiles) {
  std::string text = "Cluster,Role,Volatility,Stickiness,Action\n";
  for (std::size_t k = 0; k < profiles.size(); ++k) {
    const RegimeAdvice advice = advise(profiles[k]);
    text += fmt::format("C{},{},{},{},{}\n", k, advice.role, advice.is_volatile ? "High" : "Low",
                        rounded(profiles[k].stickiness), advice.action);
  }
  return text;
}

std::string regime_metadata_json(const std::vector<TransitionProfile>& profiles) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (std::size_t k = 0; k < profiles.size(); ++k) {
    const RegimeAdvice advice = advise(profiles[k]);
    json[std::to_string(k)] = {{"stickiness", round_to_3(profiles[k].stickiness)},
                               {"entropy", round_to_3(profiles[k].entropy)},
                               {"volatile", advice.is_volatile},
                               {"note", advice.note}};
  }
  return json.dump(2, ' ', /*ensure_ascii=*/true);  // as Python's json: \ud83d\udfe1 for an emoji
}

std::string transition_matrix_csv(const MatrixD& matrix) {
  std::string text;
  for (Eigen::Index column = 0; column < matrix.cols(); ++column)
    text += fmt::format("{}{}", column > 0 ? "," : "", column);
  text += '\n';
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    for (Eigen::Index column = 0; column < matrix.cols(); ++column)
      text += (column > 0 ? "," : "") + python_number(matrix(row, column));
    text += '\n';
  }
  return text;
}

}  // namespace regimetry::regimes

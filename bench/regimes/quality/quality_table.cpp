#include "quality_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "quality_score.hpp"
#include "simulated_sequences.hpp"

namespace regimetry::bench {
namespace {

QualityScore measure(const QualityMethod& method, const QualityStudy& study, const SequenceSet& set,
                     std::uint64_t seed, ThreadPool& pool) {
  auto count = static_cast<std::int64_t>(set.sequences.size());
  if (method.most_sequences > 0) count = std::min<std::int64_t>(count, method.most_sequences);
  std::vector<Labels> labels(static_cast<std::size_t>(count));
  pool.parallel_for(count, 1, [&](IndexRange range) {
    ThreadPool one(1);
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const MethodInput input{set.sequences[at], set.parameters.regime_count(),
                              Rng(seed + static_cast<std::uint64_t>(i)), one, set.parameters};
      labels[at] = study.history_bars > 0 ? method.online_labels(input, study.history_bars)
                                          : method.final_labels(input);
    }
  });
  QualityScore score(set.parameters.regime_count());
  for (std::size_t i = 0; i < labels.size(); ++i)
    score.add(std::span(set.sequences[i].regimes).subspan(static_cast<std::size_t>(study.history_bars)),
              labels[i]);
  return score;
}

std::string with_error(const Estimate& estimate) {
  return fmt::format("{:.3f} ({:.3f})", estimate.mean, estimate.standard_error);
}

std::string row(const QualityMethod& method, const QualityScore& score) {
  const double lag = score.median_lag_bars();
  const std::string name = method.most_sequences > 0
                               ? fmt::format("{} (first {})", method.name, method.most_sequences)
                               : method.name;
  return fmt::format("| {} | {} | {} | {} | {:.3f} | {} | {:.2f} | {} | {:.2f} |\n", name, method.sees,
                     with_error(score.balanced_accuracy()), with_error(score.balanced_absent_as_zero()),
                     score.balanced_within().mean, with_error(score.adjusted_rand()),
                     score.switches_per_year(), std::isinf(lag) ? "never" : fmt::format("{:.0f}", lag),
                     score.missed_share());
}

std::string heading(const QualityStudy& study) {
  const std::string kind = study.history_bars > 0
                               ? fmt::format("online, fitted to the {} bars before", study.history_bars)
                               : "final labels";
  return fmt::format(
      "\n### {}, {} bars, {}, {} sequences\n\n"
      "| method | sees | recall mean | absent as 0 | within | ARI | switches a year | median lag | missed |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
      study.preset, study.bars, kind, study.sequences);
}

std::string published_rows(const QualityStudy& study) {
  std::string text;
  if (study.history_bars > 0) return text;
  for (const PublishedValue& value : published_values()) {
    if (value.preset != study.preset || value.bars != study.bars) continue;
    const bool is_recall_mean = study.preset == "hardy3-daily";
    const std::string number = fmt::format("{:.3f}", value.balanced_accuracy);
    text += fmt::format("| published: {} | returns | {} | {} | | | | | |\n", value.method,
                        is_recall_mean ? number : "", is_recall_mean ? "" : number);
  }
  return text;
}

}  // namespace

const std::vector<PublishedValue>& published_values() {
  static const std::vector<PublishedValue> values = [] {
    std::vector<PublishedValue> list;
    const std::int64_t lengths[] = {500, 1000, 2000};
    const auto add = [&](const char* preset, const char* method, const std::vector<double>& row) {
      for (std::size_t i = 0; i < row.size(); ++i) list.push_back({preset, lengths[i], method, row[i]});
    };
    add("hardy3-daily", "HMM", {.540, .553, .576});
    add("hardy3-daily", "jump model", {.723, .737, .758});
    add("hardy3-daily", "continuous jump model", {.743, .753, .780});
    add("hardy3-daily", "oracle", {.815, .843, .881});
    add("short-bears-daily", "HMM", {.648, .747, .779});
    add("short-bears-daily", "jump model", {.765, .878, .930});
    add("short-bears-daily", "oracle", {.780, .877, .929});
    return list;
  }();
  return values;
}

std::string measure_table(const QualityStudy& study, const std::vector<QualityMethod>& methods,
                          std::uint64_t seed, ThreadPool& pool) {
  const SequenceSet set =
      draw_sequences(study.preset, study.history_bars + study.bars, study.sequences, seed);
  std::string table = heading(study) + published_rows(study);
  double true_switches = 0;
  for (const QualityMethod& method : methods) {
    const bool has_labels = study.history_bars > 0 ? static_cast<bool>(method.online_labels)
                                                   : static_cast<bool>(method.final_labels);
    if (!has_labels) continue;
    const QualityScore score = measure(method, study, set, seed, pool);
    table += row(method, score);
    true_switches = score.true_switches_per_year();
  }
  return table + fmt::format("\nThe truth switches {:.2f} times a year.\n", true_switches);
}

}  // namespace regimetry::bench

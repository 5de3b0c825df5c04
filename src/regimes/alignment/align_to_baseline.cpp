#include "regimes/alignment/align_to_baseline.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "regimes/alignment/match_labels.hpp"

namespace regimetry::regimes {
namespace {

// The labels of the stamps that both have.
struct CommonRows {
  std::vector<std::int32_t> labels, reference;
};

void add_common(const LabelBaseline::Sequence& run, const LabelBaseline::Sequence& baseline,
                CommonRows& common) {
  std::size_t i = 0, j = 0;
  while (i < run.timestamps.size() && j < baseline.timestamps.size()) {
    if (run.timestamps[i] == baseline.timestamps[j]) {
      common.labels.push_back(run.labels[i++]);
      common.reference.push_back(baseline.labels[j++]);
    } else if (run.timestamps[i] < baseline.timestamps[j]) {
      ++i;
    } else {
      ++j;
    }
  }
}

// "AAA, BBB from 2020-01-01 to 2021-01-01"
std::string extent_of(const LabelBaseline& labels) {
  if (labels.sequences.empty()) return "no row with a regime";
  constexpr std::size_t kMostSymbols = 5;
  std::vector<std::string> symbols;
  TimestampNs first = labels.sequences.front().timestamps.front(), last = first;
  for (const LabelBaseline::Sequence& sequence : labels.sequences) {
    if (symbols.size() < kMostSymbols) symbols.push_back(printable(sequence.symbol));
    first = std::min(first, sequence.timestamps.front());
    last = std::max(last, sequence.timestamps.back());
  }
  if (labels.sequences.size() > kMostSymbols) symbols.emplace_back("...");
  const std::string names = fmt::format("{}", fmt::join(symbols, ", "));
  return fmt::format("{}from {} to {}", names.empty() ? "" : names + " ", format_timestamp(first),
                     format_timestamp(last));
}

double agreement_of(const CommonRows& common, const LabelMapping& mapping) {
  std::int64_t equal = 0;
  for (std::size_t n = 0; n < common.labels.size(); ++n)
    equal += mapping.at(common.labels[n]) == common.reference[n] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(common.labels.size());
}

}  // namespace

std::vector<std::string> AlignOptions::problems() const {
  if (minimum_shared > 0 && minimum_shared <= 1) return {};
  return {fmt::format("minimum_shared is {}; it must lie above 0 and not above 1", minimum_shared)};
}

AlignedLabels align_to_baseline(const LabelledRows& rows, const LabelBaseline& baseline,
                                const AlignOptions& options) {
  const LabelBaseline run = make_baseline(rows);
  CommonRows common;
  for (const LabelBaseline::Sequence& sequence : run.sequences) {
    if (const auto* same = baseline.find(sequence.symbol)) add_common(sequence, *same, common);
  }
  if (common.labels.empty()) {
    throw Error(ErrorKind::kData,
                fmt::format("the labels have no stamp in common with the baseline, so nothing says which "
                            "regime is which: the run has {}, the baseline {}. Use labels that overlap, or "
                            "begin a new baseline in another folder.",
                            extent_of(run), extent_of(baseline)));
  }
  std::set<std::int32_t> labels, known;
  for (const auto& sequence : run.sequences) labels.insert(sequence.labels.begin(), sequence.labels.end());
  for (const auto& sequence : baseline.sequences)
    known.insert(sequence.labels.begin(), sequence.labels.end());

  AlignedLabels aligned;
  aligned.compared_rows = static_cast<std::int64_t>(common.labels.size());
  for (const LabelMatch::Pair& pair : match_labels(common.labels, common.reference).pairs) {
    if (pair.shared_part() >= options.minimum_shared) aligned.mapping[pair.label] = pair.reference;
  }
  std::set<std::int32_t> absent = known;
  for (const auto& [label, number] : aligned.mapping) absent.erase(number);
  aligned.absent_numbers.assign(absent.begin(), absent.end());
  std::int32_t next = *known.rbegin() + 1;
  for (const std::int32_t label : labels) {
    if (!aligned.mapping.emplace(label, next).second) continue;
    aligned.new_numbers.push_back(next++);
  }
  aligned.agreement = agreement_of(common, aligned.mapping);
  aligned.labels = apply_mapping(rows.labels, aligned.mapping);
  return aligned;
}

std::vector<std::int32_t> apply_mapping(std::span<const std::int32_t> labels, const LabelMapping& mapping) {
  std::vector<std::int32_t> numbers;
  numbers.reserve(labels.size());
  for (const std::int32_t label : labels) {
    const auto entry = mapping.find(label);
    if (label >= 0 && entry == mapping.end()) {
      throw Error(ErrorKind::kData, fmt::format("label {} has no number in the mapping", label));
    }
    numbers.push_back(label < 0 ? label : entry->second);
  }
  return numbers;
}

}  // namespace regimetry::regimes

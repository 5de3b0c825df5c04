#include "regimes/model/regime_numbers.hpp"

#include <algorithm>
#include <set>

#include "core/gather.hpp"
#include "regimes/alignment/match_labels.hpp"
#include "regimes/no_regime.hpp"
#include "regimes/structure/transitions.hpp"

namespace regimetry::regimes {
namespace {

// Of the rows of the smaller of two regimes that are to be one.
constexpr double kSharedPart = 0.5;

// What is left of `living` to the labels that are left, in order.
void share_out(std::set<std::int32_t> living, std::vector<std::int32_t>& numbers) {
  for (const std::int32_t number : numbers) living.erase(number);
  for (std::int32_t& number : numbers) {
    if (number != kNoRegime || living.empty()) continue;
    number = *living.begin();
    living.erase(living.begin());
  }
}

std::set<std::int32_t> distinct(std::span<const std::int32_t> numbers) {
  std::set<std::int32_t> found(numbers.begin(), numbers.end());
  found.erase(kNoRegime);
  return found;
}

}  // namespace

RegimeNumbers::RegimeNumbers(std::span<const std::int32_t> baseline, std::int32_t reserved)
    : baseline_(baseline.begin(), baseline.end()), known_(baseline.size(), kNoRegime), next_(reserved) {}

std::vector<std::int32_t> RegimeNumbers::number(std::span<const std::int32_t> labels,
                                                std::span<const std::int64_t> rows, int regime_count,
                                                std::span<const std::int32_t> ordered) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(regime_count), kNoRegime);
  const std::vector<std::int32_t> earlier = gather(is_first_ ? baseline_ : known_, rows);
  const std::set<std::int32_t> living = distinct(earlier);
  if (is_first_) {
    for (const std::int32_t number : living) next_ = std::max(next_, number + 1);
    // A number of the baseline whose regime the first fit does not find may come back later.
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (earlier[i] != kNoRegime) gone_[earlier[i]].push_back(rows[i]);
    match(labels, earlier, true, numbers);
    if (next_ == 0) numbers.assign(ordered.begin(), ordered.end());
  } else {
    const bool is_strict = std::ssize(living) != regime_count;
    match(labels, earlier, is_strict, numbers);
    if (is_strict)
      revive(labels, rows, numbers);
    else
      share_out(living, numbers);
  }
  for (std::int32_t& number : numbers) {
    if (number == kNoRegime) number = unused(numbers);
    next_ = std::max(next_, number + 1);
  }
  bury(numbers);
  for (std::size_t i = 0; i < rows.size(); ++i)
    known_[static_cast<std::size_t>(rows[i])] = numbers[static_cast<std::size_t>(labels[i])];
  is_first_ = false;
  return numbers;
}

void RegimeNumbers::match(std::span<const std::int32_t> labels, std::span<const std::int32_t> earlier,
                          bool is_strict, std::vector<std::int32_t>& numbers) const {
  for (const LabelMatch::Pair& pair : match_labels(labels, earlier).pairs) {
    if (is_strict && pair.shared_part() < kSharedPart) continue;
    numbers[static_cast<std::size_t>(pair.label)] = pair.reference;
  }
}

// Those that are gone, each by the rows that it last had.
void RegimeNumbers::revive(std::span<const std::int32_t> labels, std::span<const std::int64_t> rows,
                           std::vector<std::int32_t>& numbers) const {
  std::vector<std::int32_t> label_of(known_.size(), kNoRegime);
  std::vector<std::int64_t> sizes(numbers.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    label_of[static_cast<std::size_t>(rows[i])] = labels[i];
    ++sizes[static_cast<std::size_t>(labels[i])];
  }
  for (const auto& [number, rows_of_number] : gone_) {
    std::vector<std::int64_t> common(numbers.size());
    std::int64_t known = 0;
    for (const std::int64_t row : rows_of_number) {
      const std::int32_t label = label_of[static_cast<std::size_t>(row)];
      if (label == kNoRegime) continue;
      ++known;
      ++common[static_cast<std::size_t>(label)];
    }
    for (std::size_t label = 0; label < numbers.size(); ++label) {
      if (numbers[label] != kNoRegime || common[label] == 0) continue;
      const LabelMatch::Pair pair{static_cast<std::int32_t>(label), number, common[label], sizes[label],
                                  known};
      if (pair.shared_part() < kSharedPart) continue;
      numbers[label] = number;
      break;
    }
  }
}

void RegimeNumbers::bury(const std::vector<std::int32_t>& numbers) {
  const std::set<std::int32_t> living(numbers.begin(), numbers.end());
  std::map<std::int32_t, Rows> dying;
  for (std::size_t row = 0; row < known_.size(); ++row)
    if (known_[row] != kNoRegime && !living.contains(known_[row]))
      dying[known_[row]].push_back(static_cast<std::int64_t>(row));
  for (auto& [number, rows] : dying) gone_[number] = std::move(rows);
  for (const std::int32_t number : living) gone_.erase(number);
}

// One that was never used, while there are any.
std::int32_t RegimeNumbers::unused(const std::vector<std::int32_t>& numbers) {
  if (next_ < kMostRegimes) return next_;
  std::int32_t free = 0;
  while (std::find(numbers.begin(), numbers.end(), free) != numbers.end()) ++free;
  return free;
}

}  // namespace regimetry::regimes

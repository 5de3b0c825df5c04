// The numbers of regimes from one fit to the next: a number means one regime, for as long as it is used.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace regimetry::regimes {

class RegimeNumbers {
 public:
  // `baseline` [N]: the numbers that an earlier run gave to the rows, kNoRegime where none. The first fit
  // takes them for regimes that share at least half of the rows of the smaller of the two, among the rows it
  // knows; nothing else of the baseline is looked at. Numbers below `reserved` are given to nobody else.
  RegimeNumbers(std::span<const std::int32_t> baseline, std::int32_t reserved);

  // The number of each label 0 .. regime_count-1 of a fit to the rows `rows` (places in 0 .. N-1). `ordered`
  // holds the numbers that a first fit would like.
  //
  // Labels are matched one to one to the numbers of the fit before, so that most rows keep theirs. Of as many
  // regimes as before each keeps one, however few rows say so: AsofRefit::agreement tells how much it means.
  // Where the count changed, the match must hold for half of the rows of the smaller one. What is left is a
  // regime that was there before and gone, if it has half of the rows that one last had, else a new one, with
  // a number that was never used.
  [[nodiscard]] std::vector<std::int32_t> number(std::span<const std::int32_t> labels,
                                                 std::span<const std::int64_t> rows, int regime_count,
                                                 std::span<const std::int32_t> ordered);

  // [N] the numbers under the last fit; kNoRegime for rows that none has seen.
  [[nodiscard]] const std::vector<std::int32_t>& known() const noexcept { return known_; }

 private:
  using Rows = std::vector<std::int64_t>;

  void match(std::span<const std::int32_t> labels, std::span<const std::int32_t> earlier, bool is_strict,
             std::vector<std::int32_t>& numbers) const;
  void revive(std::span<const std::int32_t> labels, std::span<const std::int64_t> rows,
              std::vector<std::int32_t>& numbers) const;
  void bury(const std::vector<std::int32_t>& numbers);
  [[nodiscard]] std::int32_t unused(const std::vector<std::int32_t>& numbers);

  std::vector<std::int32_t> baseline_, known_;
  std::map<std::int32_t, Rows> gone_;  // numbers that no label has: the rows that they last had
  bool is_first_ = true;
  std::int32_t next_ = 0;  // above every number ever used
};

}  // namespace regimetry::regimes

// Does a column look like the future? For columns that come ready-made and cannot be recomputed: labels in a
// file, a forward return under a harmless name.
//
// Method: against returns of the next 1 to 64 bars. Equality with such a return or price, bar by bar, is as
//         good as proof. Rank correlation with it (for words and few levels: the share of rank variance that
//         the levels explain) is a suspicion when it is larger than a market can give and larger than the
//         likeness to the past, by more than chance allows when bars overlap and columns move slowly.
// Not:    signed returns only. A forecast of volatility may well agree with later volatility, and a label
// that
//         copies later volatility is not found.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::features {

struct FutureLikenessOptions {
  // Least rank correlation with a later return that is called implausible.
  double least_correlation = 0.3;
  // By so much it must exceed the correlation with the past.
  double margin_over_past = 0.15;
  // Standard errors it must lie from zero.
  double least_standard_errors = 6;
  // Share of rows that must equal a later return or price.
  double matching_share = 0.95;
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct FutureLikeness {
  bool is_equal = false;        // else correlated
  std::string words;            // "equals the close 1 bar later", "tracks the return of the next 5 bars"
  std::int64_t horizon = 0;     // bars ahead
  double strength = 0;          // share of equal rows, or correlation
  double past_strength = 0;     // the same for the past; correlation only
  std::int64_t row = 0;         // where its value is nearest to what it looks like
  double value = 0, later = 0;  // the column there, and what it looks like
};

// One instrument's later and earlier returns, ready to be compared with many columns.
class FutureProbe {
 public:
  explicit FutureProbe(const market::Bars& bars, FutureLikenessOptions options = {});
  ~FutureProbe();
  FutureProbe(FutureProbe&&) noexcept;
  FutureProbe& operator=(FutureProbe&&) noexcept;

  // A column of numbers with one value per bar, NaN where missing. `is_input`: it came with the data, so that
  // no recomputation can clear it, and agreeing with past and future alike is suspicious too.
  [[nodiscard]] std::optional<FutureLikeness> examine(std::span<const double> values, bool is_input) const;
  // A column of words (kCategory), booleans or numbers; times look like nothing.
  [[nodiscard]] std::optional<FutureLikeness> examine(const market::Column& column) const;

 private:
  struct Returns;
  std::unique_ptr<const Returns> returns_;
  FutureLikenessOptions options_;
};

}  // namespace regimetry::features

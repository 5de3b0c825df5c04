// Does a column look like the future? For columns that come ready-made and cannot be recomputed: labels in a
// file, a forward return under a harmless name.
//
// Equal:  to a return, price, volume or bar range of the next 1 to 64 bars, or to their realised volatility
//         (later_volatility.hpp), bar by bar: as good as proof.
// Alike:  rank correlation with a later return (for words and few levels: the share of rank variance that the
//         levels explain) is a suspicion when it is larger than a market can give and larger than the
//         likeness to the past, by more than chance allows when bars overlap and columns move slowly.
// Not:    likeness to anything but signed returns. A forecast of volatility or volume may well agree with
//         what comes, so a label that follows either without copying it is not found.
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

// What came of one column.
struct Examination {
  std::optional<FutureLikeness> likeness;
  std::string why_not_judged;  // "60 words, more than 50"; empty when it was judged
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
  [[nodiscard]] Examination examine(std::span<const double> values, bool is_input) const;
  // A column of words (kCategory), booleans or numbers; times are not judged.
  [[nodiscard]] Examination examine(const market::Column& column) const;

 private:
  struct Returns;
  std::unique_ptr<const Returns> returns_;
  FutureLikenessOptions options_;
};

}  // namespace regimetry::features

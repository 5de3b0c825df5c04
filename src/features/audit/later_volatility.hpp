// Is a column a copy of the realised volatility of the bars to come?
//
// Counted as copies: root or sum of squared returns of the next 2 to 64 closes, or their deviation around the
// mean, simple or logarithmic, times any constant (annualised, in per cent, divided by n or n - 1), or the
// logarithm of either plus any constant. A row agrees when about five digits do.
// Time: a row is compared with the returns behind it; that a copy of the past agrees as well acquits it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace regimetry::features {

struct VolatilityCopy {
  std::string words;         // "equals the realised volatility of the next 5 bars"
  std::int64_t horizon = 0;  // bars ahead
  double share = 0;          // of rows that agree
  std::int64_t row = 0;      // the first of them
  double value = 0, later = 0;
};

class LaterVolatility {
 public:
  // Closes of one instrument, NaN where missing.
  explicit LaterVolatility(std::span<const double> close);

  // `values`: one per close, NaN where missing. `needed`: the least share of agreeing rows, above 0.5.
  [[nodiscard]] std::optional<VolatilityCopy> find_copy(std::span<const double> values, double needed) const;

 private:
  // Running totals, so that any window costs the same; entry t sums the returns into bars 1..t.
  struct Totals {
    std::vector<double> sums, squares;
  };
  enum class Form { kRoot, kSquare, kLogRoot, kLogSquare };
  struct Measure {
    const Totals* totals;
    bool is_around_mean;
    Form form;
  };
  struct Agreement {
    double share = 0;
    std::int64_t row = 0;
    double value = 0, later = 0;
  };

  [[nodiscard]] static bool is_logarithm(Form form);
  [[nodiscard]] static const char* name_of(Form form);
  [[nodiscard]] double measured(const Measure& measure, std::int64_t first, std::int64_t last) const;
  [[nodiscard]] double target_at(const Measure& measure, std::int64_t row, std::int64_t shift) const;
  [[nodiscard]] bool is_news(const Measure& measure, std::int64_t row, std::int64_t shift) const;
  [[nodiscard]] std::optional<double> constant_between(std::span<const double> values, const Measure& measure,
                                                       std::int64_t shift) const;
  [[nodiscard]] Agreement agreement(std::span<const double> values, const Measure& measure,
                                    std::int64_t shift, double needed) const;

  std::int64_t count_;
  Totals simple_, logarithmic_;
  std::vector<std::int64_t> missing_;  // returns that are missing among those into bars 1..t
};

}  // namespace regimetry::features

#include "features/audit/later_volatility.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/portable_math.hpp"

namespace regimetry::features {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kShortest = 2, kLongest = 64;  // bars; of one, the size of the return is looked for
constexpr std::int64_t kFewestMatches = 20;
constexpr std::int64_t kProbes = 32;  // rows from which the constant factor is told
constexpr double kTolerance = 3e-5;   // as float32 and exports of five digits allow
// What subtracting running totals may leave of a window without moves.
constexpr double kRounding = 1e-12;

// A difference between logarithms is a share already.
bool are_near(double a, double b, bool are_logarithms) {
  return std::abs(a - b) <= kTolerance * (are_logarithms ? 1 : std::abs(b));
}

}  // namespace

LaterVolatility::LaterVolatility(std::span<const double> close)
    : count_(static_cast<std::int64_t>(close.size())) {
  for (Totals* totals : {&simple_, &logarithmic_}) {
    totals->sums.assign(close.size(), 0);
    totals->squares.assign(close.size(), 0);
  }
  missing_.assign(close.size(), 0);
  for (std::size_t t = 1; t < close.size(); ++t) {
    const double ratio = close[t] / close[t - 1];
    const bool is_there = std::isfinite(ratio) && ratio > 0;
    const double simple = is_there ? ratio - 1 : 0, logarithmic = is_there ? portable_log(ratio) : 0;
    simple_.sums[t] = simple_.sums[t - 1] + simple;
    simple_.squares[t] = simple_.squares[t - 1] + simple * simple;
    logarithmic_.sums[t] = logarithmic_.sums[t - 1] + logarithmic;
    logarithmic_.squares[t] = logarithmic_.squares[t - 1] + logarithmic * logarithmic;
    missing_[t] = missing_[t - 1] + (is_there ? 0 : 1);
  }
}

bool LaterVolatility::is_logarithm(Form form) {
  return form == Form::kLogRoot || form == Form::kLogSquare;
}

const char* LaterVolatility::name_of(Form form) {
  switch (form) {
    case Form::kRoot:
      return "volatility";
    case Form::kSquare:
      return "variance";
    case Form::kLogRoot:
      return "log volatility";
    case Form::kLogSquare:
      break;
  }
  return "log variance";
}

// Of the returns into bars first + 1 .. last; NaN when one is missing or nothing moves.
double LaterVolatility::measured(const Measure& measure, std::int64_t first, std::int64_t last) const {
  if (first < 0 || last >= count_) return kNaN;
  const auto begin = static_cast<std::size_t>(first), end = static_cast<std::size_t>(last);
  if (missing_[end] != missing_[begin]) return kNaN;
  const double sum = measure.totals->sums[end] - measure.totals->sums[begin];
  double squares = measure.totals->squares[end] - measure.totals->squares[begin];
  if (measure.is_around_mean) squares -= sum * sum / static_cast<double>(last - first);
  if (!(squares > kRounding * measure.totals->squares[end])) return kNaN;
  switch (measure.form) {
    case Form::kRoot:
      return std::sqrt(squares);
    case Form::kSquare:
      return squares;
    case Form::kLogRoot:
      return portable_log(squares) / 2;
    case Form::kLogSquare:
      break;
  }
  return portable_log(squares);
}

// Of the `shift` bars behind the row; negative: of those that end with it.
double LaterVolatility::target_at(const Measure& measure, std::int64_t row, std::int64_t shift) const {
  return shift > 0 ? measured(measure, row, row + shift) : measured(measure, row + shift, row);
}

// Where volatility stays as it was, a copy of the past cannot be told from one of the future.
bool LaterVolatility::is_news(const Measure& measure, std::int64_t row, std::int64_t shift) const {
  const double known = target_at(measure, row, -shift);
  return std::isnan(known) || !are_near(target_at(measure, row, shift), known, is_logarithm(measure.form));
}

// The factor between column and target (for logarithms: the difference), from rows spread over the history;
// nothing when even most of these do not agree on one.
std::optional<double> LaterVolatility::constant_between(std::span<const double> values,
                                                        const Measure& measure, std::int64_t shift) const {
  const bool is_log = is_logarithm(measure.form);
  std::vector<double> constants;
  const std::int64_t stride = std::max<std::int64_t>(1, count_ / kProbes);
  for (std::int64_t row = 0; row < count_; row += stride) {
    const double value = values[static_cast<std::size_t>(row)], target = target_at(measure, row, shift);
    if (!std::isfinite(value) || std::isnan(target)) continue;
    constants.push_back(is_log ? value - target : value / target);
  }
  if (constants.size() < 3) return std::nullopt;
  const auto middle = constants.begin() + static_cast<std::ptrdiff_t>(constants.size() / 2);
  std::nth_element(constants.begin(), middle, constants.end());
  const double constant = *middle;
  if (!is_log && !(constant > 0)) return std::nullopt;
  const auto near = std::count_if(constants.begin(), constants.end(),
                                  [&](double one) { return are_near(one, constant, is_log); });
  if (2 * near < static_cast<std::ptrdiff_t>(constants.size())) return std::nullopt;
  return constant;
}

LaterVolatility::Agreement LaterVolatility::agreement(std::span<const double> values, const Measure& measure,
                                                      std::int64_t shift, double needed) const {
  const std::optional<double> constant = constant_between(values, measure, shift);
  if (!constant) return {};
  const bool is_log = is_logarithm(measure.form);
  std::int64_t informative = 0, equal = 0;
  Agreement result;
  for (std::int64_t row = 0; row < count_; ++row) {
    const double value = values[static_cast<std::size_t>(row)], target = target_at(measure, row, shift);
    if (std::isnan(value) || std::isnan(target) || !is_news(measure, row, shift)) continue;
    ++informative;
    const double wanted = is_log ? target + *constant : target * *constant;
    if (!are_near(value, wanted, is_log)) continue;
    if (equal++ == 0) result = {0, row, value, wanted};
  }
  if (equal < kFewestMatches) return {};
  result.share = static_cast<double>(equal) / static_cast<double>(informative);
  return result.share >= needed ? result : Agreement{};
}

std::optional<VolatilityCopy> LaterVolatility::find_copy(std::span<const double> values,
                                                         double needed) const {
  for (const Totals* totals : {&logarithmic_, &simple_}) {
    for (const bool is_around_mean : {false, true}) {
      for (const Form form : {Form::kRoot, Form::kSquare, Form::kLogRoot, Form::kLogSquare}) {
        const Measure measure{totals, is_around_mean, form};
        for (std::int64_t shift = kShortest; shift <= kLongest; ++shift) {
          const Agreement found = agreement(values, measure, shift, needed);
          if (found.share == 0 || agreement(values, measure, -shift, needed).share > 0) continue;
          return VolatilityCopy{fmt::format("equals the realised {} of the next {} bars, up to a constant",
                                            name_of(form), shift),
                                shift,
                                found.share,
                                found.row,
                                found.value,
                                found.later};
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace regimetry::features

#include "regimes/alignment/order_regimes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <vector>

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

struct RegimeFacts {
  std::int32_t label = 0;
  std::int64_t row_count = 0;
  std::int64_t first_row = 0;
  std::int64_t return_count = 0;
  double sum = 0;
  double squares = 0;  // of differences from the mean

  [[nodiscard]] double volatility() const {
    if (return_count < 2) return std::numeric_limits<double>::infinity();
    return std::sqrt(squares / static_cast<double>(return_count - 1));
  }
  [[nodiscard]] double cumulative() const {
    return return_count < 2 ? std::numeric_limits<double>::infinity() : sum;
  }
};

std::vector<RegimeFacts> facts_of(std::span<const std::int32_t> labels, std::span<const double> returns) {
  std::map<std::int32_t, RegimeFacts> facts;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0) continue;
    RegimeFacts& one =
        facts.try_emplace(labels[n], RegimeFacts{labels[n], 0, static_cast<std::int64_t>(n)}).first->second;
    ++one.row_count;
    if (returns.empty() || !std::isfinite(returns[n])) continue;
    ++one.return_count;
    one.sum += returns[n];
  }
  for (std::size_t n = 0; n < returns.size(); ++n) {
    if (labels[n] < 0 || !std::isfinite(returns[n])) continue;
    RegimeFacts& one = facts.at(labels[n]);
    const double off = returns[n] - one.sum / static_cast<double>(one.return_count);
    one.squares += off * off;
  }
  std::vector<RegimeFacts> list;
  for (const auto& [label, one] : facts) list.push_back(one);
  return list;
}

// What is compared first; ties follow.
double leading_key(const RegimeFacts& one, RegimeOrder order) {
  switch (order) {
    case RegimeOrder::kVolatility:
      return one.volatility();
    case RegimeOrder::kCumulativeReturn:
      return one.cumulative();
    case RegimeOrder::kSize:
      return -static_cast<double>(one.row_count);
    case RegimeOrder::kFirstAppearance:
      break;
  }
  return static_cast<double>(one.first_row);
}

}  // namespace

LabelMapping order_regimes(std::span<const std::int32_t> labels, std::span<const double> returns,
                           RegimeOrder order) {
  if (!returns.empty() && returns.size() != labels.size()) {
    throw Error(ErrorKind::kUsage, fmt::format("{} labels and {} returns: give one return for each label",
                                               labels.size(), returns.size()));
  }
  std::vector<RegimeFacts> facts = facts_of(labels, returns);
  const auto key = [order](const RegimeFacts& one) {
    return std::tuple(leading_key(one, order), one.cumulative(), -one.row_count, one.first_row);
  };
  std::sort(facts.begin(), facts.end(),
            [&](const RegimeFacts& a, const RegimeFacts& b) { return key(a) < key(b); });
  LabelMapping numbers;
  for (const RegimeFacts& one : facts) numbers.emplace(one.label, static_cast<std::int32_t>(numbers.size()));
  return numbers;
}

}  // namespace regimetry::regimes

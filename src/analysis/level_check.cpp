#include "analysis/level_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/printable.hpp"

namespace regimetry::analysis {
namespace {

constexpr double kSignificant = 0.05;

// Ranks from 0; equal values share the mean of theirs.
std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = 0.5 * static_cast<double>(begin + end - 1);
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
    begin = end;
  }
  return ranks;
}

// Spearman's, of the rows where both are known; 0 with fewer than three or without spread.
double rank_correlation(std::span<const double> a, std::span<const double> b) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    x.push_back(a[i]);
    y.push_back(b[i]);
  }
  if (x.size() < 3) return 0;
  const std::vector<double> p = ranks_of(x), q = ranks_of(y);
  const double mean = 0.5 * static_cast<double>(x.size() - 1);
  double pq = 0, pp = 0, qq = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    pq += (p[i] - mean) * (q[i] - mean);
    pp += (p[i] - mean) * (p[i] - mean);
    qq += (q[i] - mean) * (q[i] - mean);
  }
  return pp > 0 && qq > 0 ? pq / std::sqrt(pp * qq) : 0;
}

// Price first: in a trend, the price itself goes with time.
std::optional<LeveledColumn> judge_column(const std::string& name, std::span<const double> values,
                                          std::span<const double> close, std::span<const double> time,
                                          double least) {
  if (!close.empty())
    if (const double rho = rank_correlation(values, close); std::abs(rho) >= least)
      return LeveledColumn{name, false, rho};
  if (const double rho = rank_correlation(values, time); std::abs(rho) >= least)
    return LeveledColumn{name, true, rho};
  return std::nullopt;
}

bool is_followed(const std::optional<regimes::SharedInformation>& shared, const LevelCheckOptions& options) {
  return shared && shared->p_value < kSignificant &&
         shared->share - shared->null_mean >= options.least_excess;
}

std::string percent(double share) {
  return fmt::format("{:.0f}%", 100 * share);
}

std::string column_words(const std::vector<LeveledColumn>& columns, std::size_t column_count) {
  constexpr std::size_t kShown = 4;
  std::string names;
  for (std::size_t i = 0; i < std::min(kShown, columns.size()); ++i)
    names += (i == 0 ? "" : ", ") + printable(columns[i].name, 40);
  if (columns.size() > kShown) names += fmt::format(" and {} more", columns.size() - kShown);
  return fmt::format("{} of the {} columns that regimes were made from {} ({})", columns.size(), column_count,
                     columns.size() == 1 ? "is a price level or a calendar" : "are price levels or calendars",
                     names);
}

std::string shared_words(const char* what, const regimes::SharedInformation& shared) {
  return fmt::format("{} says {} of what the regimes say ({} by chance, p = {:.3f})", what,
                     percent(shared.share), percent(shared.null_mean), shared.p_value);
}

std::string warning_of(const LevelCheck& check, std::size_t column_count) {
  if (check.columns.empty() && !check.follows_price && !check.follows_calendar) return {};
  std::vector<std::string> reasons;
  if (!check.columns.empty()) reasons.push_back(column_words(check.columns, column_count));
  const bool none_followed = !check.follows_price && !check.follows_calendar;
  if (check.with_price && (check.follows_price || none_followed))
    reasons.push_back(shared_words("the level of the price", *check.with_price));
  if (check.with_calendar && (check.follows_calendar || none_followed))
    reasons.push_back(shared_words("the date", *check.with_calendar));
  std::string text =
      check.follows_price || check.follows_calendar
          ? "Regimes may merely follow "
          : "Regimes could merely follow the level or the date, although they do not seem to: ";
  if (check.follows_price && check.follows_calendar)
    text += "the level of the price and the date: ";
  else if (check.follows_price)
    text += "the level of the price: ";
  else if (check.follows_calendar)
    text += "the date, as periods that do not come back: ";
  for (std::size_t i = 0; i < reasons.size(); ++i) text += (i == 0 ? "" : "; ") + reasons[i];
  return text + ".";
}

nlohmann::ordered_json shared_json(const char* what, const regimes::SharedInformation& shared) {
  return {{"what", what},
          {"rows", shared.count},
          {"normalized_information", shared.share},
          {"null_mean", shared.null_mean},
          {"p_value", shared.p_value}};
}

const char* followed_name(bool is_calendar) {
  return is_calendar ? "calendar" : "price level";
}

}  // namespace

LevelCheck check_levels(const LevelCheckInput& input, const LevelCheckOptions& options, const Rng& rng,
                        ThreadPool& pool) {
  std::vector<double> time;
  time.reserve(input.timestamps.size());
  for (const TimestampNs stamp : input.timestamps) time.push_back(static_cast<double>(stamp));
  std::vector<std::optional<LeveledColumn>> judged(input.columns.size());
  pool.parallel_for(std::ssize(input.columns), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i)
      judged[i] =
          judge_column(input.names[i], input.columns[i], input.close, time, options.least_correlation);
  });
  LevelCheck check;
  for (std::optional<LeveledColumn>& column : judged)
    if (column) check.columns.push_back(std::move(*column));
  if (!input.close.empty())
    check.with_price = regimes::measure_shared_information(input.labels, input.close, options.moves, rng,
                                                           "analysis.levels.price", pool);
  check.with_calendar = regimes::measure_shared_information(input.labels, time, options.moves, rng,
                                                            "analysis.levels.calendar", pool);
  check.follows_price = is_followed(check.with_price, options);
  check.follows_calendar = is_followed(check.with_calendar, options);
  check.warning = warning_of(check, input.columns.size());
  return check;
}

nlohmann::ordered_json to_json(const LevelCheck& check) {
  nlohmann::ordered_json columns = nlohmann::ordered_json::array(), follows = nlohmann::ordered_json::array();
  for (const LeveledColumn& column : check.columns)
    columns.push_back({{"name", column.name},
                       {"follows", followed_name(column.follows_calendar)},
                       {"rank_correlation", column.rank_correlation}});
  if (check.with_price) follows.push_back(shared_json(followed_name(false), *check.with_price));
  if (check.with_calendar) follows.push_back(shared_json(followed_name(true), *check.with_calendar));
  return {{"warning", check.warning},
          {"follows_price", check.follows_price},
          {"follows_calendar", check.follows_calendar},
          {"columns", std::move(columns)},
          {"follows", std::move(follows)}};
}

}  // namespace regimetry::analysis

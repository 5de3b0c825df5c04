#include "windows/split_chronological.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "windows/purged_fold.hpp"

namespace regimetry::windows {
namespace {

struct Cuts {
  std::int64_t validation = 0, test = 0;  // positions on the time axis at which the parts begin
};

std::int64_t position_of_date(const TimeAxis& axis, std::string_view name, TimestampNs stamp) {
  const std::int64_t position = axis.position_of(stamp);
  if (position > 0 && position < axis.size()) return position;
  throw Error(
      ErrorKind::kUsage,
      fmt::format("holdout: {} is {}, but windows end from {} to {}. Choose a date after the first and not "
                  "after the last.",
                  name, format_timestamp_short(stamp), format_timestamp_short(axis.stamps.front()),
                  format_timestamp_short(axis.stamps.back())));
}

Cuts cuts_by_date(const TimeAxis& axis, const SplitOptions& options) {
  const std::int64_t test = position_of_date(axis, "test_from", *options.test_from);
  if (!options.validation_from) return {test, test};
  return {position_of_date(axis, "validation_from", *options.validation_from), test};
}

Cuts cuts_by_share(const TimeAxis& axis, const SplitOptions& options) {
  const auto size = static_cast<double>(axis.size());
  return {std::llround(options.train_share * size),
          std::llround((options.train_share + options.validation_share) * size)};
}

void require_parts(const TimeAxis& axis, const Cuts& cuts, const SplitOptions& options) {
  const bool wants_validation =
      options.test_from ? options.validation_from.has_value() : options.validation_share > 0;
  const bool is_complete =
      cuts.validation > 0 && cuts.test < axis.size() && (!wants_validation || cuts.validation < cuts.test);
  if (is_complete) return;
  throw Error(
      ErrorKind::kData,
      fmt::format("holdout: the time axis has {} bars, of which {} are for training, {} for validation and "
                  "{} for test; each part that is asked for needs at least 1 bar. Give more data or larger "
                  "shares.",
                  axis.size(), cuts.validation, cuts.test - cuts.validation, axis.size() - cuts.test));
}

void check_shares(const SplitOptions& options, std::vector<std::string>& problems) {
  const std::array<std::pair<std::string_view, double>, 3> shares{
      {{"train_share", options.train_share},
       {"validation_share", options.validation_share},
       {"test_share", options.test_share}}};
  for (const auto& [name, share] : shares) {
    const bool may_be_zero = name == "validation_share";
    if (share < 1 && (share > 0 || (may_be_zero && share == 0))) continue;
    problems.push_back(fmt::format("{} is {:g}; it must be {} 0 and below 1", name, share,
                                   may_be_zero ? "at least" : "above"));
  }
  const double sum = options.train_share + options.validation_share + options.test_share;
  if (std::abs(sum - 1) <= 1e-9) return;
  problems.push_back(
      fmt::format("train_share, validation_share and test_share are {:g}, {:g} and {:g}, which adds up to "
                  "{:g}; it must be 1",
                  options.train_share, options.validation_share, options.test_share, sum));
}

}  // namespace

std::vector<std::string> SplitOptions::problems() const {
  std::vector<std::string> problems;
  if (!test_from) check_shares(*this, problems);
  if (validation_from && !test_from) {
    problems.emplace_back("validation_from is given without test_from; give both, or shares");
  }
  if (validation_from && test_from && *validation_from >= *test_from) {
    problems.push_back(fmt::format("validation_from is {}; it must be before test_from, {}",
                                   format_timestamp_short(*validation_from),
                                   format_timestamp_short(*test_from)));
  }
  for (std::string& problem : PurgeOptions{extra_purge_bars, 0}.problems())
    problems.push_back(std::move(problem));
  return problems;
}

Fold split_chronologically(const Windows& windows, const TimeAxis& axis, const SplitOptions& options) {
  if (const auto problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage, fmt::format("holdout: {}.", fmt::join(problems, "; ")));
  }
  const Cuts cuts = options.test_from ? cuts_by_date(axis, options) : cuts_by_share(axis, options);
  require_parts(axis, cuts, options);
  FoldLayout layout{"holdout", {{0, cuts.validation}}, std::nullopt, {{cuts.test, axis.size()}}};
  if (cuts.validation < cuts.test) layout.validation = RowRange{cuts.validation, cuts.test};
  return make_purged_fold(windows, axis, layout, {options.extra_purge_bars, 0});
}

Fold split_chronologically(const Windows& windows, const SplitOptions& options) {
  return split_chronologically(windows, make_time_axis(windows), options);
}

}  // namespace regimetry::windows

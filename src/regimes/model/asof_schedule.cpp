#include "regimes/model/asof_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace regimetry::regimes {

std::vector<std::string> AsofOptions::problems() const {
  std::vector<std::string> problems;
  if (initial_stamps < 2)
    problems.push_back(fmt::format("asof_start is {}: a fit needs at least 2 stamps", initial_stamps));
  if (refit_stamps && *refit_stamps < 1)
    problems.push_back(
        fmt::format("refit_every is {}: at least 1 stamp lies between two fits", *refit_stamps));
  if (!(growth > 0) || !std::isfinite(growth))
    problems.push_back(fmt::format("the growth between two fits is {}: it is more than 0", growth));
  return problems;
}

std::vector<TimestampNs> asof_cuts(std::span<const TimestampNs> stamps, const AsofOptions& options) {
  std::vector<TimestampNs> distinct(stamps.begin(), stamps.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const auto count = static_cast<std::int64_t>(distinct.size());
  std::vector<TimestampNs> cuts;
  std::int64_t known = options.initial_stamps;
  while (known < count) {
    cuts.push_back(distinct[static_cast<std::size_t>(known)]);
    const auto grown =
        static_cast<std::int64_t>(std::ceil(static_cast<double>(known) * (1 + options.growth)));
    known = options.refit_stamps ? known + *options.refit_stamps : std::max(known + 1, grown);
  }
  return cuts;
}

}  // namespace regimetry::regimes

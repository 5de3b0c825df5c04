// Any method by its name: the one place that knows them all.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/fitted_regimes.hpp"
#include "regimes/model/regime_options.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct MethodFit {
  RegimeFit fit;
  std::shared_ptr<const FittedRegimes> method;
  std::optional<double> penalty;  // for a switch; absent: the method has none
  // {"regime_count": ..., "persistence": ...}: what a choice rests on, where one was made.
  nlohmann::json evidence = nlohmann::json::object();
};

// `rows` scaled. Throws Error as the methods do: kUsage for options that do not fit, kData for rows that do
// not.
[[nodiscard]] MethodFit fit_method(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng,
                                   ThreadPool& pool);

}  // namespace regimetry::regimes

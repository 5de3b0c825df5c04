#include "labelling/label_regimes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "labelling/label_options_json.hpp"
#include "regimes/alignment/align_to_baseline.hpp"
#include "regimes/model/carry_numbers.hpp"
#include "regimes/model/fit_method.hpp"
#include "regimes/model/memory_length.hpp"
#include "regimes/model/ordered_numbers.hpp"

namespace regimetry::labelling {
namespace {

using namespace regimetry::regimes;

// Rows from one window to the next that has no bar in common with it; 1 where nothing is known of windows.
std::int64_t overlapping_rows(const RegimeSource& source) {
  const std::int64_t stride = std::max<std::int64_t>(1, source.stride);
  return std::max<std::int64_t>(1, (source.window_size + stride - 1) / stride);
}

class Labeller {
 public:
  Labeller(const RegimeSource& source, std::span<const double> returns, const LabelBaseline* baseline,
           const LabelOptions& options, const Rng& rng, ThreadPool& pool, Observer& observer)
      : source_(source),
        returns_(returns),
        baseline_(baseline),
        options_(options),
        rng_(rng),
        pool_(pool),
        observer_(observer),
        sequences_(source.sequences()) {}

  LabelledRegimes label() {
    AsofLabels asof;
    if (options_.with_asof) asof = label_asof_rows();
    RowScaler scaler =
        options_.is_scaled ? RowScaler::fit(source_.values) : RowScaler::identity(source_.values.cols());
    tell_constant_columns(scaler);
    const MatrixF scaled = scaler.scale(source_.values);
    const RegimeRows rows{scaled, sequences_};
    observer_.on_progress("regimes", 0, 1);
    MethodFit fitted = fit_method(rows, options_.regimes, rng_, pool_);
    observer_.on_progress("regimes", 1, 1);
    tell(fitted.fit);
    std::vector<std::int32_t> numbers = numbers_of(fitted.fit.labels, fitted.method->regime_count(), asof);
    NoveltyGauge novelty(rows, {.rows_apart = std::max(overlapping_rows(source_), memory_length(rows))},
                         pool_);
    RegimeModel model(std::move(scaler), fitted.method, std::move(numbers), std::move(novelty),
                      facts(fitted));
    return finish(std::move(fitted), std::move(model), std::move(asof));
  }

 private:
  AsofLabels label_asof_rows() {
    const FitFunction fit = [&](const RegimeRows& rows) {
      MethodFit fitted = fit_method(rows, options_.regimes, rng_, pool_);
      return NamedFit{std::move(fitted.fit), std::move(fitted.method)};
    };
    const AsofRows rows{{source_.values, sequences_}, source_.timestamps, returns_};
    return label_asof(rows, options_.is_scaled, options_.asof, fit, pool_, observer_);
  }

  // Each method says in its notes when it stopped at its limit.
  void tell(const RegimeFit& fit) {
    for (const std::string& note : fit.notes) {
      if (fit.has_converged)
        observer_.on_note(note);
      else
        observer_.on_warning(note);
    }
  }

  void tell_constant_columns(const RowScaler& scaler) {
    const auto count = static_cast<std::int64_t>(scaler.constant_columns().size());
    if (count == 0) return;
    std::string names;
    if (!source_.columns.empty()) {
      for (const std::int64_t column : scaler.constant_columns())
        names += (names.empty() ? ": " : ", ") + source_.columns[static_cast<std::size_t>(column)];
    }
    observer_.on_note(fmt::format("{} of {} columns never vary and tell no regimes apart{}", count,
                                  source_.values.cols(), names));
  }

  // The number of each label: as the labels known at the time have it, else by order; then as it was in an
  // earlier run, in which the labels known at the time follow, so that one number stays one regime in both.
  std::vector<std::int32_t> numbers_of(const std::vector<std::int32_t>& labels, int regime_count,
                                       AsofLabels& asof) {
    std::vector<std::int32_t> numbers = asof.refits.empty()
                                            ? ordered_numbers(labels, regime_count, returns_)
                                            : carry_numbers(labels, regime_count, asof.last_known_ids);
    if (baseline_ == nullptr) return numbers;
    std::vector<std::int32_t> ids;
    ids.reserve(labels.size());
    for (const std::int32_t label : labels) ids.push_back(numbers[static_cast<std::size_t>(label)]);
    const std::vector<std::string> symbols = source_.symbols();
    LabelMapping lasting =
        align_to_baseline({source_.timestamps, ids, sequences_, symbols}, *baseline_).mapping;
    for (std::int32_t& number : numbers) number = lasting.at(number);
    rename_asof(asof, std::move(lasting));
    return numbers;
  }

  // Numbers that no final label has keep theirs where it is free, else get one after the highest.
  static void rename_asof(AsofLabels& asof, LabelMapping lasting) {
    std::set<std::int32_t> given;
    for (const auto& [number, name] : lasting) given.insert(name);
    for (const std::int32_t number : std::set<std::int32_t>(asof.ids.begin(), asof.ids.end())) {
      if (number == kNoRegime || lasting.contains(number)) continue;
      const std::int32_t name = given.contains(number) ? *given.rbegin() + 1 : number;
      lasting[number] = name;
      given.insert(name);
    }
    for (std::int32_t& id : asof.ids)
      if (id != kNoRegime) id = lasting.at(id);
  }

  [[nodiscard]] RegimeModelFacts facts(const MethodFit& fitted) const {
    const auto [first, last] = std::minmax_element(source_.timestamps.begin(), source_.timestamps.end());
    nlohmann::json settings = to_json(StoredLabelOptions{options_, rng_.seed()});
    settings["penalty"] = fitted.penalty ? nlohmann::json(*fitted.penalty) : nlohmann::json(nullptr);
    return {.columns = source_.columns,
            .encoder_digest = source_.encoder_digest,
            .transform_digest = source_.transform_digest,
            .window_size = source_.window_size,
            .trained_rows = source_.size(),
            .trained_first = *first,
            .trained_last = *last,
            .settings = std::move(settings),
            .version = options_.version};
  }

  [[nodiscard]] LabelledRegimes finish(MethodFit fitted, RegimeModel model, AsofLabels asof) const {
    std::vector<std::int32_t> ids;
    std::vector<double> probabilities;
    ids.reserve(fitted.fit.labels.size());
    probabilities.reserve(fitted.fit.labels.size());
    for (std::size_t row = 0; row < fitted.fit.labels.size(); ++row) {
      const std::int32_t label = fitted.fit.labels[row];
      ids.push_back(model.ids()[static_cast<std::size_t>(label)]);
      probabilities.push_back(fitted.fit.probabilities(static_cast<Eigen::Index>(row), label));
    }
    return {std::move(fitted.fit),     std::move(model), std::move(ids),
            std::move(probabilities),  std::move(asof),  fitted.penalty,
            std::move(fitted.evidence)};
  }

  const RegimeSource& source_;
  std::span<const double> returns_;
  const LabelBaseline* baseline_;
  const LabelOptions& options_;
  const Rng& rng_;
  ThreadPool& pool_;
  Observer& observer_;
  std::vector<IndexRange> sequences_;
};

}  // namespace

std::vector<std::string> LabelOptions::problems() const {
  std::vector<std::string> problems = regimes.problems();
  for (std::string& problem : asof.problems()) problems.push_back(std::move(problem));
  return problems;
}

LabelledRegimes label_regimes(const RegimeSource& source, std::span<const double> returns,
                              const regimes::LabelBaseline* baseline, const LabelOptions& options,
                              const Rng& rng, ThreadPool& pool, Observer& observer) {
  return Labeller(source, returns, baseline, options, rng, pool, observer).label();
}

}  // namespace regimetry::labelling

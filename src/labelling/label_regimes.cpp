#include "labelling/label_regimes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "labelling/label_options_json.hpp"
#include "regimes/alignment/align_to_baseline.hpp"
#include "regimes/model/fit_method.hpp"
#include "regimes/model/memory_length.hpp"
#include "regimes/model/ordered_numbers.hpp"
#include "regimes/model/regime_numbers.hpp"

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
  Labeller(const RegimeSource& source, std::span<const double> returns, const KeptNumbers* earlier,
           const LabelOptions& options, const Rng& rng, ThreadPool& pool, Observer& observer)
      : source_(source),
        returns_(returns),
        earlier_(earlier),
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
    MethodFit fitted = fit_method(rows, final_options(), rng_, pool_);
    observer_.on_progress("regimes", 1, 1);
    tell(fitted.fit);
    tell_what_never_returns(fitted.fit.labels);
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
    const std::vector<std::int32_t> baseline = asof_baseline();
    const AsofRows rows{
        {source_.values, sequences_}, source_.timestamps, returns_, baseline, reserved_numbers()};
    return label_asof(rows, options_.is_scaled, options_.asof, fit, pool_, observer_);
  }

  // The numbers that labels known at the time had, else, for want of others, those of the final labels.
  [[nodiscard]] std::vector<std::int32_t> asof_baseline() const {
    if (earlier_ == nullptr) return {};
    const std::vector<std::string> symbols = source_.symbols();
    return labels_at(earlier_->asof_labels ? *earlier_->asof_labels : earlier_->final_labels,
                     {source_.timestamps, {}, sequences_, symbols});
  }

  // An earlier run that named labels known at the time is gone on from; otherwise its numbers are not to be
  // mixed up with new ones.
  [[nodiscard]] std::int32_t reserved_numbers() const {
    if (earlier_ == nullptr || earlier_->asof_labels) return 0;
    std::int32_t highest = -1;
    for (const LabelBaseline::Sequence& sequence : earlier_->final_labels.sequences)
      highest = std::max(highest, *std::max_element(sequence.labels.begin(), sequence.labels.end()));
    return highest + 1;
  }

  [[nodiscard]] RegimeOptions final_options() const {
    RegimeOptions options = options_.regimes;
    if (!options.regime_count) options.regime_count = options_.final_regime_count;
    return options;
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

  // Regimes are states that return. Some "regimes" are instruments, or periods of history.
  void tell_what_never_returns(const std::vector<std::int32_t>& labels) {
    std::int64_t switches = 0;
    for (const IndexRange& sequence : sequences_)
      for (std::int64_t row = sequence.begin + 1; row < sequence.end; ++row)
        switches +=
            labels[static_cast<std::size_t>(row)] != labels[static_cast<std::size_t>(row - 1)] ? 1 : 0;
    const auto regime_count = std::ssize(std::set<std::int32_t>(labels.begin(), labels.end()));
    const auto instruments = std::ssize(sequences_);
    if (regime_count < 2) return;
    if (instruments > 1 && switches == 0) {
      observer_.on_warning(
          "no instrument ever changes its regime: these regimes tell instruments apart, not times");
    } else if (switches + instruments < 2 * regime_count * instruments) {
      observer_.on_warning(fmt::format(
          "the {} regimes are {} stretches of rows{}: they hardly ever return, as periods of history do. "
          "Compare hmm or jump, on features rather than overlapping windows",
          regime_count, switches + instruments,
          instruments > 1 ? fmt::format(" in {} instruments", instruments) : ""));
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
  // earlier run. The labels known at the time never follow the final ones, which know what came later.
  std::vector<std::int32_t> numbers_of(const std::vector<std::int32_t>& labels, int regime_count,
                                       const AsofLabels& asof) {
    std::vector<std::int32_t> numbers = ordered_numbers(labels, regime_count, returns_);
    if (!asof.refits.empty()) {
      std::vector<std::int64_t> rows(labels.size());
      std::iota(rows.begin(), rows.end(), 0);
      numbers = RegimeNumbers(asof.numbers).number(labels, rows, regime_count, numbers);
    }
    if (earlier_ == nullptr) return numbers;
    std::vector<std::int32_t> ids;
    ids.reserve(labels.size());
    for (const std::int32_t label : labels) ids.push_back(numbers[static_cast<std::size_t>(label)]);
    const std::vector<std::string> symbols = source_.symbols();
    const LabelMapping lasting = lasting_names(
        align_to_baseline({source_.timestamps, ids, sequences_, symbols}, earlier_->final_labels),
        !asof.refits.empty());
    for (std::int32_t& number : numbers) {
      const std::int32_t name = lasting.at(number);
      if (!asof.refits.empty() && name != number)
        observer_.on_note(
            fmt::format("regime {} of all rows is {} in the earlier run, and has that number; labels known "
                        "at the time call it {}",
                        number, name, number));
      number = name;
    }
    return numbers;
  }

  // A regime that is none of the baseline keeps the number that it had at the time: RegimeNumbers gives those
  // no number of the baseline.
  static LabelMapping lasting_names(AlignedLabels aligned, bool has_asof) {
    if (!has_asof) return std::move(aligned.mapping);
    std::set<std::int32_t> used;
    for (const auto& [number, name] : aligned.mapping) used.insert(name);
    for (const std::int32_t name : aligned.new_numbers) used.erase(name);
    used.insert(aligned.absent_numbers.begin(), aligned.absent_numbers.end());
    std::vector<std::int32_t> nameless;  // whose own number is another regime's
    for (auto& [number, name] : aligned.mapping) {
      const bool is_new = std::find(aligned.new_numbers.begin(), aligned.new_numbers.end(), name) !=
                          aligned.new_numbers.end();
      if (!is_new) continue;
      if (used.insert(number).second)
        name = number;
      else
        nameless.push_back(number);
    }
    for (const std::int32_t number : nameless) {
      const std::int32_t next = *used.rbegin() + 1;
      aligned.mapping.at(number) = next;
      used.insert(next);
    }
    return std::move(aligned.mapping);
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
  const KeptNumbers* earlier_;
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
                              const KeptNumbers* earlier, const LabelOptions& options, const Rng& rng,
                              ThreadPool& pool, Observer& observer) {
  return Labeller(source, returns, earlier, options, rng, pool, observer).label();
}

}  // namespace regimetry::labelling

#include "regimes/model/asof_labels.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/gather.hpp"
#include "regimes/model/ordered_numbers.hpp"
#include "regimes/model/row_scaler.hpp"

namespace regimetry::regimes {
namespace {

// Their labels are kept, and every pair is compared.
constexpr std::int64_t kMostComparedFits = 24;

// Of the rows that had a number, how many have the same one now.
double share_alike(const std::vector<std::int32_t>& labels, const std::vector<std::int32_t>& numbers,
                   const std::vector<std::int32_t>& earlier) {
  std::int64_t compared = 0, alike = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (earlier[i] == kNoRegime) continue;
    ++compared;
    alike += earlier[i] == numbers[static_cast<std::size_t>(labels[i])] ? 1 : 0;
  }
  return static_cast<double>(alike) / static_cast<double>(compared);
}

// The rows of every sequence that come before a stamp, laid side by side.
struct KnownRows {
  MatrixF values;
  std::vector<IndexRange> sequences;  // of `values`
  std::vector<std::int64_t> rows;     // where each stood
};

class AsofLabeller {
 public:
  AsofLabeller(const AsofRows& input, bool is_scaled, const FitFunction& fit, ThreadPool& pool)
      : input_(input), is_scaled_(is_scaled), fit_(fit), pool_(pool) {
    const auto count = static_cast<std::size_t>(input.rows.values.rows());
    result_.ids.assign(count, kNoRegime);
    result_.probabilities.assign(count, std::numeric_limits<double>::quiet_NaN());
    std::vector<std::int32_t> baseline(input.baseline.begin(), input.baseline.end());
    baseline.resize(count, kNoRegime);
    result_.numbers = RegimeNumbers(baseline, input.reserved_numbers);
  }

  // Fits on what comes before `cut` and names the rows from there up to `next_cut`.
  void label_period(TimestampNs cut, TimestampNs next_cut) {
    KnownRows known = rows_before(cut);
    const RowScaler scaler =
        is_scaled_ ? RowScaler::fit(known.values) : RowScaler::identity(known.values.cols());
    known.values = scaler.scale(known.values);
    const NamedFit named = fit_({known.values, known.sequences});
    const std::vector<std::int32_t> numbers = number_regimes(named, known, cut);
    if (result_.refits.size() == 1) first_known_ = result_.numbers.known();
    name_rows(named, scaler, numbers, cut, next_cut);
  }

  // The labels of the last fit are compared with those of other fits.
  void remember_fit() { fits_.push_back({0, result_.numbers.known()}); }

  AsofLabels take() {
    result_.stability = label_stability(fits_);
    result_.baseline = result_.ids;
    for (std::size_t row = 0; row < first_known_.size(); ++row)
      if (result_.baseline[row] == kNoRegime) result_.baseline[row] = first_known_[row];
    return std::move(result_);
  }

 private:
  // One past the last row of `sequence` with an earlier stamp.
  [[nodiscard]] std::int64_t end_before(const IndexRange& sequence, TimestampNs cut) const {
    const auto begin = input_.timestamps.begin();
    return std::lower_bound(begin + sequence.begin, begin + sequence.end, cut) - begin;
  }

  [[nodiscard]] KnownRows rows_before(TimestampNs cut) const {
    KnownRows known;
    for (const IndexRange& sequence : input_.rows.sequences) {
      const auto begin = static_cast<std::int64_t>(known.rows.size());
      for (std::int64_t row = sequence.begin; row < end_before(sequence, cut); ++row)
        known.rows.push_back(row);
      const auto end = static_cast<std::int64_t>(known.rows.size());
      if (end > begin) known.sequences.push_back({begin, end});
    }
    known.values = input_.rows.values(known.rows, Eigen::all);
    return known;
  }

  // The numbers of the labels of a fit: those of the fit before where the same rows are meant.
  std::vector<std::int32_t> number_regimes(const NamedFit& named, const KnownRows& known, TimestampNs cut) {
    const int regime_count = named.method->regime_count();
    const std::vector<std::int32_t> earlier = gather(result_.numbers.known(), known.rows);
    const bool is_first = result_.refits.empty();
    std::vector<std::int32_t> ordered;
    if (is_first)
      ordered = ordered_numbers(named.fit.labels, regime_count, gather(input_.returns, known.rows));
    std::vector<std::int32_t> numbers =
        result_.numbers.number(named.fit.labels, known.rows, regime_count, ordered);
    AsofRefit refit{.cut = cut,
                    .row_count = static_cast<std::int64_t>(known.rows.size()),
                    .regime_count = regime_count,
                    .has_converged = named.fit.has_converged};
    if (!is_first) refit.agreement = share_alike(named.fit.labels, numbers, earlier);
    result_.refits.push_back(refit);
    return numbers;
  }

  void name_rows(const NamedFit& named, const RowScaler& scaler, const std::vector<std::int32_t>& ids,
                 TimestampNs cut, TimestampNs next_cut) {
    const std::span<const IndexRange> sequences = input_.rows.sequences;
    pool_.parallel_for(static_cast<std::int64_t>(sequences.size()), 1, [&](IndexRange chunk) {
      for (std::int64_t i = chunk.begin; i < chunk.end; ++i)
        name_sequence(named, scaler, ids, sequences[static_cast<std::size_t>(i)], cut, next_cut);
    });
  }

  void name_sequence(const NamedFit& named, const RowScaler& scaler, const std::vector<std::int32_t>& ids,
                     const IndexRange& sequence, TimestampNs cut, TimestampNs next_cut) {
    const std::int64_t first = end_before(sequence, cut), end = end_before(sequence, next_cut);
    if (first == end) return;
    const std::int64_t width = input_.rows.values.cols();
    std::vector<float> row(static_cast<std::size_t>(width)), scaled(row.size());
    const std::unique_ptr<OnlineRegimes> online = named.method->start();
    const std::int64_t begin = named.method->depends_on_earlier_rows() ? sequence.begin : first;
    for (std::int64_t index = begin; index < end; ++index) {
      Eigen::Map<Eigen::RowVectorXf>(row.data(), width) = input_.rows.values.row(index);
      scaler.scale(row, scaled);
      const OnlineRegimes::Answer answer = online->push(scaled);
      if (index < first) continue;
      result_.ids[static_cast<std::size_t>(index)] = ids[static_cast<std::size_t>(answer.label)];
      result_.probabilities[static_cast<std::size_t>(index)] =
          answer.probabilities[static_cast<std::size_t>(answer.label)];
    }
  }

  const AsofRows& input_;
  bool is_scaled_;
  const FitFunction& fit_;
  ThreadPool& pool_;
  AsofLabels result_;
  std::vector<std::int32_t> first_known_;  // [N] how the first fit names the rows it knew
  std::vector<RefitLabels> fits_;
};

}  // namespace

AsofLabels label_asof(const AsofRows& rows, bool is_scaled, const AsofOptions& options,
                      const FitFunction& fit, ThreadPool& pool, Observer& observer) {
  const std::vector<TimestampNs> cuts = asof_cuts(rows.timestamps, options);
  AsofLabeller labeller(rows, is_scaled, fit, pool);
  const auto total = static_cast<std::int64_t>(cuts.size());
  const std::int64_t apart = total / kMostComparedFits + 1;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    observer.on_progress("as-of labels", static_cast<std::int64_t>(i), total);
    const bool is_last = i + 1 == cuts.size();
    labeller.label_period(cuts[i], is_last ? std::numeric_limits<TimestampNs>::max() : cuts[i + 1]);
    if (is_last || static_cast<std::int64_t>(i) % apart == 0) labeller.remember_fit();
  }
  observer.on_progress("as-of labels", total, total);
  return labeller.take();
}

}  // namespace regimetry::regimes

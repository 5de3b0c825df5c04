#include "labelling/compare_methods.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "core/error.hpp"
#include "core/gather.hpp"
#include "labelling/recent_rows.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"

namespace regimetry::labelling {
namespace {

using regimes::RegimeMethod;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// Switches never run from one instrument to the next.
std::int64_t count_switches(const std::vector<std::int32_t>& ids, const RegimeSource& source) {
  std::int64_t count = 0;
  for (const SourceInstrument& one : source.instruments)
    for (std::int64_t row = one.rows.begin + 1; row < one.rows.end; ++row)
      count += ids[static_cast<std::size_t>(row)] != ids[static_cast<std::size_t>(row - 1)] ? 1 : 0;
  return count;
}

// Instrument years that the rows cover; NaN when one does not say how many bars a year has.
double covered_years(const RegimeSource& source) {
  double years = 0;
  for (const SourceInstrument& one : source.instruments) {
    if (!(one.bars_per_year > 0)) return kUnknown;
    years +=
        static_cast<double>(one.rows.size() * std::max<std::int64_t>(1, source.stride)) / one.bars_per_year;
  }
  return years;
}

double smallest_share(const std::vector<std::int32_t>& ids) {
  std::map<std::int32_t, std::int64_t> counts;
  for (const std::int32_t id : ids) ++counts[id];
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const auto& [id, count] : counts) least = std::min(least, count);
  return static_cast<double>(least) / static_cast<double>(ids.size());
}

// `ids` [N]: its final labels of the rows of `source`.
ComparedMethod judge(RegimeMethod method, const LabelledRegimes& labelled, std::vector<std::int32_t> ids,
                     const RegimeSource& source) {
  const std::int64_t switches = count_switches(ids, source);
  ComparedMethod judged;
  judged.method = method;
  judged.regime_count = labelled.model.regime_count();
  judged.has_converged = labelled.fit.has_converged;
  judged.penalty = labelled.penalty;
  judged.objective = labelled.fit.objective;
  judged.objective_meaning = labelled.fit.objective_meaning;
  judged.switches_per_year = static_cast<double>(switches) / covered_years(source);
  judged.mean_stay_rows =
      static_cast<double>(source.size()) /
      static_cast<double>(switches + static_cast<std::int64_t>(source.instruments.size()));
  judged.smallest_share = smallest_share(ids);
  judged.asof_agreement = asof_agreement(labelled);
  judged.ids = std::move(ids);
  return judged;
}

nlohmann::json number_or_null(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

}  // namespace

std::optional<double> asof_agreement(const LabelledRegimes& labelled) {
  std::int64_t known = 0, alike = 0;
  for (std::size_t row = 0; row < labelled.asof.ids.size(); ++row) {
    if (labelled.asof.ids[row] == regimes::kNoRegime) continue;
    ++known;
    alike += labelled.asof.ids[row] == labelled.ids[row] ? 1 : 0;
  }
  if (known == 0) return std::nullopt;
  return static_cast<double>(alike) / static_cast<double>(known);
}

MethodComparison compare_methods(const LabelledRegimes& first, const RegimeSource& source,
                                 std::span<const double> returns, const CompareOptions& options,
                                 const Rng& rng, ThreadPool& pool, Observer& observer) {
  MethodComparison comparison;
  comparison.rows = recent_rows(source, options.most_rows.value_or(source.size()));
  const bool is_whole = std::ssize(comparison.rows) == source.size();
  const RegimeSource part = is_whole ? RegimeSource() : source_of_rows(source, comparison.rows);
  const RegimeSource& compared = is_whole ? source : part;
  const std::vector<double> compared_returns = gather(returns, comparison.rows);
  for (const RegimeMethod method : regimes::all_methods()) {
    if (method == options.labels.regimes.method) {
      comparison.methods.push_back(judge(method, first, gather(first.ids, comparison.rows), compared));
      continue;
    }
    LabelOptions others = options.labels;
    others.regimes.method = method;
    others.final_regime_count = first.model.regime_count();
    others.regimes.persistence.reset();
    try {
      const LabelledRegimes labelled =
          label_regimes(compared, compared_returns, nullptr, others, rng, pool, observer);
      comparison.methods.push_back(judge(method, labelled, labelled.ids, compared));
    } catch (const Error& error) {
      ComparedMethod& failed = comparison.methods.emplace_back();
      failed.method = method;
      failed.failure = error.what();
    }
  }
  const auto count = static_cast<Eigen::Index>(comparison.methods.size());
  comparison.agreement = MatrixD::Constant(count, count, kUnknown);
  for (Eigen::Index a = 0; a < count; ++a)
    for (Eigen::Index b = 0; b < count; ++b) {
      const ComparedMethod& one = comparison.methods[static_cast<std::size_t>(a)];
      const ComparedMethod& other = comparison.methods[static_cast<std::size_t>(b)];
      if (one.failure.empty() && other.failure.empty())
        comparison.agreement(a, b) = regimes::adjusted_rand_index(one.ids, other.ids);
    }
  return comparison;
}

nlohmann::json to_json(const MethodComparison& comparison) {
  nlohmann::json methods = nlohmann::json::array(), agreement = nlohmann::json::object();
  for (std::size_t i = 0; i < comparison.methods.size(); ++i) {
    const ComparedMethod& one = comparison.methods[i];
    const std::string name(regimes::method_name(one.method));
    if (!one.failure.empty()) {
      methods.push_back({{"method", name}, {"failure", one.failure}});
      continue;
    }
    nlohmann::json entry = {{"method", name},
                            {"n_clusters", one.regime_count},
                            {"converged", one.has_converged},
                            {"penalty", nullptr},
                            {"objective", number_or_null(one.objective)},
                            {"objective_meaning", one.objective_meaning},
                            {"switches_per_year", number_or_null(one.switches_per_year)},
                            {"mean_stay_rows", one.mean_stay_rows},
                            {"smallest_share", one.smallest_share},
                            {"asof_agreement", nullptr}};
    if (one.penalty) entry["penalty"] = *one.penalty;
    if (one.asof_agreement) entry["asof_agreement"] = *one.asof_agreement;
    methods.push_back(std::move(entry));
    for (std::size_t j = 0; j < comparison.methods.size(); ++j)
      agreement[name][std::string(regimes::method_name(comparison.methods[j].method))] =
          number_or_null(comparison.agreement(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)));
  }
  return {{"rows", comparison.rows.size()},
          {"methods", std::move(methods)},
          {"adjusted_rand_index", std::move(agreement)}};
}

}  // namespace regimetry::labelling

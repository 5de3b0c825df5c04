#include "labelling/truth_match.hpp"

#include <algorithm>

#include "core/gather.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/alignment/balanced_accuracy.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::labelling {
namespace {

using features::InputColumn;

constexpr const char* kFilter = "oracle_filter";
constexpr const char* kSmoother = "oracle_smoother";

// The words of a column at the rows of a source, numbered as in `names`, to which new ones are added.
class WordReader {
 public:
  WordReader(const PlacedSource& placed, std::vector<std::string>& names) : placed_(placed), names_(names) {}

  [[nodiscard]] std::vector<std::int32_t> read(const std::string& column) {
    const features::InputTable& table = placed_.table;
    const InputColumn* found = table.find(column);
    if (found == nullptr || found->kind != market::ColumnKind::kCategory) return {};
    const auto at = static_cast<std::size_t>(found - table.columns.data());
    std::vector<std::int32_t> ids(static_cast<std::size_t>(placed_.source.size()), regimes::kNoRegime);
    for (std::size_t i = 0; i < placed_.source.instruments.size(); ++i) {
      if (placed_.places.segments[i] == kNowhere) continue;
      const market::ColumnView& view =
          table.segments[static_cast<std::size_t>(placed_.places.segments[i])].views[at];
      const IndexRange rows = placed_.source.instruments[i].rows;
      for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const std::int64_t place = placed_.places.rows[static_cast<std::size_t>(row)];
        if (place != kNowhere)
          ids[static_cast<std::size_t>(row)] = number_of(view, static_cast<std::size_t>(place));
      }
    }
    return ids;
  }

 private:
  std::int32_t number_of(const market::ColumnView& view, std::size_t row) {
    std::string_view word = view.word;
    if (view.codes != nullptr) {
      const std::int32_t code = view.codes[row];
      if (code == market::kMissingCode) return regimes::kNoRegime;
      word = (*view.categories)[static_cast<std::size_t>(code)];
    }
    if (word.empty()) return regimes::kNoRegime;
    const auto found = std::find(names_.begin(), names_.end(), word);
    if (found != names_.end()) return static_cast<std::int32_t>(found - names_.begin());
    names_.emplace_back(word);
    return static_cast<std::int32_t>(names_.size()) - 1;
  }

  const PlacedSource& placed_;
  std::vector<std::string>& names_;
};

std::int64_t compared_rows(std::span<const std::int32_t> labels, std::span<const std::int32_t> truth) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) count += labels[i] >= 0 && truth[i] >= 0 ? 1 : 0;
  return count;
}

TruthMatch judge(std::span<const std::int32_t> labels, std::span<const std::int32_t> truth) {
  TruthMatch match;
  match.rows = compared_rows(labels, truth);
  match.adjusted_rand_index = regimes::adjusted_rand_index(labels, truth);
  match.balanced_accuracy = regimes::matched_balanced_accuracy(labels, truth);
  return match;
}

// Labels that carry the numbers of the truth need no match.
TruthMatch judge_oracle(const std::string& name, std::span<const std::int32_t> labels,
                        std::span<const std::int32_t> truth) {
  TruthMatch match = judge(labels, truth);
  match.method = name;
  match.balanced_accuracy = regimes::balanced_accuracy(labels, truth);
  return match;
}

nlohmann::json score_json(const TruthMatch& match) {
  return {{"rows", match.rows},
          {"adjusted_rand_index", match.adjusted_rand_index},
          {"balanced_accuracy", match.balanced_accuracy}};
}

}  // namespace

std::optional<KnownTruth> find_truth(const PlacedSource& placed) {
  KnownTruth truth;
  WordReader reader(placed, truth.names);
  truth.ids = reader.read("true_regime");
  if (truth.names.empty()) return std::nullopt;
  truth.filter = reader.read(kFilter);
  truth.smoother = reader.read(kSmoother);
  return truth;
}

std::vector<TruthMatch> match_truth(const KnownTruth& truth, const std::string& method,
                                    const LabelledRegimes& labelled,
                                    const std::optional<MethodComparison>& comparison) {
  std::vector<TruthMatch> matches;
  const auto add_chosen = [&](std::span<const std::int32_t> labels, bool is_asof) {
    TruthMatch match = judge(labels, truth.ids);
    match.method = method;
    match.is_chosen = true;
    match.is_asof = is_asof;
    matches.push_back(std::move(match));
  };
  add_chosen(labelled.ids, false);
  if (compared_rows(labelled.asof.ids, truth.ids) > 0) add_chosen(labelled.asof.ids, true);
  if (comparison) {
    const std::vector<std::int32_t> known = gather(truth.ids, comparison->rows);
    const bool is_part = comparison->rows.size() < labelled.ids.size();
    for (const ComparedMethod& one : comparison->methods) {
      const std::string name(regimes::method_name(one.method));
      // On fewer rows than all, the chosen method is judged once more, on those that the others are judged
      // on.
      if (!one.failure.empty() || (name == method && !is_part)) continue;
      matches.push_back(judge(one.ids, known));
      matches.back().method = name;
    }
  }
  if (!truth.filter.empty()) matches.push_back(judge_oracle(kFilter, truth.filter, truth.ids));
  if (!truth.smoother.empty()) matches.push_back(judge_oracle(kSmoother, truth.smoother, truth.ids));
  return matches;
}

nlohmann::json to_json(const std::vector<TruthMatch>& matches) {
  nlohmann::json methods = nlohmann::json::array();
  nlohmann::json oracle = {{"filter", nullptr}, {"smoother", nullptr}};
  for (const TruthMatch& match : matches) {
    nlohmann::json score = score_json(match);
    if (match.method == kFilter) {
      oracle["filter"] = std::move(score);
    } else if (match.method == kSmoother) {
      oracle["smoother"] = std::move(score);
    } else {
      score["method"] = match.method;
      score["is_chosen"] = match.is_chosen;
      score["labels"] = match.is_asof ? "asof" : "final";
      methods.push_back(std::move(score));
    }
  }
  return {{"methods", std::move(methods)}, {"oracle", std::move(oracle)}};
}

}  // namespace regimetry::labelling

#include "labelling/label_files.hpp"

#include <cstdint>
#include <limits>
#include <vector>

#include "labelling/cluster_assignments.hpp"
#include "labelling/kept_numbers.hpp"
#include "regimes/model/regime_model_files.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::labelling {
namespace {

std::vector<double> as_numbers(const std::vector<std::int32_t>& ids) {
  std::vector<double> numbers;
  numbers.reserve(ids.size());
  for (const std::int32_t id : ids)
    numbers.push_back(id == regimes::kNoRegime ? std::numeric_limits<double>::quiet_NaN() : id);
  return numbers;
}

}  // namespace

void write_labels(const std::filesystem::path& folder, const PlacedSource& placed,
                  const LabelledRegimes& labelled, bool with_asof, const nlohmann::json& config,
                  ThreadPool& pool, Observer& observer) {
  std::vector<LabelColumn> labels = {{"Cluster_ID", as_numbers(labelled.ids)},
                                     {"Cluster_probability", labelled.probabilities}};
  if (with_asof) {
    labels.insert(labels.begin() + 1, {"Cluster_ID_asof", as_numbers(labelled.asof.ids)});
    labels.push_back({"Cluster_probability_asof", labelled.asof.probabilities});
  }
  write_cluster_assignments(folder / kAssignmentsFile, placed.table, placed.source, placed.places, labels,
                            {{"config", config}}, pool, observer);
  regimes::write_regime_model(folder / kModelFolder, labelled.model);
  if (!placed.source.has_row_numbers)
    keep_numbers(folder, placed.source, {labelled.ids, labelled.asof.baseline, labelled.model.ids()});
}

}  // namespace regimetry::labelling

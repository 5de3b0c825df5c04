#include "analysis/final_labels.hpp"

#include "labelling/labelled_table.hpp"
#include "regimes/no_regime.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {

std::vector<std::int32_t> final_labels_at(const std::filesystem::path& folder,
                                          std::span<const TimestampNs> timestamps, ThreadPool& pool) {
  const labelling::LabelledTable table = labelling::read_labelled_table(
      folder / report::kAssignmentsFile, "Cluster_ID", {}, pool, silent_observer());
  std::vector<std::int32_t> labels(timestamps.size(), regimes::kNoRegime);
  std::size_t row = 0;
  for (std::size_t i = 0; i < timestamps.size(); ++i) {
    while (row < table.timestamps.size() && table.timestamps[row] < timestamps[i]) ++row;
    if (row < table.timestamps.size() && table.timestamps[row] == timestamps[i])
      labels[i] = table.labels[row];
  }
  return labels;
}

}  // namespace regimetry::analysis

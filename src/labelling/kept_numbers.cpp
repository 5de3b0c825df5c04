#include "labelling/kept_numbers.hpp"

#include <string>
#include <vector>

#include "regimes/alignment/label_mapping_file.hpp"

namespace regimetry::labelling {

std::optional<KeptNumbers> find_kept_numbers(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / regimes::kBaselineFile, asof_path = folder / kAsofBaselineFile;
  if (!std::filesystem::exists(path)) return std::nullopt;
  KeptNumbers kept{regimes::read_baseline(path)};
  if (std::filesystem::exists(asof_path)) kept.asof_labels = regimes::read_baseline(asof_path);
  return kept;
}

void keep_numbers(const std::filesystem::path& folder, const RegimeSource& source,
                  const NumberedLabels& labels) {
  const std::filesystem::path path = folder / regimes::kBaselineFile, asof_path = folder / kAsofBaselineFile;
  const std::vector<std::string> symbols = source.symbols();
  const std::vector<IndexRange> sequences = source.sequences();
  if (!std::filesystem::exists(path)) {
    regimes::LabelMapping mapping;
    for (std::size_t label = 0; label < labels.numbers.size(); ++label)
      mapping[static_cast<std::int32_t>(label)] = labels.numbers[label];
    regimes::write_label_mapping(folder / regimes::kMappingFile, mapping);
    regimes::write_baseline(path,
                            regimes::make_baseline({source.timestamps, labels.ids, sequences, symbols}));
  }
  if (!labels.asof_baseline.empty() && !std::filesystem::exists(asof_path)) {
    const regimes::LabelBaseline baseline =
        regimes::make_baseline({source.timestamps, labels.asof_baseline, sequences, symbols});
    if (baseline.row_count() > 0) regimes::write_baseline(asof_path, baseline);
  }
}

}  // namespace regimetry::labelling

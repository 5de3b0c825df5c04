#include "labelling/kept_numbers.hpp"

#include <string>
#include <vector>

#include "regimes/alignment/label_mapping_file.hpp"

namespace regimetry::labelling {

std::optional<regimes::LabelBaseline> find_baseline(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / regimes::kBaselineFile;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return regimes::read_baseline(path);
}

bool keep_numbers(const std::filesystem::path& folder, const RegimeSource& source,
                  std::span<const std::int32_t> ids, std::span<const std::int32_t> numbers) {
  const std::filesystem::path baseline_path = folder / regimes::kBaselineFile;
  if (std::filesystem::exists(baseline_path)) return false;
  regimes::LabelMapping mapping;
  for (std::size_t label = 0; label < numbers.size(); ++label)
    mapping[static_cast<std::int32_t>(label)] = numbers[label];
  const std::vector<std::string> symbols = source.symbols();
  const std::vector<IndexRange> sequences = source.sequences();
  regimes::write_label_mapping(folder / regimes::kMappingFile, mapping);
  regimes::write_baseline(baseline_path,
                          regimes::make_baseline({source.timestamps, ids, sequences, symbols}));
  return true;
}

}  // namespace regimetry::labelling

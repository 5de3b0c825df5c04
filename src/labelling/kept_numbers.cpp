#include "labelling/kept_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "regimes/alignment/label_baseline.hpp"
#include "regimes/alignment/label_mapping_file.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::labelling {
namespace {

using regimes::LabelBaseline;

std::vector<std::string> symbols_of(const RegimeSource& source) {
  std::vector<std::string> symbols;
  for (const SourceInstrument& one : source.instruments) symbols.push_back(one.symbol);
  return symbols;
}

}  // namespace

BaselineNumbers read_baseline_numbers(const std::filesystem::path& folder, const RegimeSource& source) {
  const std::filesystem::path path = folder / regimes::kBaselineFile;
  BaselineNumbers known;
  if (!std::filesystem::exists(path)) return known;
  const LabelBaseline baseline = regimes::read_baseline(path);
  known.numbers.assign(static_cast<std::size_t>(source.size()), regimes::kNoRegime);
  for (const SourceInstrument& one : source.instruments) {
    const LabelBaseline::Sequence* sequence = baseline.find(one.symbol);
    if (sequence == nullptr) continue;
    for (std::int64_t row = one.rows.begin; row < one.rows.end; ++row) {
      const TimestampNs stamp = source.timestamps[static_cast<std::size_t>(row)];
      const auto found = std::lower_bound(sequence->timestamps.begin(), sequence->timestamps.end(), stamp);
      if (found == sequence->timestamps.end() || *found != stamp) continue;
      known.numbers[static_cast<std::size_t>(row)] =
          sequence->labels[static_cast<std::size_t>(found - sequence->timestamps.begin())];
      ++known.common_rows;
    }
  }
  if (known.common_rows == 0)
    throw Error(ErrorKind::kData,
                fmt::format("{}: no row of {} is in it, so nothing says which regime is which. Give another "
                            "folder, whose numbers then begin anew.",
                            printable_path(path), printable(source.path)));
  return known;
}

bool keep_numbers(const std::filesystem::path& folder, const RegimeSource& source,
                  std::span<const std::int32_t> ids, std::span<const std::int32_t> numbers) {
  const std::filesystem::path baseline_path = folder / regimes::kBaselineFile;
  if (std::filesystem::exists(baseline_path)) return false;
  regimes::LabelMapping mapping;
  for (std::size_t label = 0; label < numbers.size(); ++label)
    mapping[static_cast<std::int32_t>(label)] = numbers[label];
  const std::vector<std::string> symbols = symbols_of(source);
  const std::vector<IndexRange> sequences = source.sequences();
  regimes::write_label_mapping(folder / regimes::kMappingFile, mapping);
  regimes::write_baseline(baseline_path,
                          regimes::make_baseline({source.timestamps, ids, sequences, symbols}));
  return true;
}

}  // namespace regimetry::labelling

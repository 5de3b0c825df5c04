#include "regimes/alignment/keep_label_meaning.hpp"

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

// No regime is new where none was known.
AlignedLabels order_first_run(const LabelledRows& rows, std::span<const double> returns, RegimeOrder order) {
  AlignedLabels ordered;
  ordered.mapping = order_regimes(rows.labels, returns, order);
  ordered.labels = apply_mapping(rows.labels, ordered.mapping);
  return ordered;
}

LabelledRows with_labels(const LabelledRows& rows, std::span<const std::int32_t> labels) {
  return {rows.timestamps, labels, rows.sequences, rows.symbols};
}

}  // namespace

KeptLabels keep_label_meaning(const std::filesystem::path& folder, const LabelledRows& rows,
                              std::span<const double> returns, const KeepLabelOptions& options) {
  const std::filesystem::path baseline_path = folder / kBaselineFile, mapping_path = folder / kMappingFile;
  KeptLabels kept;
  kept.is_first_run = !std::filesystem::exists(baseline_path);
  if (kept.is_first_run) {
    kept.aligned = order_first_run(rows, returns, options.first_order);
    const LabelBaseline baseline = make_baseline(with_labels(rows, kept.aligned.labels));
    if (baseline.sequences.empty())
      throw Error(ErrorKind::kData, "no row has a regime, so there is nothing to keep the meaning of");
    // A mapping without its baseline belongs to one that was moved away.
    write_label_mapping(mapping_path, kept.aligned.mapping);
    write_baseline(baseline_path, baseline);
    return kept;
  }
  const LabelBaseline baseline = read_baseline(baseline_path);
  kept.aligned = align_to_baseline(rows, baseline, options.align);
  if (std::filesystem::exists(mapping_path)) {
    (void)read_label_mapping(mapping_path);
  } else {
    write_label_mapping(mapping_path, kept.aligned.mapping);
  }
  if (options.extends_baseline)
    write_baseline(baseline_path, extend_baseline(baseline, with_labels(rows, kept.aligned.labels)));
  return kept;
}

}  // namespace regimetry::regimes

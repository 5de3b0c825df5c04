// The table that regimes were laid over, with their labels beside its columns: `cluster_assignments.csv`.
//
// Columns: timestamp, symbol where the table has several instruments or names its one, every column of the
//          table as it came, then the label columns. A row that belongs to no regime, as the first L-1 bars
//          of a window of L, has blank labels. A column of the table that has the name of a label column
//          makes room for it.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/transform/input_table.hpp"
#include "labelling/regime_source.hpp"
#include "labelling/row_places.hpp"

namespace regimetry::labelling {

struct LabelColumn {
  std::string name;
  std::vector<double> values;  // [N] of the source's rows; NaN: blank
};

// `path` ends in .csv, .parquet or .jsonl. Atomic.
void write_cluster_assignments(const std::filesystem::path& path, const features::InputTable& table,
                               const RegimeSource& source, const RowPlaces& places,
                               std::span<const LabelColumn> labels, const nlohmann::json& metadata,
                               ThreadPool& pool, Observer& observer);

}  // namespace regimetry::labelling

// A file of rows -> the features that an encoder reads: which columns, and on what scale.
//
// Missing: a value that is missing stays so, for windows to leave out. A transform from a file may impute;
// rows
//          before the first at which every column has had a value stay missing even then, so that no window
//          is made of guesses alone.
// Time:    a scale learned from all rows knows the future of each. It is used only where nothing else was
//          asked for, and said in a note and in the record.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/feature_table.hpp"
#include "features/transform/column_transform.hpp"
#include "features/transform/feature_columns.hpp"
#include "features/transform/input_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::embeddings {

inline constexpr const char* kAutoTransform = "auto";
inline constexpr const char* kStandardTransform = "standard";
inline constexpr const char* kNoTransform = "none";

struct EncoderInputOptions {
  // "standard": mean 0 and deviation 1, learned from the rows themselves. "none": as they are. Else the path
  // of what `transform fit` wrote. "auto": standard for tables, none for .npy and for what a transform made.
  std::string transform = kAutoTransform;
  // standard: the rows that are learned from, as "fit_until" ends them. Open: all rows, which only describes.
  features::RowSpan fit_span = {};
  features::FeatureColumnOptions columns = {};
  // Of the program, for a transform that is fitted here.
  std::string version = {};

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct EncoderInput {
  std::string source;
  features::FeatureData data;  // float32; metadata is that of the file
  // {"method": "none"}, or as features' transforms tell it (sha256, method, fitted_first, fitted_last,
  // in_sample_rows), with "source": "fitted here" or a path, and "descriptive": whether no row is later than
  // what the scale was learned from.
  nlohmann::json transform;
  // What was fitted or read; absent for none.
  std::optional<features::FittedTransform> fitted;
};

// Reads what features::read_features() reads. Throws Error: kUsage for columns that are not there or cannot
// be read, kData for an infinite value, naming file, column, row and stamp.
[[nodiscard]] EncoderInput read_encoder_input(const std::filesystem::path& path,
                                              const EncoderInputOptions& options,
                                              const market::ReadOptions& reading, ThreadPool& pool,
                                              Observer& observer);

}  // namespace regimetry::embeddings

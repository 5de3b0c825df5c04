// A file of features as a transform takes it, held as small as its kind allows.
//
// Memory: what write_features() wrote as Parquet or .npy stays float32, four bytes a value, for that is all
//         its columns ever were. The columns of any other table or .npy stay as they stand there, numbers as
//         double.
// Owner:  holds the values that its table views.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/feature_table.hpp"
#include "features/files/raw_features.hpp"
#include "features/transform/input_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::features {

class TransformInput {
 public:
  explicit TransformInput(RawFeatures raw);
  TransformInput(FeatureData data, std::string source);
  TransformInput(const TransformInput&) = delete;
  TransformInput& operator=(const TransformInput&) = delete;

  [[nodiscard]] const InputTable& table() const noexcept { return table_; }
  // The columns that whoever wrote the file called features; absent when the file does not say.
  [[nodiscard]] const std::optional<std::vector<std::string>>& features() const noexcept { return features_; }
  [[nodiscard]] const nlohmann::json& metadata() const noexcept;

 private:
  std::variant<RawFeatures, FeatureData> held_;
  std::optional<std::vector<std::string>> features_;
  InputTable table_;
};

// Reads what read_features() reads; the same values and columns as read_raw_features() gives.
[[nodiscard]] TransformInput read_transform_input(const std::filesystem::path& path,
                                                  const market::ReadOptions& options, ThreadPool& pool,
                                                  Observer& observer);

}  // namespace regimetry::features

#include "features/transform/transform_input.hpp"

#include <utility>

#include "features/files/feature_array.hpp"
#include "features/files/feature_file_format.hpp"
#include "features/files/read_features.hpp"
#include "features/files/read_raw_features.hpp"

namespace regimetry::features {

TransformInput::TransformInput(RawFeatures raw)
    : held_(std::move(raw)),
      features_(std::get<RawFeatures>(held_).features),
      table_(input_table(std::get<RawFeatures>(held_))) {}

TransformInput::TransformInput(FeatureData data, std::string source)
    : held_(std::move(data)), table_(input_table(std::get<FeatureData>(held_), std::move(source))) {
  const FeatureData& features = std::get<FeatureData>(held_);
  features_.emplace();
  if (!features.instruments.empty()) *features_ = features.instruments.front().names;
}

const nlohmann::json& TransformInput::metadata() const noexcept {
  const RawFeatures* raw = std::get_if<RawFeatures>(&held_);
  return raw != nullptr ? raw->metadata : std::get_if<FeatureData>(&held_)->metadata;
}

TransformInput read_transform_input(const std::filesystem::path& path, const market::ReadOptions& options,
                                    ThreadPool& pool, Observer& observer) {
  const bool is_float32 =
      is_array_path(path) ? is_float32_array(path) : settle_reading(path, options, pool).is_stored_parquet;
  if (is_float32) {
    return {read_features(path, options, pool, observer), path.string()};
  }
  return TransformInput(read_raw_features(path, options, pool, observer));
}

}  // namespace regimetry::features

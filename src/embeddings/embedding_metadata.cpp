#include "embeddings/embedding_metadata.hpp"

#include "core/sha256.hpp"

namespace regimetry::embeddings {

std::string config_digest_of(const nlohmann::json& config) {
  const nlohmann::json settings = config.value("settings", nlohmann::json::object());
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [key, setting] : settings.items()) values[key] = setting.value("value", nlohmann::json());
  const nlohmann::json digested = {{"command", config.value("command", "")}, {"settings", values}};
  return sha256_hex(digested.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::json describe_embeddings(const Embeddings& embeddings, const windows::Windows& windows,
                                   const EmbeddingRecord& record) {
  const windows::WindowCensus& census = windows.census();
  const bool is_learnable = record.encoder.encoding_method == models::EncodingMethod::kLearnable;
  nlohmann::json json = {
      {"n_samples", embeddings.size()},
      {"embedding_dim", embeddings.width()},
      {"window_size", windows.window_size()},
      {"stride", windows.options().stride},
      {"encoding_method", models::name_of(record.encoder.encoding_method)},
      {"encoding_style", nullptr},
      {"features_used", record.features_used},
      {"embedding_model", "regime_encoder"},
      {"encoder", record.encoder},
      {"encoder_digest", record.encoder_digest},
      {"source_file", record.source_file},
      {"transform", record.transform},
      {"engine", record.engine},
      {"precision", record.precision},
      {"rows",
       {{"all", census.rows},
        {"warm_up", census.warm_up_rows},
        {"missing", census.missing_rows},
        {"gaps", census.gaps}}},
      {"config", record.config},
      {"config_digest", config_digest_of(record.config)},
      {"version", record.version},
  };
  if (!is_learnable) json["encoding_style"] = models::name_of(record.encoder.encoding_style);
  return json;
}

}  // namespace regimetry::embeddings

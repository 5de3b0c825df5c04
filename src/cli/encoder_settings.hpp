// The settings of every command that makes or reads a regime encoder: what it is built like.
#pragma once

#include "cli/setting_schema.hpp"
#include "models/regime_encoder/encoder_options.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class EncoderSettings {
 public:
  // --encoding-method, --encoding-style, --embedding-dim, --num-transformer-blocks, --num-heads, --head-size,
  // --ff-dim, --dropout, --activation, --pre-norm, --pooling, --look-ahead-mask
  void declare(SettingSchema& schema);

  // Without feature_count and window_size, which come from elsewhere.
  [[nodiscard]] const models::RegimeEncoderOptions& options() const noexcept { return options_; }
  // Keys that somebody gave, of all settings of the command. Known once the settings are resolved.
  [[nodiscard]] const SettingSchema::GivenKeys& given() const noexcept { return given_; }

 private:
  models::RegimeEncoderOptions options_;
  SettingSchema::GivenKeys given_;
};

}  // namespace regimetry::cli

// The settings of `analyze`, most of which are those of the commands it runs one after another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/analyze_options.hpp"
#include "cli/command.hpp"
#include "cli/data_settings.hpp"
#include "cli/encoder_settings.hpp"
#include "cli/feature_settings.hpp"
#include "cli/map_settings.hpp"
#include "cli/regime_settings.hpp"
#include "cli/report_settings.hpp"
#include "cli/setting_schema.hpp"
#include "cli/window_settings.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class AnalyzeSettings {
 public:
  AnalyzeSettings();
  void declare(SettingSchema& schema);

  // What the settings come to. The result calls back into this object, which must outlive it.
  [[nodiscard]] analysis::AnalyzeOptions options(CommandContext& context) const;
  [[nodiscard]] std::vector<std::string> inputs() const;  // files, globs and folders to read
  [[nodiscard]] const report::ReportOptions& report() const noexcept { return report_.options(); }
  // Where everything goes: --output-dir, or a folder named after what is analysed.
  [[nodiscard]] std::filesystem::path folder(const CommonOptions& common) const;
  // What was settled by itself, and what was given in vain, in words for a note each.
  [[nodiscard]] std::vector<std::string> notes() const;
  [[nodiscard]] std::vector<std::string> idle_words() const;
  // Removes what an earlier run wrote, before this one begins.
  [[nodiscard]] bool cleans() const noexcept { return clean_; }

 private:
  void declare_input(SettingSchema& schema);
  void declare_run(SettingSchema& schema);
  void declare_rows(SettingSchema& schema);
  void declare_former_names(SettingSchema& schema);
  std::vector<std::string> settle(const SettingSchema::GivenKeys& given);
  std::vector<std::string> settle_columns();
  [[nodiscard]] bool is_signal_table() const;
  [[nodiscard]] analysis::RowKind rows() const;

  std::vector<std::string> inputs_;
  std::optional<std::filesystem::path> signal_input_path_;
  bool signals_ = false;
  std::optional<std::string> instrument_;
  std::optional<analysis::RowKind> rows_;
  bool compare_ = true;
  bool create_dir_ = false, force_ = false, clean_ = false, deterministic_ = true;
  std::vector<std::string> include_columns_, exclude_columns_;
  std::filesystem::path output_name_ = "embeddings.npy";
  std::optional<std::filesystem::path> embedding_path_, regime_data_path_;
  std::optional<std::uint64_t> random_seed_;
  features::FeatureColumnOptions columns_;
  windows::WindowOptions window_options_;
  WindowSettings windows_{window_options_};
  EncoderSettings encoder_;
  FeatureSettings features_;
  RegimeSettings regimes_;
  MapSettings maps_;
  ReportSettings report_;
  DataSettings data_;
  SettingSchema::GivenKeys given_;
};

}  // namespace regimetry::cli

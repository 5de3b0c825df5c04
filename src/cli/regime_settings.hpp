// The settings of every command that finds regimes: by which method, how many, and what was known when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/setting_schema.hpp"
#include "labelling/label_regimes.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class RegimeSettings {
 public:
  // Spectral clustering, unless --method says otherwise.
  RegimeSettings() = default;
  // --method may be left open, for `open_words` to say what becomes of it; whoever declares it so settles it
  // by take_method() once the settings are in.
  explicit RegimeSettings(std::string open_words) : open_method_words_(std::move(open_words)) {}

  // --method, --n-clusters, --persistence, ..., and --asof with its schedule
  void declare(SettingSchema& schema);

  [[nodiscard]] const labelling::LabelOptions& options() const noexcept { return options_; }
  // Uses `method` where --method was left open.
  void take_method(regimes::RegimeMethod method);
  // Settings that somebody gave and that change nothing beside the others, in words for a warning each.
  // `with_every_method`: all methods are run, so that what any of them reads matters.
  [[nodiscard]] std::vector<std::string> idle_words(bool with_every_method) const;

 private:
  void declare_method(SettingSchema& schema);
  void declare_asof(SettingSchema& schema);
  std::vector<std::string> settle();
  [[nodiscard]] bool has_use_of(std::string_view key) const;

  labelling::LabelOptions options_;
  std::string open_method_words_;  // empty: the method is never open
  std::optional<regimes::RegimeMethod> open_method_;
  std::string regime_count_ = "auto";
  std::optional<std::string> persistence_;
  std::string scale_ = "standard";
  SettingSchema::GivenKeys given_;
};

}  // namespace regimetry::cli

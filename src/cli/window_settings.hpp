// The settings of every command that cuts features into windows: how long, how far apart, and what ends a
// stretch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "windows/windows.hpp"

namespace regimetry::cli {

inline constexpr const char* kWindowGroup = "Windows";

// Owner: borrows the options; the schema points into both, which must outlive it.
class WindowSettings {
 public:
  explicit WindowSettings(windows::WindowOptions& options) : options_(options) {}

  // --window-size, --stride
  void declare_size(SettingSchema& schema);
  // --max-gap, --max-gap-bars, --missing. `kept_note` says what becomes of windows that keep a missing value.
  void declare_gaps(SettingSchema& schema, const std::string& kept_note = {});

  // Turns words into options; adds what is wrong with them.
  void settle(std::vector<std::string>& problems);

 private:
  windows::WindowOptions& options_;
  std::optional<std::string> max_gap_;
};

}  // namespace regimetry::cli

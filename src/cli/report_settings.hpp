// The settings of every command that makes a report.
#pragma once

#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "report/write_report.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class ReportSettings {
 public:
  // --report-format, --report-palette
  void declare(SettingSchema& schema);

  [[nodiscard]] const report::ReportOptions& options() const noexcept { return options_; }

 private:
  std::vector<std::string> settle();

  std::vector<std::string> formats_ = {"interactive", "static"};
  report::ReportOptions options_;
};

}  // namespace regimetry::cli

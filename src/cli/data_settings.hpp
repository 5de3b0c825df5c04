// The settings of every command that reads market data: how to read it, and what is healthy.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/setting_schema.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class DataSettings {
 public:
  // --separator, --date-order, --tz, --stamp, --adjust, --symbol, --column, ... `zone_key`: for commands in
  // which
  // --tz says something else.
  void declare_reading(SettingSchema& schema, const std::string& zone_key = "tz");
  // --jump-deviations, --frozen-bars, --gap-factor, --min-history-bars
  void declare_checks(SettingSchema& schema);
  // --on-bad-row, for commands that clean what they read
  void declare_cleaning(SettingSchema& schema);

  [[nodiscard]] market::ReadOptions read_options() const;
  [[nodiscard]] const market::QualityOptions& quality_options() const noexcept { return quality_; }

 private:
  market::ReadOptions read_;
  std::map<std::string, std::string> columns_;  // role -> column
  market::QualityOptions quality_;
};

}  // namespace regimetry::cli

// The settings of every command that reads market data: how to read it, and what is healthy.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "cli/setting_schema.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::cli {

// Owner: the schema points into this object, which must outlive it.
class DataSettings {
 public:
  // --tz, --stamp, --separator, --max-columns, ... (how files are written), and --column, --symbol, --adjust,
  // --keep-extras (what their columns mean)
  void declare_reading(SettingSchema& schema);
  // The part of them that a table which is not made of bars needs: how it is written, --column, --symbol
  void declare_table_reading(SettingSchema& schema);
  // --jump-deviations, --frozen-bars, --gap-factor, --min-history-bars
  void declare_checks(SettingSchema& schema);
  // --on-bad-row, for commands that clean what they read
  void declare_cleaning(SettingSchema& schema);

  [[nodiscard]] market::ReadOptions read_options() const;
  [[nodiscard]] const market::QualityOptions& quality_options() const noexcept { return quality_; }

 private:
  void declare_dialect(SettingSchema& schema);
  void declare_names(SettingSchema& schema);
  void declare_prices(SettingSchema& schema);
  void add_zone_check(SettingSchema& schema);

  market::ReadOptions read_;
  std::optional<std::string> tz_offset_;        // a former name of the zone: --tz-offset
  std::map<std::string, std::string> columns_;  // role -> column
  market::QualityOptions quality_;
};

}  // namespace regimetry::cli

// regimetry resample FILE... --to 4h -o OUT: bars of a longer timeframe.
#include "market/resample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/text_layout.hpp"
#include "core/error.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"
#include "market/writing/write_market.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::market;

// "17:00" as nanoseconds after midnight.
std::optional<std::int64_t> parse_time_of_day(const std::string& text) {
  const auto stamp = parse_iso_timestamp("1970-01-01T" + text);
  if (!stamp || text.size() > 8 || *stamp < 0 || *stamp >= kNsPerDay) return std::nullopt;
  return stamp;
}

std::int64_t partial_count(const MarketData& data) {
  std::int64_t count = 0;
  for (const Bars& bars : data.instruments) {
    for (const Column& column : bars.extras) {
      if (column.name == kPartialColumn)
        count += std::count(column.numbers.begin(), column.numbers.end(), 1.0);
    }
  }
  return count;
}

class ResampleCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "resample"; }
  [[nodiscard]] std::string_view summary() const override { return "make bars of a longer timeframe"; }
  [[nodiscard]] std::string_view description() const override {
    return "Open is the first, high the highest, low the lowest, close the last, volume the sum. A bar never "
           "holds anything "
           "from after its period, a period without bars gives no bar, and the bars at both ends whose "
           "period the data does "
           "not cover are marked in a column is_partial (or dropped).\n"
           "Sessions begin at --anchor by the clock of --session-tz. Currency days and weeks: --anchor 17:00 "
           "--session-tz America/New_York. A session that begins at noon or later belongs to the next date, "
           "so such a "
           "week opens on "
           "Sunday evening.\n"
           "Further columns keep their last value, or follow --extra-rule.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry resample demo/market.parquet --to 1w -o demo/weekly.parquet",
            "regimetry resample demo/minutes.parquet --to 4h --anchor 17:00 --session-tz America/New_York -o "
            "demo/four_hours.parquet"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", inputs_, "Files, globs ('data/*.csv') or folders.",
               {.placeholder = "FILE", .positional = true, .required = true});
    schema.add("to", to_, "The new timeframe: 5m, 15m, 30m, 1h, 2h, 4h, 1d, 1w, 1mo, ...",
               {.placeholder = "TIME", .required = true});
    schema.add("output", output_, "Where the bars go: .parquet, .csv (also .gz, .zst) or .jsonl.",
               {.placeholder = "FILE", .short_flag = 'o', .required = true, .affects_result = false});
    schema.add("anchor", anchor_, "Time of day at which sessions begin.", {.placeholder = "HH:MM"});
    schema.add("session_tz", session_zone_,
               "Zone of the anchor: IANA name or offset. Absent: as --tz, else UTC.",
               {.placeholder = "ZONE"});
    schema.add_choice("week_start", options_.grid.week_start,
                      {{"monday", WeekStart::kMonday}, {"sunday", WeekStart::kSunday}},
                      "First session of a week.");
    schema.add_choice("partial", options_.partial,
                      {{"mark", PartialBars::kMark}, {"drop", PartialBars::kDrop}},
                      "What becomes of bars that the data does not cover.");
    schema.add("extra_rule", extra_rules_, "Rule of a further column: last, sum or mean, as in spread=mean.",
               {.placeholder = "COLUMN=RULE"});
    settings_.declare_reading(schema);
    settings_.declare_checks(schema);
    settings_.declare_cleaning(schema);
    schema.add_check([this] { return settle_options(); });
  }

  int run(CommandContext& context) override {
    const std::filesystem::path path = context.output_path(output_);
    require_market_output(path, inputs_);
    const ReadOptions read_options = settings_.read_options();
    options_.grid.zone = session_zone(read_options);
    ReadResult read = read_market(inputs_, read_options, context.pool(), context.observer());
    const CleanResult clean_result =
        clean(std::move(read.data), settings_.quality_options(), context.pool(), context.observer());
    require_one_timeframe_per_symbol(clean_result.data);
    MarketData result = market::resample(clean_result.data, options_, context.pool());
    result.metadata["config"] = context.resolved_config();
    write_market(path, result, context.pool(), context.observer());
    const std::int64_t partial = partial_count(result);
    context.print(fmt::format(
        "{} bars became {} bars of {}{}.\n", grouped_number(clean_result.data.bar_count()),
        grouped_number(result.bar_count()), options_.grid.timeframe.name(),
        partial > 0 ? fmt::format("; {} at the ends are marked as partial", grouped_number(partial))
                    : std::string()));
    context.print_json({{"output", path.string()},
                        {"bars_read", clean_result.data.bar_count()},
                        {"bars_written", result.bar_count()},
                        {"partial", partial},
                        {"resample", result.metadata["resample"]}});
    context.finish(path.string(), fmt::format("regimetry describe {}", path.string()));
    return 0;
  }

 private:
  // Both would become the same bars, twice.
  static void require_one_timeframe_per_symbol(const market::MarketData& data) {
    std::map<std::string, std::string> timeframe_of;
    for (const market::Bars& bars : data.instruments) {
      const auto [known, is_new] = timeframe_of.try_emplace(bars.symbol, bars.timeframe.name());
      if (is_new) continue;
      throw Error(
          ErrorKind::kUsage,
          fmt::format(
              "{} is there as bars of {} and of {}. Ingest them to files of their own and resample the "
              "finer one.",
              bars.symbol, known->second, bars.timeframe.name()));
    }
  }

  // Whoever says what clock the stamps are of and nothing else means sessions by that clock.
  [[nodiscard]] TimeZone session_zone(const ReadOptions& read_options) const {
    const std::string name = session_zone_.value_or(read_options.time_zone.value_or("UTC"));
    return name == "UTC" ? TimeZone::utc() : TimeZone::parse(name);
  }

  // Turns words into options; returns what is wrong with them.
  std::vector<std::string> settle_options() {
    std::vector<std::string> problems;
    if (const auto timeframe = Timeframe::parse(to_)) {
      options_.grid.timeframe = *timeframe;
    } else if (!to_.empty()) {
      return {fmt::format("to is '{}', which is not a timeframe; write it as 5m, 4h, 1d, 1w or 1mo", to_)};
    }
    if (const auto anchor = parse_time_of_day(anchor_)) {
      options_.grid.anchor = *anchor;
    } else {
      problems.push_back(
          fmt::format("anchor is '{}', which is not a time of day; write it as 17:00", anchor_));
    }
    for (const auto& [column, rule] : extra_rules_) {
      if (rule != "last" && rule != "sum" && rule != "mean") {
        problems.push_back(fmt::format("extra_rule {} is '{}'; it must be last, sum or mean", column, rule));
        continue;
      }
      options_.extra_rules[column] = rule == "sum"    ? ExtraRule::kSum
                                     : rule == "mean" ? ExtraRule::kMean
                                                      : ExtraRule::kLast;
    }
    if (!to_.empty()) {
      for (std::string& problem : options_.problems()) problems.push_back(std::move(problem));
    }
    return problems;
  }

  std::vector<std::string> inputs_;
  std::string to_, anchor_ = "00:00";
  std::optional<std::string> session_zone_;
  std::filesystem::path output_;
  std::map<std::string, std::string> extra_rules_;
  ResampleOptions options_;
  DataSettings settings_;
};

}  // namespace

std::unique_ptr<Command> make_resample_command() {
  return std::make_unique<ResampleCommand>();
}

}  // namespace regimetry::cli

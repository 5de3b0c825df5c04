#include "cli/feature_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "features/across/sector_file.hpp"

namespace regimetry::cli {

using features::FeatureSet;
using features::FeatureSpecification;

void FeatureSettings::declare(SettingSchema& schema) {
  const std::string group = "Which features";
  schema.add("set", sets_,
             "Sets: core95, regime, regime_price, har, jump, levels, across. Absent: regime, unless features "
             "are named.",
             {.placeholder = "NAME", .group = group});
  schema.add(
      "features", features_,
      "Features: 'rsi(14), spread = ema(12) - ema(26)'. 'regimetry features --list' names the indicators.",
      {.placeholder = "LIST", .group = group});
  schema.add("define", define_, "A feature under a name of its own, which others may use.",
             {.placeholder = "NAME=EXPRESSION", .group = group});
  schema.add("exclude", exclude_, "Features to leave out, by column name; '*' stands for anything.",
             {.placeholder = "NAME", .group = group});
  schema.add_choice("on_missing_column", on_missing_column_,
                    {{"error", MissingColumnPolicy::kError}, {"drop", MissingColumnPolicy::kDrop}},
                    "What to do about features that need a column the data lacks, such as volume.",
                    {.group = group});
  schema.add("sectors", sectors_,
             "CSV with a column symbol and one of sectors, for features that compare within sectors. Symbols "
             "that it "
             "lacks are in the sector that their column `sector` named last.",
             {.placeholder = "FILE", .group = group});
  schema.add("sector_column", sector_column_, "Its column of sectors.",
             {.placeholder = "NAME", .group = group});
}

namespace {

std::vector<std::string> numeric_extras(const market::MarketData& data) {
  std::set<std::string> names;
  for (const market::Bars& bars : data.instruments) {
    for (const market::Column& column : bars.extras) {
      const bool is_numeric =
          column.kind == market::ColumnKind::kNumber || column.kind == market::ColumnKind::kBoolean;
      if (is_numeric) names.insert(column.name);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace

FeatureSpecification FeatureSettings::specification() const {
  FeatureSpecification specification{sets_, {}, {}, exclude_};
  for (const auto& [name, text] : define_) {
    const std::size_t begin = name.find_first_not_of(' ');
    const std::size_t end = name.find_last_not_of(' ');
    specification.define[begin == std::string::npos ? name : name.substr(begin, end - begin + 1)] = text;
  }
  // A list given as one word was cut at every comma, also at those inside parentheses.
  std::string joined;
  for (const std::string& part : features_) joined += (joined.empty() ? "" : ",") + part;
  if (!joined.empty()) specification.features.push_back(joined);
  return specification;
}

FeatureSet FeatureSettings::default_set(const market::MarketData& data,
                                        const std::vector<std::string>& extras, Observer& observer) const {
  FeatureSpecification wanted = specification();
  wanted.sets = {"regime"};
  FeatureSet set(wanted, extras);
  if (features::missing_columns(data, set).empty()) return set;
  wanted.sets = {"regime_price"};
  observer.on_note("the data has no volume for every instrument: the set is regime_price");
  return FeatureSet(wanted, extras);
}

FeatureSet FeatureSettings::feature_set(const market::MarketData& data, Observer& observer) const {
  const std::vector<std::string> extras = numeric_extras(data);
  FeatureSpecification wanted = specification();
  if (wanted.sets.empty() && wanted.features.empty() && wanted.define.empty())
    return default_set(data, extras, observer);
  FeatureSet set(wanted, extras);
  if (on_missing_column_ == MissingColumnPolicy::kError) return set;
  const auto missing = features::missing_columns(data, set);
  if (missing.empty()) return set;
  for (const features::MissingColumn& one : missing) {
    std::string list;
    for (const std::string& feature : one.features) {
      wanted.exclude.push_back(feature);
      list += (list.empty() ? "" : ", ") + feature;
    }
    observer.on_warning(fmt::format("left out, because {} lacks the column '{}': {}",
                                    one.symbol.empty() ? "the data" : one.symbol, one.column, list));
  }
  return FeatureSet(wanted, extras);
}

features::ComputeOptions FeatureSettings::compute_options() const {
  features::ComputeOptions options;
  if (sectors_) options.sector_of_symbol = features::read_sector_file(*sectors_, sector_column_);
  return options;
}

std::vector<std::string> FeatureSettings::read_files() const {
  return sectors_ ? std::vector{sectors_->string()} : std::vector<std::string>();
}

}  // namespace regimetry::cli

#include "cli/feature_column_settings.hpp"

namespace regimetry::cli {

void declare_feature_columns(SettingSchema& schema, features::FeatureColumnOptions& options) {
  const std::string group = "Which columns are features";
  schema.add("feature_columns", options.feature_columns,
             "Names or patterns ('rsi_*'), or auto: numbers, booleans and words of few kinds, without row "
             "numbers, times and empty columns.",
             {.placeholder = "NAME", .group = group});
  schema.add("exclude_columns", options.exclude_columns, "Names or patterns to leave out all the same.",
             {.placeholder = "NAME", .group = group});
  schema.add("max_categories", options.max_categories,
             "auto: a column of more different words than this is left out.",
             {.placeholder = "N", .minimum = 2, .group = group});
  schema.add_check([&options] { return options.problems(); });
}

}  // namespace regimetry::cli

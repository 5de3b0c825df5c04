// The settings of every command that chooses which columns of a table are features.
#pragma once

#include "cli/setting_schema.hpp"
#include "features/transform/feature_columns.hpp"

namespace regimetry::cli {

// --feature-columns, --exclude-columns, --max-categories. `options` is borrowed and must outlive the schema.
void declare_feature_columns(SettingSchema& schema, features::FeatureColumnOptions& options);

}  // namespace regimetry::cli

// Which columns of a table are features: by list and pattern, or found automatically.
//
// Why on training rows: what is found (words of a category, a column without values) is learned as much as a
// mean is, and must not know later rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "features/transform/input_table.hpp"

namespace regimetry::features {

struct FeatureColumnOptions {
  // "auto" (alone or beside names), names, or patterns in which `*` stands for any text, as `rsi_*`.
  std::vector<std::string> feature_columns = {"auto"};
  // Names and patterns to leave out; wins over feature_columns.
  std::vector<std::string> exclude_columns = {};
  // auto: a category of more words than this is a name or a remark rather than a feature.
  std::int64_t max_categories = 20;

  [[nodiscard]] std::vector<std::string> problems() const;
};

struct FeatureColumns {
  std::vector<std::string> names;  // in the order of the table
  std::vector<std::string> notes;  // in words for the user: what `auto` left out and why, what to think about
};

// auto takes the columns that the writer of the file called features (`known`), where it said so, else every
// number, boolean and category, without: columns that hold times, that hold no value, that count rows (each
// value a fixed step after the one before), categories of one word or too many, and the answers of a
// simulated market. Price levels are kept and noted. Throws Error (kUsage) for a name that no column has, for
// a pattern that fits none, for a column of times, and when nothing is left; a name to leave out that no
// column has is noted.
[[nodiscard]] FeatureColumns choose_feature_columns(const InputTable& train,
                                                    const std::optional<std::vector<std::string>>& known,
                                                    const FeatureColumnOptions& options, ThreadPool& pool);

}  // namespace regimetry::features

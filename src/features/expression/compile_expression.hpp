// From a user's expressions to series of a graph.
//
// A name means, in this order: one of the user's own definitions, a field of the bar (open, high, low, close,
// volume), an indicator with its default parameters, a further column of the data. In backticks it is always
// a column of the data.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/catalogue/feature_entry.hpp"
#include "features/expression/expression.hpp"
#include "features/graph/series_graph.hpp"

namespace regimetry::features {

class ExpressionCompiler {
 public:
  // Borrows everything; all must outlive it. Throws Error (kUsage) for a definition under a name that is
  // taken.
  ExpressionCompiler(SeriesGraph& graph, const std::map<std::string, std::string>& definitions,
                     std::span<const std::string> extra_columns);

  // Throws Error (kUsage) naming `feature`, the trouble and the remedy.
  [[nodiscard]] Series compile(const std::string& feature, const Expression& expression);

 private:
  Series name(const Expression& expression);
  Series definition(const std::string& name, const std::string& text);
  Series call(const Expression& expression);
  Series indicator(const FeatureEntry& entry, const Expression& expression);
  Series function(const struct ExpressionFunction& function, const Expression& expression);
  Series binary(const Expression& expression);
  [[nodiscard]] bool is_column(const std::string& name) const;
  [[nodiscard]] std::string column_words() const;  // for an unknown name
  [[noreturn]] void unknown(const Expression& expression, bool is_call) const;
  [[noreturn]] void fail(const std::string& what) const;
  Series compile(const Expression& expression);

  SeriesGraph& graph_;
  const std::map<std::string, std::string>& definitions_;
  std::span<const std::string> extra_columns_;
  std::string feature_;                              // being compiled, for messages
  std::vector<std::string> opened_;                  // definitions on the way to here, outermost first
  std::map<std::string, Series> known_definitions_;  // compiled before
};

// Throws Error (kUsage) unless `name` may be given to a feature: a plain word that means nothing else yet.
void require_free_name(const std::string& name);

// The value of an expression of numbers alone ("0.5", "-2", "3/4"); nothing when it is not one.
[[nodiscard]] std::optional<double> constant_value(const Expression& expression);

}  // namespace regimetry::features

#include "features/expression/bind_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "features/catalogue/catalogue_page.hpp"
#include "features/expression/compile_expression.hpp"

namespace regimetry::features {
namespace {

// As advice: "a whole number from 2 to 100000".
std::string range_words(const FeatureParameter& parameter) {
  return fmt::format("{} from {} to {}", parameter.is_whole ? "a whole number" : "a number",
                     parameter.minimum, parameter.maximum);
}

bool fits(const FeatureParameter& parameter, double value) {
  return value >= parameter.minimum && value <= parameter.maximum &&
         (!parameter.is_whole || value == std::floor(value));
}

class CallBinder {
 public:
  CallBinder(const FeatureEntry& entry, const Expression& call)
      : entry_(entry), call_(call), is_given_(entry.parameters.size(), false) {
    for (const FeatureParameter& parameter : entry.parameters)
      bound_.values.push_back(parameter.default_value);
  }

  BoundCall bind() {
    for (std::size_t i = 0; i < call_.arguments.size() && bound_.problem.empty(); ++i) {
      if (!take_series(i)) take_parameter(i);
    }
    if (bound_.problem.empty() && entry_.problem) {
      const std::string problem = entry_.problem({bound_.values, {}});
      if (!problem.empty()) bound_.problem = fmt::format("{}: {}", entry_.name, problem);
    }
    return std::move(bound_);
  }

 private:
  bool take_series(std::size_t i) {
    const std::string& name = call_.argument_names[i];
    const bool may_be_series =
        i == 0 && entry_.input == FeatureInput::kSeries && (name.empty() || name == "series");
    if (!may_be_series || constant_value(call_.arguments[i])) return false;
    bound_.series = &call_.arguments[i];
    return true;
  }

  void take_parameter(std::size_t i) {
    const auto value = constant_value(call_.arguments[i]);
    if (!value) {
      bound_.problem =
          fmt::format("an argument of {} is not a number; write {}", entry_.name, signature(entry_));
      return;
    }
    const std::string& name = call_.argument_names[i];
    const std::size_t index = name.empty() ? next_++ : index_of(name);
    if (index >= entry_.parameters.size()) {
      bound_.problem =
          name.empty()
              ? fmt::format("{} takes {} parameter{}, not {}; write {}", entry_.name,
                            entry_.parameters.size(), entry_.parameters.size() == 1 ? "" : "s", index + 1,
                            signature(entry_))
              : fmt::format("{} has no parameter '{}'; write {}", entry_.name, name, signature(entry_));
      return;
    }
    const FeatureParameter& parameter = entry_.parameters[index];
    if (!fits(parameter, *value)) {
      bound_.problem = fmt::format("parameter '{}' of {} is {}; it must be {}", parameter.name, entry_.name,
                                   *value, range_words(parameter));
    } else if (is_given_[index]) {
      bound_.problem = fmt::format("parameter '{}' of {} is given twice", parameter.name, entry_.name);
    }
    is_given_[index] = true;
    bound_.values[index] = *value;
  }

  [[nodiscard]] std::size_t index_of(const std::string& name) const {
    const auto found = std::find_if(entry_.parameters.begin(), entry_.parameters.end(),
                                    [&](const FeatureParameter& one) { return one.name == name; });
    return static_cast<std::size_t>(found - entry_.parameters.begin());
  }

  const FeatureEntry& entry_;
  const Expression& call_;
  std::vector<bool> is_given_;
  std::size_t next_ = 0;  // parameter of the next argument without a name
  BoundCall bound_;
};

}  // namespace

BoundCall bind_call(const FeatureEntry& entry, const Expression& call) {
  return CallBinder(entry, call).bind();
}

}  // namespace regimetry::features

// The ceiling: someone who knows every parameter and sees returns.
#include "market/simulation/oracle.hpp"
#include "quality_method.hpp"

namespace regimetry::bench {
namespace {

market::OracleAnswer ask(const MethodInput& input) {
  return market::ask_oracle(input.truth, input.sequence.oracle_input());
}

}  // namespace

std::vector<QualityMethod> oracle_methods() {
  const auto viterbi = [](const MethodInput& input) { return ask(input).viterbi; };
  const auto smoother = [](const MethodInput& input) { return ask(input).smoother; };
  const auto filter = [](const MethodInput& input, std::int64_t first_bar) {
    const Labels all = ask(input).filter;
    return Labels(all.begin() + first_bar, all.end());
  };
  return {{"oracle, Viterbi", "all parameters, returns", viterbi, {}, 0},
          {"oracle, smoother", "all parameters, returns", smoother, {}, 0},
          {"oracle, filter", "all parameters, returns", {}, filter, 0}};
}

}  // namespace regimetry::bench

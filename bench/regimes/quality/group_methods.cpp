// Methods that group rows whatever their order, and spectral clustering with a price for switches.
#include <span>
#include <utility>

#include "quality_method.hpp"
#include "regimes/jump/return_features.hpp"
#include "regimes/model/fit_method.hpp"

namespace regimetry::bench {
namespace {

using namespace regimetry::regimes;

// They take long; so many sequences give a standard error of about .015.
constexpr int kMostSequences = 40;

Labels labels_of(const MethodInput& input, RegimeOptions options) {
  const MatrixF values = centred_return_features(input.sequence.returns).cast<float>();
  const IndexRange all{0, values.rows()};
  options.regime_count = input.regime_count;
  return fit_method({values, std::span(&all, 1)}, options, input.rng, input.pool).fit.labels;
}

QualityMethod group_method(std::string name, const RegimeOptions& options) {
  return {std::move(name),
          "returns, two-sided features",
          [options](const MethodInput& input) { return labels_of(input, options); },
          {},
          kMostSequences};
}

}  // namespace

std::vector<QualityMethod> group_methods() {
  RegimeOptions spectral, persistent, ward;
  persistent.persistence = Persistence{.kind = Persistence::Kind::kAuto};
  ward.method = RegimeMethod::kAgglomerative;
  return {group_method("spectral clustering", spectral),
          group_method("spectral clustering, jump model on its coordinates", persistent),
          group_method("Ward's hierarchy", ward)};
}

}  // namespace regimetry::bench

#include "regimes/model/fitted_method.hpp"

#include <fmt/format.h>

#include <type_traits>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "regimes/agglomerative/agglomerative_regimes.hpp"
#include "regimes/hidden_markov/hidden_markov_regimes.hpp"
#include "regimes/jump/jump_regimes.hpp"
#include "regimes/kmeans/kmeans_regimes.hpp"
#include "regimes/mixture/gaussian_mixture_regimes.hpp"
#include "regimes/model/persistent_spectral.hpp"
#include "regimes/spectral/spectral_regimes.hpp"

namespace regimetry::regimes {

std::shared_ptr<const FittedRegimes> read_fitted_method(std::string_view method, const TensorFile& file) {
  const auto read = [&]<class Method>(std::type_identity<Method>) {
    return std::make_shared<const Method>(Method::from_tensors(file));
  };
  if (method == "spectral") return read(std::type_identity<SpectralRegimes>());
  if (method == "spectral_jump") return read(std::type_identity<PersistentSpectralRegimes>());
  if (method == "hmm") return read(std::type_identity<HiddenMarkovRegimes>());
  if (method == "gmm") return read(std::type_identity<GaussianMixtureRegimes>());
  if (method == "agglomerative") return read(std::type_identity<AgglomerativeRegimes>());
  if (method == "kmeans") return read(std::type_identity<KMeansRegimes>());
  if (method == "jump") return read(std::type_identity<JumpRegimes>());
  throw Error(ErrorKind::kData,
              fmt::format("The method is '{}', which this version does not know; "
                          "use the version that wrote it, or write it again with 'regimetry cluster'.",
                          printable(method)));
}

}  // namespace regimetry::regimes

#include "regimes/model/fitted_method.hpp"

#include <fmt/format.h>

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

std::shared_ptr<const FittedRegimes> read_fitted_method(std::string_view method, const TensorFile& file,
                                                        const std::string& name) {
  try {
    if (method == "spectral") return std::make_shared<SpectralRegimes>(SpectralRegimes::from_tensors(file));
    if (method == "spectral_jump")
      return std::make_shared<PersistentSpectralRegimes>(PersistentSpectralRegimes::from_tensors(file));
    if (method == "hmm")
      return std::make_shared<HiddenMarkovRegimes>(HiddenMarkovRegimes::from_tensors(file));
    if (method == "gmm")
      return std::make_shared<GaussianMixtureRegimes>(GaussianMixtureRegimes::from_tensors(file));
    if (method == "agglomerative")
      return std::make_shared<AgglomerativeRegimes>(AgglomerativeRegimes::from_tensors(file));
    if (method == "kmeans") return std::make_shared<KMeansRegimes>(KMeansRegimes::from_tensors(file));
    if (method == "jump") return std::make_shared<JumpRegimes>(JumpRegimes::from_tensors(file));
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", name, error.what()));
  }
  throw Error(ErrorKind::kData, fmt::format("{}: holds the method '{}', which this version does not know",
                                            name, printable(method)));
}

}  // namespace regimetry::regimes

#include "regimes/agglomerative/agglomerative_regimes.hpp"

namespace regimetry::regimes {

TensorFile AgglomerativeRegimes::to_tensors() const {
  TensorFile file = nearest_.to_tensors();
  file.metadata["method"] = method();
  return file;
}

AgglomerativeRegimes AgglomerativeRegimes::from_tensors(const TensorFile& file) {
  return AgglomerativeRegimes(KMeansRegimes::from_tensors(file));
}

}  // namespace regimetry::regimes

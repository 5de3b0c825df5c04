// A build without the part that needs libtorch: every other engine is there.
#include "core/error.hpp"
#include "models/regime_encoder/embedding_engine.hpp"

namespace regimetry::models {

std::unique_ptr<EmbeddingEngine> load_reference_engine(const RegimeEncoderWeights& /*weights*/,
                                                       std::string_view /*device*/) {
  throw Error(ErrorKind::kInternal,
              "the reference engine is not part of this build, which was made without libtorch");
}

}  // namespace regimetry::models

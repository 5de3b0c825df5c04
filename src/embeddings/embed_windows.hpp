// Windows -> embeddings, by whichever engine.
//
// The engine gets rows, not windows: each run of windows is one stretch of the table, given as it lies there.
// Nothing of size N x L x F is ever made.
#pragma once

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "embeddings/embeddings.hpp"
#include "models/regime_encoder/embedding_engine.hpp"
#include "windows/windows.hpp"

namespace regimetry::embeddings {

// The same bits whatever the pool. Progress goes to the stage "embed". Metadata is left empty. Throws Error:
// kUsage when windows are of another length or have another number of features than the engine takes, kData
// when a window holds a value that is not finite, or values so large that its embedding is not.
[[nodiscard]] Embeddings embed_windows(const windows::Windows& windows, const models::EmbeddingEngine& engine,
                                       ThreadPool& pool, Observer& observer);

}  // namespace regimetry::embeddings

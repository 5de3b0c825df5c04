#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "analysis/stages.hpp"
#include "core/error.hpp"
#include "core/rng.hpp"
#include "embeddings/embed_windows.hpp"
#include "embeddings/embedding_engine_choice.hpp"
#include "embeddings/embedding_files.hpp"
#include "embeddings/embedding_metadata.hpp"
#include "embeddings/encoder_input.hpp"
#include "embeddings/finite_windows.hpp"
#include "models/regime_encoder/encoder_file.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

using namespace regimetry::embeddings;

// The initial weights of the seed: nothing here was trained on anything.
models::EncoderFile initial_encoder(const AnalyzeOptions& options, const EncoderInput& input) {
  const features::FeatureTable& table = input.data.instruments.front();
  models::RegimeEncoderOptions encoder_options = options.encoder;
  encoder_options.feature_count = table.feature_count();
  encoder_options.window_size = options.windows.window_size;
  models::EncoderFile encoder;
  encoder.weights = models::initial_weights(encoder_options, Rng(options.seed));
  encoder.digest = digest_of(encoder.weights);
  encoder.facts = {.seed = options.seed, .features = table.names};
  return encoder;
}

std::string name_in(const std::filesystem::path& folder, const std::filesystem::path& path) {
  return path.lexically_relative(folder).generic_string();
}

StageOutcome embed(const StageContext& context) {
  const AnalyzeOptions& options = context.options;
  const EncoderInput input = read_encoder_input(
      context.folder / feature_file(options),
      {.transform = (context.folder / report::kScalerFile).string(), .version = options.version}, {},
      context.pool, context.observer);
  const models::EncoderFile encoder = initial_encoder(options, input);
  const windows::Windows cut(input.data, options.windows);
  require_finite(cut);
  const ChosenEngine chosen = choose_embedding_engine(encoder.weights, options.engine, context.observer);
  Embeddings made = embed_windows(cut, *chosen.engine, context.pool, context.observer);
  made.metadata = describe_embeddings(made, cut,
                                      {.source_file = feature_file(options),
                                       .features_used = input.data.instruments.front().names,
                                       .transform = input.transform,
                                       .encoder = encoder.weights.options,
                                       .encoder_digest = encoder.digest,
                                       .engine = chosen.record,
                                       .precision = std::string(precision_name(options.engine.precision)),
                                       .config = context.config,
                                       .version = options.version});
  made.metadata["transform"]["source"] = report::kScalerFile;
  models::write_encoder_file(context.folder / report::kEncoderFile, encoder.weights, encoder.facts);
  const std::filesystem::path path = context.folder / options.embeddings_file;
  write_embeddings(path, made, context.observer);
  StageOutcome outcome{{report::kEncoderFile, options.embeddings_file},
                       fmt::format("{} windows of {} bars become {} numbers each", made.size(),
                                   options.windows.window_size, made.width())};
  for (const auto& beside : {timestamps_path_of(path), metadata_path_of(path)})
    outcome.outputs.push_back(name_in(context.folder, beside));
  return outcome;
}

}  // namespace

StageOutcome embed_stage(const StageContext& context) {
  try {
    return embed(context);
  } catch (const Error& error) {
    // Where regimes are made from features, embeddings are for whoever wants them later.
    if (context.options.rows == RowKind::kEmbeddings || error.kind() == ErrorKind::kInternal) throw;
    context.observer.on_note(fmt::format("no embeddings were made: {}", error.what()));
    return {{}, "none"};
  }
}

}  // namespace regimetry::analysis

// regimetry embed FEATURES: windows of features become embeddings.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/encoder_settings.hpp"
#include "cli/feature_column_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/row_span_settings.hpp"
#include "cli/shell_word.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "cli/window_settings.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/rng.hpp"
#include "embeddings/embed_windows.hpp"
#include "embeddings/embedding_engine_choice.hpp"
#include "embeddings/embedding_files.hpp"
#include "embeddings/embedding_metadata.hpp"
#include "embeddings/encoder_input.hpp"
#include "embeddings/finite_windows.hpp"
#include "features/transform/input_table.hpp"
#include "features/transform/transform_file.hpp"
#include "models/regime_encoder/encoder_file.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::embeddings;
using models::EncoderFile;
using models::RegimeEncoderOptions;
using models::RegimeEncoderWeights;
using windows::Windows;

// Everything that was made, for those who report it.
struct EmbedResult {
  Embeddings embeddings;
  EncoderFile encoder;
  std::filesystem::path output;
  std::optional<std::filesystem::path> encoder_file;    // where its weights are
  std::optional<std::filesystem::path> transform_file;  // where the scale is
};

std::string encoder_words(const EncoderFile& encoder, const std::string& engine) {
  const RegimeEncoderOptions& options = encoder.weights.options;
  return fmt::format("Encoder {:.8}: {} {} of {} heads x {}, pooling {}, {} weights; {}.\n", encoder.digest,
                     options.num_transformer_blocks, options.num_transformer_blocks == 1 ? "block" : "blocks",
                     options.num_heads, options.head_size, name_of(options.pooling),
                     grouped_number(parameter_count(encoder.weights)), engine);
}

std::string left_out_words(const windows::WindowCensus& census) {
  std::string text;
  if (census.warm_up_rows > 0) text += fmt::format("Warm-up rows: {}. ", grouped_number(census.warm_up_rows));
  if (census.missing_rows > 0)
    text += fmt::format("Rows left out for a missing value: {}. ", grouped_number(census.missing_rows));
  if (census.gaps > 0) text += fmt::format("Gaps that no window spans: {}. ", grouped_number(census.gaps));
  if (census.instruments_without_windows > 0)
    text += fmt::format("Instruments without a window: {}. ", census.instruments_without_windows);
  if (!text.empty()) text.back() = '\n';
  return text;
}

class EmbedCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "embed"; }
  [[nodiscard]] std::string_view summary() const override {
    return "turn windows of features into embeddings";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Cuts features into rolling windows and sends each through the regime encoder, a small "
           "Transformer: out comes one row of numbers per window. Reads what 'features' writes, any table of "
           "numbers with a time column, or a .npy matrix, whose row numbers then count as time.\n"
           "Writes a .npy matrix, the stamps of the windows' last rows, and embedding_metadata.json beside "
           "it. "
           "Without --encoder the weights are the initial ones of --seed, the same on every machine; "
           "--save-encoder keeps them. With --encoder the settings of the encoder come from its file.\n"
           "A scale is learned from all rows unless --fit-until or --transform says otherwise; such "
           "embeddings describe the past and must not be judged on it.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry embed demo/features.parquet --window-size 30 --embedding-dim 64 --fit-until 2009-12-31 "
        "--output-dir demo --save-encoder encoder.safetensors --save-transform embed_scaler.json",
        "regimetry embed demo/features.parquet --encoder demo/encoder.safetensors "
        "--transform demo/embed_scaler.json --stride 5 --output-dir demo/every_fifth",
        "regimetry embed demo/features.parquet --feature-columns 'rsi_*' --encoding-method learnable "
        "--pooling attention --head-size 32 --output-dir demo/rsi --json"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", input_, "Features: .parquet, .csv, .jsonl or .npy.",
               {.placeholder = "FEATURES", .positional = true});
    declare_files(schema);
    declare_transform(schema);
    declare_engine(schema);
    declare_former_names(schema);
    window_settings_.declare_size(schema);
    window_settings_.declare_gaps(schema, " Kept ones are an error, for no encoder can read them.");
    encoder_.declare(schema);
    declare_feature_columns(schema, input_options_.columns);
    data_.declare_table_reading(schema);
    schema.add_check([this] { return settle_options(); });
  }

  int run(CommandContext& context) override {
    EmbedResult result;
    require_encoder();
    require_outputs(context, result);
    const EncoderInput input =
        read_encoder_input(input_, input_options_, data_.read_options(), context.pool(), context.observer());
    result.encoder = obtain_encoder(context, input);
    const RegimeEncoderWeights& weights = result.encoder.weights;
    window_options_.window_size = weights.options.window_size;
    const Windows windows = cut_windows(input);
    const ChosenEngine chosen = choose_embedding_engine(weights, engine_options_, context.observer());
    result.embeddings = embed_windows(windows, *chosen.engine, context.pool(), context.observer());
    result.embeddings.metadata =
        describe_embeddings(result.embeddings, windows, record(context, input, result.encoder, chosen));
    keep_transform(context, input, result);
    if (save_encoder_) write_encoder_file(*result.encoder_file, weights, result.encoder.facts);
    write_embeddings(result.output, result.embeddings, context.observer());
    report(context, result, windows, chosen.engine->description());
    return 0;
  }

 private:
  void declare_files(SettingSchema& schema) {
    schema.add("output_name", output_name_, "The embeddings to write (.npy).",
               {.placeholder = "FILE", .affects_result = false});
    schema.add("encoder", encoder_file_, "Weights to use (.safetensors). Absent: initial ones of --seed.",
               {.placeholder = "FILE"});
    schema.add("save_encoder", save_encoder_, "Keep the weights here (.safetensors).",
               {.placeholder = "FILE", .affects_result = false});
  }

  void declare_transform(SettingSchema& schema) {
    const std::string group = "Scale";
    schema.add(
        "transform", input_options_.transform,
        "standard: mean 0 and deviation 1 per column; none: as they are; or what 'transform fit' wrote. "
        "auto: standard for tables, none for .npy and for what a transform made.",
        {.placeholder = "WORD|FILE", .group = group});
    schema.add(
        "fit_until", fit_until_,
        "standard: learn the scale from rows up to this stamp, itself included; a date is the whole day "
        "in UTC. Absent: from all rows, which only describes.",
        {.placeholder = "STAMP", .group = group});
    schema.add("save_transform", save_transform_, "Keep the scale here (.json), for later rows.",
               {.placeholder = "FILE", .group = group, .affects_result = false});
  }

  void declare_engine(SettingSchema& schema) {
    const std::string group = "Computing";
    schema.add_choice("engine", engine_options_.engine,
                      {{"auto", EngineChoice::kAuto},
                       {"rows", EngineChoice::kRows},
                       {"reference", EngineChoice::kReference}},
                      "rows: fast, shares work between overlapping windows, on the CPU. reference: the "
                      "trainable module. auto: rows wherever it can.",
                      {.group = group});
    schema.add_choice("precision", engine_options_.precision,
                      {{"fp32", models::Precision::kFloat32}, {"bf16", models::Precision::kBfloat16}},
                      "bf16 rounds what large products read, where the processor gains from it.",
                      {.group = group});
    schema.add("device", engine_options_.device, "cpu, cuda or cuda:N; a GPU needs the reference.",
               {.placeholder = "DEVICE", .group = group});
  }

  // Keys that existing settings files have.
  void declare_former_names(SettingSchema& schema) {
    const std::string group = "Former names";
    schema.add("signal_input_path", signal_input_path_, "The same as FEATURES.",
               {.placeholder = "FILE", .group = group});
    schema.add("random_seed", random_seed_, "The same as --seed.", {.placeholder = "N", .group = group});
    schema.add("deterministic", deterministic_,
               "Accepted and without effect: the same settings always give the same bytes.",
               {.group = group, .affects_result = false});
    schema.add_check_of_given([](const SettingSchema::GivenKeys& given) -> std::vector<std::string> {
      if (!given.contains("seed") || !given.contains("random_seed")) return {};
      return {"--seed and --random-seed both say where random draws come from; give one"};
    });
  }

  std::vector<std::string> settle_options() {
    std::vector<std::string> problems;
    if (input_.empty() && signal_input_path_) input_ = *signal_input_path_;
    if (input_.empty())
      problems.emplace_back("no input was given: name features, as in 'regimetry embed features.parquet'");
    if (fit_until_) settle_last_moment("fit_until", *fit_until_, input_options_.fit_span, problems);
    window_settings_.settle(problems);
    for (std::string& problem : window_options_.problems()) problems.push_back(std::move(problem));
    for (std::string& problem : engine_options_.problems()) problems.push_back(std::move(problem));
    // Columns are judged where they are declared.
    EncoderInputOptions others = input_options_;
    others.columns = {};
    for (std::string& problem : others.problems()) problems.push_back(std::move(problem));
    if (save_transform_ && input_options_.transform == kNoTransform)
      problems.emplace_back("save_transform is given, but there is no transform to keep");
    input_options_.version = kVersion;
    return problems;
  }

  // Judges encoder, engine and device before anything is read; whether the encoder fits the features is seen
  // later.
  void require_encoder() const {
    RegimeEncoderOptions options = encoder_.options();
    options.window_size = window_options_.window_size;
    if (encoder_file_) {
      options = models::read_encoder_file(*encoder_file_, {options, encoder_.given(), {}}).weights.options;
    }
    require_engine(options, engine_options_);
  }

  // Judges all outputs before anything is computed.
  void require_outputs(const CommandContext& context, EmbedResult& result) {
    std::vector<std::string> inputs{input_.string()};
    if (encoder_file_) inputs.push_back(encoder_file_->string());
    inputs.push_back(input_options_.transform);  // a word where it is no file
    result.output = context.output_path(output_name_);
    require_embedding_output(result.output, inputs);
    std::vector<PlannedOutput> outputs = embedding_outputs("--output-name", result.output);
    result.encoder_file = encoder_file_;
    if (save_encoder_) {
      result.encoder_file = context.output_path(*save_encoder_);
      require_encoder_output(*result.encoder_file, inputs);
      outputs.push_back({"--save-encoder", *result.encoder_file});
    }
    if (save_transform_) {
      result.transform_file = context.output_path(*save_transform_);
      require_transform_output(*result.transform_file, inputs);
      outputs.push_back({"--save-transform", *result.transform_file});
    }
    require_distinct_outputs(outputs);
  }

  // The weights of the file, or initial ones of the seed.
  EncoderFile obtain_encoder(CommandContext& context, const EncoderInput& input) const {
    const features::FeatureTable& first = input.data.instruments.front();
    RegimeEncoderOptions options = encoder_.options();
    options.feature_count = first.feature_count();
    options.window_size = window_options_.window_size;
    // Columns of a bare matrix have no names of their own.
    const bool has_names = !features::origin_of(input.data.metadata).has_row_numbers;
    const std::vector<std::string> names = has_names ? first.names : std::vector<std::string>();
    EncoderFile encoder;
    if (encoder_file_) {
      encoder = models::read_encoder_file(*encoder_file_, {options, encoder_.given(), names});
    } else {
      const std::uint64_t seed = random_seed_.value_or(context.common().seed);
      encoder.weights = models::initial_weights(options, Rng(seed));
      encoder.digest = digest_of(encoder.weights);
      encoder.facts = {.seed = seed, .features = names};
    }
    for (const std::string& note : encoder.notes) context.observer().on_note(note);
    for (const std::string& warning : encoder.warnings) context.observer().on_warning(warning);
    if (encoder.weights.options.has_padding_column()) {
      context.observer().on_warning(
          fmt::format("stacked positions need an even width: a column of zeros makes {} of {}",
                      encoder.weights.options.width(), encoder.weights.options.unpadded_width()));
    }
    return encoder;
  }

  [[nodiscard]] Windows cut_windows(const EncoderInput& input) const {
    try {
      Windows windows(input.data, window_options_);
      require_finite(windows);
      return windows;
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: {}", printable_path(input_), error.what()));
    }
  }

  // Writes the scale where that was asked for, and says where it is to be found.
  void keep_transform(CommandContext& context, const EncoderInput& input, EmbedResult& result) const {
    if (result.transform_file && input.fitted) {
      features::write_transform(*result.transform_file, *input.fitted);
    } else if (result.transform_file) {
      context.observer().on_warning(fmt::format("{}: was not written, for values are taken as they are",
                                                printable_path(*result.transform_file)));
      result.transform_file.reset();
    } else if (input.fitted && input.transform.at("source") == input_options_.transform) {
      result.transform_file = input_options_.transform;
    }
  }

  [[nodiscard]] EmbeddingRecord record(CommandContext& context, const EncoderInput& input,
                                       const EncoderFile& encoder, const ChosenEngine& chosen) const {
    return {.source_file = input.source,
            .features_used = input.data.instruments.front().names,
            .transform = input.transform,
            .encoder = encoder.weights.options,
            .encoder_digest = encoder.digest,
            .engine = chosen.record,
            .precision = std::string(precision_name(engine_options_.precision)),
            .config = context.resolved_config(),
            .version = kVersion};
  }

  void report(CommandContext& context, const EmbedResult& result, const Windows& windows,
              const std::string& engine) const {
    const Embeddings& embeddings = result.embeddings;
    const std::string made = fmt::format("{} of {}", counted(embeddings.size(), "embedding"),
                                         counted(embeddings.width(), "number"));
    context.print(fmt::format("{}, from windows of {} of {}, stride {}, {}.\n{}{}", made,
                              counted(windows.window_size(), "row"),
                              counted(windows.feature_count(), "feature"), windows.options().stride,
                              counted(static_cast<std::int64_t>(embeddings.instruments.size()), "instrument"),
                              encoder_words(result.encoder, engine), left_out_words(windows.census())));
    nlohmann::json json = embeddings.metadata;
    json.erase("config");
    json["output"] = result.output.string();
    json["timestamps"] = timestamps_path_of(result.output).string();
    json["metadata"] = metadata_path_of(result.output).string();
    json["encoder_file"] = result.encoder_file ? nlohmann::json(result.encoder_file->string()) : nullptr;
    context.print_json(json);
    context.finish(fmt::format("{} ({})", result.output.string(), made), next_command(result, windows));
  }

  [[nodiscard]] std::string next_command(const EmbedResult& result, const Windows& windows) const {
    if (result.encoder_file) {
      const std::string transform =
          result.transform_file ? " --transform " + shell_word(result.transform_file->string()) : "";
      return fmt::format("regimetry export onnx --encoder {}{} -o encoder.onnx",
                         shell_word(result.encoder_file->string()), transform);
    }
    return fmt::format("regimetry folds {} --window-size {} --stride {} --horizon 5",
                       shell_word(input_.string()), windows.window_size(), windows.options().stride);
  }

  std::filesystem::path input_;
  std::optional<std::filesystem::path> signal_input_path_;
  std::filesystem::path output_name_ = "embeddings.npy";
  std::optional<std::filesystem::path> encoder_file_, save_encoder_, save_transform_;
  std::optional<std::string> fit_until_;
  std::optional<std::uint64_t> random_seed_;
  bool deterministic_ = true;
  EncoderInputOptions input_options_;
  EngineOptions engine_options_;
  windows::WindowOptions window_options_;
  WindowSettings window_settings_{window_options_};
  EncoderSettings encoder_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_embed_command() {
  return std::make_unique<EmbedCommand>();
}

}  // namespace regimetry::cli

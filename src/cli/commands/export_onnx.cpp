// regimetry export onnx --encoder encoder.safetensors -o encoder.onnx: an encoder for any runtime.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/encoder_settings.hpp"
#include "cli/onnx_input_steps.hpp"
#include "cli/shell_word.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/sha256.hpp"
#include "features/transform/transform_file.hpp"
#include "models/onnx/export_encoder.hpp"
#include "models/onnx/onnx_model.hpp"
#include "models/regime_encoder/encoder_file.hpp"

namespace regimetry::cli {
namespace {

using models::EncoderFile;
using models::RegimeEncoderOptions;

// What goes before the encoder, and where it came from.
struct TransformPart {
  OnnxInput input;
  std::string digest, method;
  std::vector<std::string> features;
};

std::string transform_words(const TransformPart& part) {
  std::string text = fmt::format("Transform {:.8} ({}): {} columns become {} features.\n", part.digest,
                                 part.method, part.input.steps.columns.size(), part.features.size());
  for (const auto& [column, words] : part.input.words) {
    std::vector<std::string> numbered;
    for (std::size_t place = 0; place < words.size(); ++place)
      numbered.push_back(fmt::format("{} {}", place, printable(words[place])));
    text += fmt::format("Column '{}' takes numbers for its words: {}; NaN where missing.\n",
                        printable(column), fmt::join(numbered, ", "));
  }
  return text;
}

class ExportOnnxCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "export onnx"; }
  [[nodiscard]] std::string_view summary() const override {
    return "write an encoder, with its transform, as a file that any ONNX runtime runs";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Writes one graph that takes windows of rows as float32 [batch, rows, columns] and gives their "
           "embeddings [batch, width], within 1e-4 of those of 'embed'. With --transform it takes columns as "
           "they come and scales them itself; without, it takes features as the encoder does.\n"
           "The settings of the encoder come from its file. Those under 'Encoder' are for weights of other "
           "programs, which seldom say all of them; one that contradicts the file is an error.\n"
           "Columns stand in the order of the file's metadata 'columns'. docs/onnx.md shows how to run it in "
           "Python, JavaScript and C++.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry export onnx --encoder demo/encoder.safetensors -o demo/encoder.onnx",
            "regimetry export onnx --encoder demo/encoder.safetensors --transform demo/scaler.json "
            "-o demo/scaled_encoder.onnx --json"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("encoder", encoder_file_, "Weights, as 'embed --save-encoder' wrote them (.safetensors).",
               {.placeholder = "FILE", .required = true});
    schema.add("output", output_, "The model to write (.onnx).",
               {.placeholder = "FILE", .short_flag = 'o', .required = true, .affects_result = false});
    schema.add(
        "transform", transform_file_,
        "What 'transform fit' or 'embed --save-transform' wrote: it becomes part of the graph. Absent: "
        "the graph takes features as the encoder does.",
        {.placeholder = "FILE"});
    schema.add("symbol", symbol_, "The one to take of a transform that was fitted per symbol.",
               {.placeholder = "SYMBOL"});
    schema.add("window_size", window_size_, "Rows per window, of weights from elsewhere that do not say it.",
               {.placeholder = "N", .minimum = 1});
    encoder_.declare(schema);
    schema.add_check([this]() -> std::vector<std::string> {
      if (!symbol_ || transform_file_) return {};
      return {"symbol picks a part of --transform, which is not given"};
    });
  }

  int run(CommandContext& context) override {
    const std::filesystem::path path = context.output_path(output_);
    require_output(path);
    const std::optional<TransformPart> transform = read_transform_part(context);
    const EncoderFile encoder = read_encoder(context, transform);
    if (encoder.weights.options.has_padding_column()) note_padding(context, encoder.weights.options);
    const std::string bytes =
        models::encoder_onnx(encoder.weights, transform ? transform->input.steps : models::InputSteps(),
                             labels(encoder, transform));
    write_file_atomically(path, bytes);
    report(context, path, encoder, transform, bytes);
    return 0;
  }

 private:
  void require_output(const std::filesystem::path& path) const {
    if (path.extension() != ".onnx") {
      throw Error(ErrorKind::kUsage, fmt::format("{}: a model is written as ONNX; end its name with .onnx",
                                                 printable_path(path)));
    }
    std::error_code ignored;
    for (const auto& input : {encoder_file_, transform_file_.value_or(encoder_file_)}) {
      if (std::filesystem::equivalent(path, input, ignored)) {
        throw Error(ErrorKind::kUsage, fmt::format("{}: is the input itself; name another file with --output",
                                                   printable_path(path)));
      }
    }
    static_cast<void>(AtomicFile(path));  // its constructor judges the folder and makes no file
  }

  [[nodiscard]] std::optional<TransformPart> read_transform_part(CommandContext& context) const {
    if (!transform_file_) return std::nullopt;
    const features::FittedTransform fitted = features::read_transform(*transform_file_);
    TransformPart part{.input = take_input(fitted),
                       .digest = features::digest_of(fitted),
                       .method = std::string(features::method_name(fitted.options.method)),
                       .features = fitted.outputs};
    if (part.input.keeps_missing) {
      context.observer().on_note(
          "the transform keeps missing values, so a window that holds one has NaN for its embedding");
    }
    return part;
  }

  [[nodiscard]] OnnxInput take_input(const features::FittedTransform& fitted) const {
    try {
      return onnx_input(fitted, symbol_.value_or(""));
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: {}", printable_path(*transform_file_), error.what()));
    }
  }

  [[nodiscard]] EncoderFile read_encoder(CommandContext& context,
                                         const std::optional<TransformPart>& transform) const {
    models::EncoderRequest request;
    request.options = encoder_.options();
    request.options.window_size = window_size_;
    request.given = encoder_.given();
    if (transform) {
      request.options.feature_count = static_cast<std::int64_t>(transform->features.size());
      request.features = transform->features;
    }
    EncoderFile encoder = models::read_encoder_file(encoder_file_, request);
    for (const std::string& note : encoder.notes) context.observer().on_note(note);
    for (const std::string& warning : encoder.warnings) context.observer().on_warning(warning);
    return encoder;
  }

  static void note_padding(CommandContext& context, const RegimeEncoderOptions& options) {
    context.observer().on_note(
        fmt::format("stacked positions need an even width: a column of zeros makes {} of {}", options.width(),
                    options.unpadded_width()));
  }

  [[nodiscard]] static models::OnnxLabels labels(const EncoderFile& encoder,
                                                 const std::optional<TransformPart>& transform) {
    models::OnnxLabels labels{.program_version = kVersion, .feature_names = encoder.facts.features};
    labels.metadata["encoder_digest"] = encoder.digest;
    if (!transform) return labels;
    labels.metadata["transform_sha256"] = transform->digest;
    if (!transform->input.words.empty())
      labels.metadata["words"] = nlohmann::json(transform->input.words).dump();
    return labels;
  }

  void report(CommandContext& context, const std::filesystem::path& path, const EncoderFile& encoder,
              const std::optional<TransformPart>& transform, const std::string& bytes) const {
    const RegimeEncoderOptions& options = encoder.weights.options;
    const std::int64_t columns =
        transform ? transform->input.steps.column_count(options.feature_count) : options.feature_count;
    const std::string shapes = fmt::format("windows [batch, {}, {}] -> embeddings [batch, {}]",
                                           options.window_size, columns, options.width());
    context.print(fmt::format("Encoder {:.8}: {}.\n{}{} bytes, opset {}.\n", encoder.digest, shapes,
                              transform ? transform_words(*transform) : std::string(),
                              grouped_number(static_cast<std::int64_t>(bytes.size())),
                              models::onnx::kOpsetVersion));
    nlohmann::json json = {
        {"output", path.string()},
        {"sha256", sha256_hex(bytes)},
        {"opset", models::onnx::kOpsetVersion},
        {"input", {{"name", "windows"}, {"shape", {"batch", options.window_size, columns}}}},
        {"result", {{"name", "embeddings"}, {"shape", {"batch", options.width()}}}},
        {"columns", transform ? transform->input.steps.columns : encoder.facts.features},
        {"features", transform ? transform->features : encoder.facts.features},
        {"encoder_digest", encoder.digest},
        {"transform_sha256", nullptr},
        {"words", nlohmann::json::object()}};
    if (transform) {
      json["transform_sha256"] = transform->digest;
      json["words"] = transform->input.words;
    }
    context.print_json(json);
    context.finish(fmt::format("{} ({})", path.string(), shapes), next_command(path));
  }

  // In the runtime that most people have.
  [[nodiscard]] static std::string next_command(const std::filesystem::path& path) {
    return fmt::format(
        "python3 -c 'import sys, onnxruntime as o; print(o.InferenceSession(sys.argv[1]).get_inputs()[0])' "
        "{}",
        shell_word(path.string()));
  }

  std::filesystem::path encoder_file_, output_;
  std::optional<std::filesystem::path> transform_file_;
  std::optional<std::string> symbol_;
  std::int64_t window_size_ = 30;
  EncoderSettings encoder_;
};

}  // namespace

std::unique_ptr<Command> make_export_onnx_command() {
  return std::make_unique<ExportOnnxCommand>();
}

}  // namespace regimetry::cli

#include "models/regime_encoder/encoder_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/safetensors.hpp"
#include "core/sha256.hpp"
#include "core/tensor_shape.hpp"
#include "models/regime_encoder/settle_encoder_options.hpp"
#include "models/regime_encoder/shape_evidence.hpp"

namespace regimetry::models {
namespace {

constexpr std::string_view kFormat = "regimetry regime encoder";
constexpr std::string_view kVersion = "1";
// What libraries write there that only say which of them wrote the file.
constexpr std::array<std::string_view, 6> kForeignFormats = {"pt", "tf", "np", "flax", "mlx", "jax"};

constexpr std::size_t kMostShown = 8;

std::string listed(const std::vector<std::string>& words) {
  const std::size_t shown = std::min(words.size(), kMostShown);
  return fmt::format(
      "{}{}", fmt::join(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
      shown < words.size() ? fmt::format(" and {} more", words.size() - shown) : std::string());
}

std::string_view bytes_of(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

// Reads one file: what it says about itself, then its tensors.
class EncoderReader {
 public:
  EncoderReader(const std::filesystem::path& path, const EncoderRequest& request)
      : name_(printable_path(path)), request_(request), file_(read_safetensors(path)) {}

  EncoderFile read() {
    for (const auto& [name, tensor] : file_.tensors) shapes_[name] = tensor.shape;
    require_encoder();
    read_facts();
    settle();
    take_tensors();
    throw_problems();
    result_.digest = digest_of(result_.weights);
    check_digest();
    check_feature_names();
    return std::move(result_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(ErrorKind::kData, fmt::format("{}: {}", name_, problem));
  }

  [[nodiscard]] const std::string* said(const std::string& key) const {
    const auto found = file_.metadata.find(key);
    return found == file_.metadata.end() ? nullptr : &found->second;
  }

  void require_encoder() {
    evidence_ = find_shape_evidence(shapes_);
    const std::string* format = said("format");
    is_ours_ = format != nullptr && *format == kFormat;
    const bool is_foreign = format == nullptr || std::find(kForeignFormats.begin(), kForeignFormats.end(),
                                                           *format) != kForeignFormats.end();
    if (!is_ours_ && !is_foreign) {
      fail(fmt::format("is a file of format '{}', not a regime encoder", printable(*format)));
    }
    if (is_ours_ && (said("version") == nullptr || *said("version") != kVersion)) {
      fail(fmt::format("is of version {} of the format, this program reads version {}",
                       said("version") != nullptr ? printable(*said("version")) : "?", kVersion));
    }
    if (is_ours_ || evidence_.is_encoder) return;
    if (shapes_.empty()) fail("holds no tensors, so no regime encoder");
    std::vector<std::string> names;
    for (const auto& [name, shape] : shapes_) names.push_back(printable(name));
    fail(
        fmt::format("holds no regime encoder: none of its {} tensors ({}) is called like one of those, as "
                    "blocks.0.attention.query.weight",
                    names.size(), listed(names)));
  }

  void read_facts() {
    if (const std::string* origin = said("origin")) result_.facts.origin = *origin;
    if (const std::string* seed = said("seed")) {
      std::uint64_t value = 0;
      const auto [end, error] = std::from_chars(seed->data(), seed->data() + seed->size(), value);
      if (error != std::errc() || end != seed->data() + seed->size())
        fail(fmt::format("its metadata has the seed '{}', which is no number", printable(*seed)));
      result_.facts.seed = value;
    }
    const std::string* features = said("features");
    if (features == nullptr) return;
    try {
      result_.facts.features = nlohmann::json::parse(*features).get<std::vector<std::string>>();
    } catch (const nlohmann::json::exception&) {
      fail("'features' in its metadata is no list of names");
    }
  }

  // The options that the file states; nothing when it is from elsewhere.
  [[nodiscard]] std::optional<RegimeEncoderOptions> stated_options() const {
    const std::string* text = said("options");
    if (text == nullptr) {
      if (is_ours_) fail("its metadata lacks 'options'");
      return std::nullopt;
    }
    try {
      RegimeEncoderOptions options = nlohmann::json::parse(*text).get<RegimeEncoderOptions>();
      if (const auto problems = options.problems(); !problems.empty())
        fail(fmt::format("the options in its metadata cannot be used: {}", fmt::join(problems, "; ")));
      return options;
    } catch (const nlohmann::json::exception&) {
      fail("'options' in its metadata is not JSON");
    } catch (const Error& error) {
      if (std::string_view(error.what()).starts_with(name_)) throw;
      fail(error.what());
    }
  }

  void settle() {
    const std::optional<RegimeEncoderOptions> stated = stated_options();
    states_options_ = stated.has_value();
    SettledOptions settled = stated ? settle_stated_options(*stated, result_.facts, request_)
                                    : settle_options_by_shapes(evidence_, result_.facts, request_);
    request_problems_ = std::move(settled.request_problems);
    file_problems_ = std::move(settled.data_problems);
    for (const std::string& note : settled.notes) result_.notes.push_back(fmt::format("{}: {}", name_, note));
    if (const auto problems = settled.options.problems(); !problems.empty()) {
      file_problems_.insert(file_problems_.end(), problems.begin(), problems.end());
      throw_problems();
    }
    result_.weights = shaped_weights(settled.options);
  }

  void take_tensors() {
    std::vector<std::string> missing, extra, odd;
    visit_weights(result_.weights, [&](const std::string& name, WeightArray& array) {
      const auto found = file_.tensors.find(name);
      if (found == file_.tensors.end()) {
        missing.push_back(fmt::format("{} {}", name, shape_text(array.shape)));
        return;
      }
      take_tensor(name, found->second, array, odd);
      file_.tensors.erase(found);
    });
    for (const auto& [name, tensor] : file_.tensors)
      extra.push_back(fmt::format("{} {}", printable(name), shape_text(tensor.shape)));
    if (!missing.empty()) file_problems_.push_back(fmt::format("it lacks {}", listed(missing)));
    if (!extra.empty()) {
      file_problems_.push_back(fmt::format("it has {}, which an encoder of {} does not have", listed(extra),
                                           states_options_ ? "the options in its metadata" : "these shapes"));
    }
    file_problems_.insert(file_problems_.end(), odd.begin(), odd.end());
  }

  static void take_tensor(const std::string& name, const TensorData& tensor, WeightArray& array,
                          std::vector<std::string>& problems) {
    if (tensor.shape != array.shape) {
      problems.push_back(fmt::format("{} has the shape {}, where {} is expected", name,
                                     shape_text(tensor.shape), shape_text(array.shape)));
      return;
    }
    try {
      array.values = tensor.as_float32();
    } catch (const Error& error) {
      problems.push_back(fmt::format("{} holds {}: {}", name, type_name(tensor.type), error.what()));
      return;
    }
    const auto odd = std::find_if(array.values.begin(), array.values.end(),
                                  [](float value) { return !std::isfinite(value); });
    if (odd == array.values.end()) return;
    problems.push_back(fmt::format("{} holds {} at {}; weights must be finite", name, *odd,
                                   index_text(odd - array.values.begin(), array.shape)));
  }

  void throw_problems() const {
    std::vector<std::string> problems = request_problems_;
    problems.insert(problems.end(), file_problems_.begin(), file_problems_.end());
    if (problems.empty()) return;
    std::string text = fmt::format("{}: this encoder cannot be used:", name_);
    constexpr std::size_t kMostProblems = 16;
    for (std::size_t i = 0; i < std::min(problems.size(), kMostProblems); ++i)
      text += fmt::format("\n  {}", problems[i]);
    if (problems.size() > kMostProblems)
      text += fmt::format("\n  and {} more", problems.size() - kMostProblems);
    throw Error(file_problems_.empty() ? ErrorKind::kUsage : ErrorKind::kData, text);
  }

  void check_digest() const {
    const std::string* digest = said("digest");
    if (!is_ours_ || digest == nullptr || *digest == result_.digest) return;
    fail(
        fmt::format("its metadata has the digest {}, but options and tensors have {}: the file was changed. "
                    "If that is meant, take 'digest' out of its metadata.",
                    printable(*digest), result_.digest));
  }

  // Weights that read other columns than they were made for give numbers all the same.
  void check_feature_names() {
    const std::vector<std::string>& made_for = result_.facts.features;
    if (made_for.empty() || request_.features.empty() || made_for == request_.features) return;
    std::vector<std::string> a = made_for, b = request_.features;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    const auto [here, there] =
        std::mismatch(made_for.begin(), made_for.end(), request_.features.begin(), request_.features.end());
    const std::string first = here != made_for.end() && there != request_.features.end()
                                  ? fmt::format("number {} was '{}' and is '{}'", here - made_for.begin() + 1,
                                                printable(*here), printable(*there))
                                  : std::string("their number differs");
    if (a == b) {
      fail(
          fmt::format("the encoder was made for these features in another order: {}. Bring the columns into "
                      "its order, or take 'features' out of its metadata.",
                      first));
    }
    result_.warnings.push_back(
        fmt::format("{}: the encoder was made for features of other names: {}", name_, first));
  }

  std::string name_;
  const EncoderRequest& request_;
  TensorFile file_;
  TensorShapes shapes_;
  ShapeEvidence evidence_;
  bool is_ours_ = false, states_options_ = false;
  std::vector<std::string> request_problems_, file_problems_;
  EncoderFile result_;
};

}  // namespace

std::string digest_of(const RegimeEncoderWeights& weights) {
  Sha256 digest;
  digest.update("regimetry regime encoder 1\n").update(nlohmann::json(weights.options).dump());
  visit_weights(weights, [&](const std::string& name, const WeightArray& array) {
    digest.update(fmt::format("\n{} {}\n", name, shape_text(array.shape))).update(bytes_of(array.values));
  });
  std::string hex;
  for (const std::uint8_t byte : digest.finish()) hex += fmt::format("{:02x}", byte);
  return hex;
}

void write_encoder_file(const std::filesystem::path& path, const RegimeEncoderWeights& weights,
                        const EncoderFacts& facts) {
  TensorFile file;
  file.metadata = {{"format", std::string(kFormat)},
                   {"version", std::string(kVersion)},
                   {"options", nlohmann::json(weights.options).dump()},
                   {"digest", digest_of(weights)}};
  if (facts.seed) file.metadata["seed"] = fmt::format("{}", *facts.seed);
  if (!facts.origin.empty()) file.metadata["origin"] = facts.origin;
  if (!facts.features.empty()) file.metadata["features"] = nlohmann::json(facts.features).dump();
  visit_weights(weights, [&](const std::string& name, const WeightArray& array) {
    file.tensors.emplace(name, TensorData::from_float32(array.values, array.shape));
  });
  write_safetensors(path, file);
}

EncoderFile read_encoder_file(const std::filesystem::path& path, const EncoderRequest& request) {
  return EncoderReader(path, request).read();
}

}  // namespace regimetry::models

#include "cli/analyze_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/instrument_list.hpp"
#include "cli/setting_catalog.hpp"
#include "cli/shell_word.hpp"
#include "cli/version.hpp"
#include "core/printable.hpp"
#include "core/sha256.hpp"
#include "market/reading/symbol_from_name.hpp"

namespace regimetry::cli {
namespace {

using analysis::RowKind;
using analysis::StageName;
using KeySet = std::set<std::string_view>;

// Settings of an encoder or of its windows: whoever gives one wants regimes of embeddings.
const KeySet& encoder_keys() {
  static const KeySet keys = {"window_size",    "stride",        "encoding_method",
                              "encoding_style", "embedding_dim", "num_transformer_blocks",
                              "num_heads",      "head_size",     "ff_dim",
                              "pooling",        "activation",    "pre_norm",
                              "look_ahead_mask"};
  return keys;
}

// The first stage that reads a setting. Those that are not here are read with the data.
StageName stage_of(std::string_view key) {
  static const std::map<std::string_view, StageName> stages = [] {
    std::map<std::string_view, StageName> map;
    for (const char* name :
         {"set", "features", "define", "exclude", "on_missing_column", "sectors", "sector_column"})
      map[name] = StageName::kFeatures;
    for (const char* name : {"include_columns", "exclude_columns", "asof", "asof_start"})
      map[name] = StageName::kTransform;
    for (const std::string_view name : encoder_keys()) map[name] = StageName::kEmbeddings;
    for (const char* name :
         {"dropout", "max_gap", "max_gap_bars", "missing", "random_seed", "seed", "output_name", "rows"})
      map[name] = StageName::kEmbeddings;
    for (const char* name :
         {"rows", "method", "n_clusters", "most_clusters", "persistence", "jump_loss", "assign_labels",
          "student_noise", "starts", "neighbors", "scale", "refit_every", "compare"})
      map[name] = StageName::kRegimes;
    map["projection"] = StageName::kMaps;
    for (const char* name : {"report_format", "report_palette"}) map[name] = StageName::kReport;
    return map;
  }();
  const auto found = stages.find(key);
  return found == stages.end() ? StageName::kData : found->second;
}

// What they say changes nothing that is written.
bool is_idle(std::string_view key) {
  return key == "embedding_path" || key == "regime_data_path";
}

std::string word_of(const nlohmann::json& value) {
  return shell_word(value.is_string() ? value.get<std::string>() : value.dump());
}

// The command with every setting that is not at its default, wherever it came from.
std::string command_line(const nlohmann::json& settings) {
  std::string line = "regimetry analyze";
  for (const auto& [key, setting] : settings.items()) {
    const nlohmann::json& value = setting.at("value");
    if (setting.at("origin") == "default" || is_idle(key)) continue;
    if (key == "inputs") {
      for (const nlohmann::json& input : value) line += " " + word_of(input);
    } else if (value.is_boolean()) {
      line += (value.get<bool>() ? " --" : " --no-") + flag_spelling(key);
    } else if (value.is_array()) {
      for (const nlohmann::json& one : value) line += " --" + flag_spelling(key) + " " + word_of(one);
    } else if (value.is_object()) {
      for (const auto& [name, one] : value.items())
        line += " --" + flag_spelling(key) + " " +
                shell_word(name + "=" + (one.is_string() ? one.get<std::string>() : one.dump()));
    } else if (!value.is_null()) {
      line += " --" + flag_spelling(key) + " " + word_of(value);
    }
  }
  return line;
}

// The name of a folder for what was given: that of the file, or "market" for folders and patterns.
std::string name_of_input(const std::string& input) {
  const std::filesystem::path path = std::filesystem::path(input).lexically_normal();
  std::string name = market::name_without_extensions(path.has_filename() ? path : path.parent_path());
  return name.empty() || name.find_first_of("*?[{") != std::string::npos ? "market" : name;
}

}  // namespace

AnalyzeSettings::AnalyzeSettings()
    : regimes_("Absent: jump for rows of features, spectral for rows of embeddings.") {}

void AnalyzeSettings::declare(SettingSchema& schema) {
  declare_input(schema);
  declare_run(schema);
  declare_rows(schema);
  maps_.declare(schema);
  report_.declare(schema);
  features_.declare(schema);
  windows_.declare_size(schema);
  windows_.declare_gaps(schema, " Kept ones are an error, for no encoder can read them.");
  encoder_.declare(schema);
  regimes_.declare(schema);
  declare_former_names(schema);
  data_.declare_reading(schema);
  data_.declare_checks(schema);
  data_.declare_cleaning(schema);
  schema.add_check_of_given([this](const SettingSchema::GivenKeys& given) { return settle(given); });
}

void AnalyzeSettings::declare_input(SettingSchema& schema) {
  schema.add("inputs", inputs_, "Market files, globs or folders; every instrument in them is analysed.",
             {.placeholder = "INPUT", .positional = true});
  schema.add(
      "signals", signals_,
      "INPUT is one table of signals: its columns are the features as they stand, and need no prices.");
  schema.add("instrument", instrument_,
             "Analyse this symbol alone; where the data holds only one, call it so.",
             {.placeholder = "SYMBOL"});
}

void AnalyzeSettings::declare_run(SettingSchema& schema) {
  schema.add("force", force_, "Run every stage, also those whose results are there and would be the same.",
             {.affects_result = false});
  schema.add("clean", clean_,
             "First remove what an earlier run wrote into the folder, its numbering of regimes too.",
             {.affects_result = false});
  schema.add("create_dir", create_dir_,
             "Accepted and without effect: the folder is made where it is missing.",
             {.affects_result = false});
}

void AnalyzeSettings::declare_rows(SettingSchema& schema) {
  schema.add_choice(
      "rows", rows_, {{"features", RowKind::kFeatures}, {"embeddings", RowKind::kEmbeddings}},
      "What regimes are made from: the features of each bar, or windows of them sent through an "
      "encoder. Absent: features, unless windows or an encoder are described, or the input is a "
      "table of signals.");
  schema.add("compare", compare_, "Fit the other methods too and show how they differ.");
}

void AnalyzeSettings::declare_former_names(SettingSchema& schema) {
  const std::string group = "Columns and former names";
  schema.add("signal_input_path", signal_input_path_, "The same as --signals INPUT.",
             {.placeholder = "FILE", .group = group});
  schema.add("include_columns", include_columns_,
             "Of a table of signals: the columns that are features; '*': all that can be.",
             {.placeholder = "NAME", .group = group});
  schema.add("exclude_columns", exclude_columns_,
             "Of a table of signals: columns that are none all the same.",
             {.placeholder = "NAME", .group = group});
  schema.add("output_name", output_name_, "What the embeddings are called (.npy).",
             {.placeholder = "FILE", .group = group});
  schema.add("embedding_path", embedding_path_,
             "Accepted and without effect: embeddings are made anew, below --output-dir.",
             {.placeholder = "FILE", .group = group});
  schema.add("regime_data_path", regime_data_path_,
             "Accepted and without effect: regimes are laid over the bars that were read.",
             {.placeholder = "FILE", .group = group});
  schema.add("random_seed", random_seed_, "The same as --seed.", {.placeholder = "N", .group = group});
  schema.add("deterministic", deterministic_,
             "Accepted and without effect: the same settings always give the same bytes.",
             {.group = group, .affects_result = false});
}

bool AnalyzeSettings::is_signal_table() const {
  return signals_ || (signal_input_path_ && inputs_.empty());
}

std::vector<std::string> AnalyzeSettings::inputs() const {
  if (!inputs_.empty()) return inputs_;
  return signal_input_path_ ? std::vector{signal_input_path_->string()} : std::vector<std::string>();
}

RowKind AnalyzeSettings::rows() const {
  if (rows_) return *rows_;
  const bool describes_encoder = std::any_of(encoder_keys().begin(), encoder_keys().end(),
                                             [this](std::string_view key) { return given_.contains(key); });
  return describes_encoder || is_signal_table() ? RowKind::kEmbeddings : RowKind::kFeatures;
}

std::vector<std::string> AnalyzeSettings::settle(const SettingSchema::GivenKeys& given) {
  given_ = given;
  std::vector<std::string> problems = settle_columns();
  windows_.settle(problems);
  for (std::string& problem : window_options_.problems()) problems.push_back(std::move(problem));
  if (inputs().empty()) {
    const std::string usual = fmt::format("configs/{}_base.yaml", instrument_.value_or(""));
    problems.push_back(
        "no input was given: name market files, as in 'regimetry analyze eurusd.csv --output-dir out'" +
        (instrument_ && std::filesystem::exists(usual) ? fmt::format("; did you mean --config {}?", usual)
                                                       : ""));
  }
  if (!inputs_.empty() && signal_input_path_)
    problems.emplace_back("INPUT and --signal-input-path both say what to read; give one of them");
  if (is_signal_table() && inputs().size() > 1)
    problems.emplace_back("--signals reads one file, and several were given");
  if (is_signal_table() && (given.contains("set") || given.contains("features") || given.contains("define")))
    problems.emplace_back(
        "a table of signals has its features already, so --set, --features and --define compute nothing; "
        "leave "
        "--signals out to compute features from the prices of the table");
  if (given.contains("seed") && given.contains("random_seed"))
    problems.emplace_back("--seed and --random-seed both say where random draws come from; give one");
  if (output_name_.extension() != ".npy" || output_name_.has_parent_path())
    problems.push_back(fmt::format("output_name is '{}'; embeddings are called NAME.npy, below --output-dir",
                                   printable(output_name_.string())));
  regimes_.take_method(rows() == RowKind::kFeatures ? regimes::RegimeMethod::kJump
                                                    : regimes::RegimeMethod::kSpectral);
  return problems;
}

std::vector<std::string> AnalyzeSettings::settle_columns() {
  columns_ = {};
  columns_.exclude_columns = exclude_columns_;
  const bool takes_all =
      include_columns_.empty() || (include_columns_.size() == 1 && include_columns_.front() == "*");
  if (!takes_all) columns_.feature_columns = include_columns_;
  return columns_.problems();
}

analysis::AnalyzeOptions AnalyzeSettings::options(CommandContext& context) const {
  analysis::AnalyzeOptions options;
  options.data = {.inputs = inputs(),
                  .is_signal_table = is_signal_table(),
                  .instrument = instrument_,
                  .reading = data_.read_options(),
                  .quality = data_.quality_options()};
  options.choose_features = [this](const market::MarketData& data, Observer& observer) {
    return features_.feature_set(data, observer);
  };
  options.compute = features_.compute_options();
  if (is_signal_table()) options.columns = columns_;
  options.windows = window_options_;
  options.encoder = encoder_.options();
  options.embeddings_file = output_name_.string();
  options.rows = rows();
  options.labels = regimes_.options();
  options.compares_methods = compare_;
  options.maps = maps_.options();
  options.seed = random_seed_.value_or(context.common().seed);
  options.skips_nothing = force_;
  options.version = kVersion;
  options.program = sha256_file_hex("/proc/self/exe");
  options.config = context.resolved_config();
  options.command = command_line(options.config.at("settings"));
  for (const auto& [key, setting] : options.config.at("settings").items())
    if (!is_idle(key)) options.settings[stage_of(key)][key] = {{"value", setting.at("value")}};
  options.settings[StageName::kEmbeddings]["rows"] = {{"value", analysis::row_kind_name(options.rows)}};
  options.settings[StageName::kRegimes]["method"] = {
      {"value", regimes::method_name(options.labels.regimes.method)}};
  // A file that features are made with counts by what it holds.
  for (const std::string& file : features_.read_files())
    options.settings[StageName::kFeatures]["digest_of_" + file] = {{"value", sha256_file_hex(file)}};
  return options;
}

std::filesystem::path AnalyzeSettings::folder(const CommonOptions& common) const {
  if (!common.output_dir.empty()) return common.output_dir;
  if (!instrument_) return name_of_input(inputs().front()) + "_regimes";
  const models::RegimeEncoderOptions& encoder = encoder_.options();
  std::filesystem::path instrument = std::filesystem::path("reports") / analysis::folder_name(*instrument_);
  if (rows() == RowKind::kFeatures) return instrument;
  // Where scripts that were written for the Python tool look.
  const bool is_sinusoidal = encoder.encoding_method == models::EncodingMethod::kSinusoidal;
  const std::string dim =
      encoder.embedding_dim ? std::to_string(*encoder.embedding_dim) : std::string("None");
  const std::string regimes = regimes_.options().regimes.regime_count
                                  ? std::to_string(*regimes_.options().regimes.regime_count)
                                  : std::string("auto");
  return instrument / fmt::format("ws{}", window_options_.window_size) /
         fmt::format("{}{}", name_of(encoder.encoding_method), dim) /
         (is_sinusoidal && given_.contains("encoding_style") ? std::string(name_of(encoder.encoding_style))
                                                             : std::string("default")) /
         ("nc" + regimes);
}

std::vector<std::string> AnalyzeSettings::notes() const {
  std::vector<std::string> notes;
  if (!rows_)
    notes.push_back(
        rows() == RowKind::kFeatures
            ? "regimes are made from the features of each bar; --rows embeddings makes them from windows "
              "sent through an encoder"
            : "regimes are made from windows sent through an encoder, whose weights are random: it was "
              "trained on nothing; --rows features makes them from the features of each bar");
  for (const auto& [path, flag] :
       {std::pair(embedding_path_, "embedding_path"), {regime_data_path_, "regime_data_path"}})
    if (path)
      notes.push_back(fmt::format("{} is not read: analyze makes its own below the output folder", flag));
  return notes;
}

std::vector<std::string> AnalyzeSettings::idle_words() const {
  return regimes_.idle_words(compare_);
}

}  // namespace regimetry::cli

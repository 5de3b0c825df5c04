#include "cli/regime_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <utility>

#include "cli/setting_catalog.hpp"
#include "cli/version.hpp"
#include "core/printable.hpp"

namespace regimetry::cli {

using regimes::RegimeMethod;

void RegimeSettings::declare(SettingSchema& schema) {
  declare_method(schema);
  declare_asof(schema);
  schema.add_check([this] { return settle(); });
  schema.add_check_of_given([this](const SettingSchema::GivenKeys& given) {
    given_ = given;
    return std::vector<std::string>();
  });
}

void RegimeSettings::declare_method(SettingSchema& schema) {
  const std::string group = "Regimes";
  std::vector<std::pair<std::string, RegimeMethod>> words;
  for (const RegimeMethod method : regimes::all_methods())
    words.emplace_back(regimes::method_name(method), method);
  const std::string methods =
      "spectral: eigenvectors of the neighbour graph. jump: k-means that pays for each switch. hmm: "
      "Gaussian hidden Markov model. gmm: Gaussian mixture. agglomerative: Ward's hierarchy.";
  if (open_method_words_.empty())
    schema.add_choice("method", options_.regimes.method, std::move(words), methods, {.group = group});
  else
    schema.add_choice("method", open_method_, std::move(words), methods + " " + open_method_words_,
                      {.group = group});
  schema.add(
      "n_clusters", regime_count_,
      "Regimes to find, or auto: chosen from eigengap, silhouette and stability, with the evidence shown.",
      {.placeholder = "K|auto", .group = group});
  schema.add("most_clusters", options_.regimes.most_regimes, "auto: the most regimes that are tried.",
             {.placeholder = "K", .minimum = 2, .group = group});
  schema.add(
      "persistence", persistence_,
      "Cost of a switch from one regime to another: a number, off, or auto, which chooses one without any "
      "truth. jump, where absent is auto; spectral, where absent is off and anything else puts a jump model "
      "on the spectral coordinates.",
      {.placeholder = "auto|off|N", .group = group});
  schema.add_choice("jump_loss", options_.regimes.loss,
                    {{"squared", regimes::JumpLoss::kSquared}, {"gaussian", regimes::JumpLoss::kGaussian}},
                    "jump: what a row costs in a regime. gaussian: a normal law of its own, which tells "
                    "regimes of different "
                    "spread apart. squared: the distance to its centre, the jump model of the literature.",
                    {.group = group});
  schema.add_choice("assign_labels", options_.regimes.assignment,
                    {{"kmeans", regimes::CoordinateAssignment::kKMeans},
                     {"cluster_qr", regimes::CoordinateAssignment::kPivotedQr}},
                    "spectral: what makes groups of the eigenvectors. cluster_qr draws nothing.",
                    {.group = group});
  schema.add("student_noise", options_.regimes.has_student_noise,
             "hmm: Student-t laws, which forgive outliers and take several times as long.", {.group = group});
  schema.add("starts", options_.regimes.starts, "Beginnings that are tried, of methods that begin at random.",
             {.placeholder = "N", .minimum = 1, .group = group});
  schema.add("neighbors", options_.regimes.neighbor_count,
             "spectral: neighbours of a row in the graph, itself counted.",
             {.placeholder = "N", .minimum = 2, .group = group});
  schema.add("scale", scale_,
             "standard: each column to mean 0 and deviation 1 first. none: rows as they are.",
             {.choices = {"standard", "none"}, .group = group});
}

void RegimeSettings::declare_asof(SettingSchema& schema) {
  const std::string group = "Labels known at the time";
  schema.add(
      "asof", options_.with_asof,
      "Make them too: fitted on an initial span, named online, fitted again on a schedule. Some times the "
      "work.",
      {.group = group});
  schema.add("asof_start", options_.asof.initial_stamps, "Different stamps before the first fit.",
             {.placeholder = "N", .minimum = 2, .group = group});
  schema.add("refit_every", options_.asof.refit_stamps,
             "Different stamps from one fit to the next. Absent: when the history has grown by a quarter.",
             {.placeholder = "N", .minimum = 1, .group = group});
}

std::vector<std::string> RegimeSettings::settle() {
  std::vector<std::string> problems;
  options_.version = kVersion;
  if (open_method_) options_.regimes.method = *open_method_;
  options_.is_scaled = scale_ == "standard";
  if (regime_count_ != "auto") {
    int count = 0;
    const char* end = regime_count_.data() + regime_count_.size();
    const auto [stop, error] = std::from_chars(regime_count_.data(), end, count);
    if (error != std::errc() || stop != end)
      problems.push_back(
          fmt::format("n_clusters is '{}'; it is a whole number, or auto", printable(regime_count_)));
    else
      options_.regimes.regime_count = count;
  }
  if (persistence_) {
    options_.regimes.persistence = regimes::parse_persistence(*persistence_);
    if (!options_.regimes.persistence)
      problems.push_back(fmt::format("persistence is '{}'; it is auto, off, or a number of at least 0",
                                     printable(*persistence_)));
  }
  for (std::string& problem : options_.problems()) problems.push_back(std::move(problem));
  return problems;
}

void RegimeSettings::take_method(RegimeMethod method) {
  if (!open_method_) options_.regimes.method = method;
}

bool RegimeSettings::has_use_of(std::string_view key) const {
  const regimes::RegimeOptions& options = options_.regimes;
  const RegimeMethod method = options.method;
  const bool is_count_chosen = !options.regime_count.has_value();
  const bool has_penalty = options.settled_persistence().kind != regimes::Persistence::Kind::kOff;
  if (key == "jump_loss") return method == RegimeMethod::kJump || has_penalty;
  if (key == "assign_labels") return method == RegimeMethod::kSpectral;
  if (key == "student_noise") return method == RegimeMethod::kHiddenMarkov;
  if (key == "neighbors") return method == RegimeMethod::kSpectral || is_count_chosen;
  return method != RegimeMethod::kAgglomerative || is_count_chosen;  // starts
}

std::vector<std::string> RegimeSettings::idle_words(bool with_every_method) const {
  std::vector<std::string> words, flags;
  const auto flag_of = [](std::string_view key) { return "--" + flag_spelling(key); };
  for (const std::string_view key : {"jump_loss", "assign_labels", "student_noise", "starts", "neighbors"})
    if (given_.contains(key) && !with_every_method && !has_use_of(key)) flags.push_back(flag_of(key));
  if (!flags.empty())
    words.push_back(fmt::format("{} changed nothing: the method {} makes no use of {}",
                                fmt::join(flags, ", "), regimes::method_name(options_.regimes.method),
                                flags.size() == 1 ? "it" : "them"));
  if (given_.contains("most_clusters") && options_.regimes.regime_count)
    words.push_back(fmt::format("{} changed nothing: {} says how many regimes there are",
                                flag_of("most_clusters"), flag_of("n_clusters")));
  flags.clear();
  for (const std::string_view key : {"asof_start", "refit_every"})
    if (given_.contains(key) && !options_.with_asof) flags.push_back(flag_of(key));
  if (!flags.empty())
    words.push_back(fmt::format("{} changed nothing: --no-asof makes no labels known at the time",
                                fmt::join(flags, ", ")));
  return words;
}

}  // namespace regimetry::cli

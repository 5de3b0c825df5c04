#include "regimes/model/regime_options.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "regimes/hidden_markov/forward_backward.hpp"
#include "regimes/structure/transitions.hpp"

namespace regimetry::regimes {
namespace {

struct MethodWords {
  RegimeMethod method;
  std::string_view name, words;
};

constexpr std::array<MethodWords, 6> kMethods = {{
    {RegimeMethod::kSpectral, "spectral", "spectral clustering"},
    {RegimeMethod::kKMeans, "kmeans", "k-means"},
    {RegimeMethod::kMixture, "gmm", "Gaussian mixture"},
    {RegimeMethod::kHiddenMarkov, "hmm", "hidden Markov model"},
    {RegimeMethod::kJump, "jump", "jump model"},
    {RegimeMethod::kAgglomerative, "agglomerative", "Ward's hierarchy"},
}};

const MethodWords& entry_of(RegimeMethod method) noexcept {
  return kMethods[static_cast<std::size_t>(method)];
}

// A chain, hidden Markov or of a jump model, keeps the regimes of a row in a block of fixed size.
int most_regimes_of(const RegimeOptions& options) noexcept {
  const bool is_chain = options.method == RegimeMethod::kHiddenMarkov ||
                        options.method == RegimeMethod::kJump ||
                        options.settled_persistence().kind != Persistence::Kind::kOff;
  return is_chain ? kMostHiddenRegimes : kMostRegimes;
}

bool has_penalty(RegimeMethod method) noexcept {
  return method == RegimeMethod::kJump || method == RegimeMethod::kSpectral;
}

}  // namespace

std::string_view method_name(RegimeMethod method) noexcept {
  return entry_of(method).name;
}

std::string_view method_words(RegimeMethod method) noexcept {
  return entry_of(method).words;
}

std::span<const RegimeMethod> all_methods() noexcept {
  static constexpr std::array<RegimeMethod, 6> kAll = {RegimeMethod::kSpectral, RegimeMethod::kKMeans,
                                                       RegimeMethod::kMixture,  RegimeMethod::kHiddenMarkov,
                                                       RegimeMethod::kJump,     RegimeMethod::kAgglomerative};
  return kAll;
}

std::optional<Persistence> parse_persistence(std::string_view word) {
  if (word == "off") return Persistence{};
  if (word == "auto") return Persistence{Persistence::Kind::kAuto, 0};
  double penalty = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), penalty);
  if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(penalty) || penalty < 0)
    return std::nullopt;
  return Persistence{Persistence::Kind::kGiven, penalty};
}

std::string persistence_word(const Persistence& persistence) {
  switch (persistence.kind) {
    case Persistence::Kind::kOff:
      return "off";
    case Persistence::Kind::kAuto:
      return "auto";
    case Persistence::Kind::kGiven:
      break;
  }
  return fmt::format("{}", persistence.penalty);
}

Persistence RegimeOptions::settled_persistence() const noexcept {
  if (persistence) return *persistence;
  return method == RegimeMethod::kJump ? Persistence{Persistence::Kind::kAuto, 0} : Persistence{};
}

std::vector<std::string> RegimeOptions::problems() const {
  std::vector<std::string> problems;
  if (regime_count && *regime_count < 1)
    problems.push_back(fmt::format("n_clusters is {}: there is at least 1 regime", *regime_count));
  const int most = most_regimes_of(*this);
  if (regime_count && *regime_count > most)
    problems.push_back(
        fmt::format("n_clusters is {}: {} finds at most {}", *regime_count, method_words(method), most));
  if (most_regimes < 2)
    problems.push_back(fmt::format("most_clusters is {}: at least 2 are compared", most_regimes));
  if (most_regimes > most)
    problems.push_back(
        fmt::format("most_clusters is {}: {} finds at most {}", most_regimes, method_words(method), most));
  if (starts < 1) problems.push_back(fmt::format("starts is {}: at least 1 is needed", starts));
  if (neighbor_count < 2)
    problems.push_back(fmt::format(
        "neighbors is {}: a row counts as its own neighbour, so at least 2 are needed", neighbor_count));
  if (persistence && persistence->kind != Persistence::Kind::kOff && !has_penalty(method))
    problems.push_back(
        fmt::format("persistence is for the methods jump and spectral; {} has no penalty for a "
                    "switch. k-means with one is the method jump.",
                    method_name(method)));
  return problems;
}

}  // namespace regimetry::regimes

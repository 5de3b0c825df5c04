#include "labelling/label_options_json.hpp"

#include <algorithm>
#include <optional>

#include "core/json_place.hpp"

namespace regimetry::labelling {
namespace {

using regimes::RegimeMethod;

RegimeMethod read_method(const JsonPlace& place) {
  const std::string name = place.text();
  for (const RegimeMethod method : regimes::all_methods())
    if (regimes::method_name(method) == name) return method;
  place.fail("is no method of this version");
}

template <class Value>
nlohmann::json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

}  // namespace

nlohmann::json to_json(const StoredLabelOptions& stored) {
  const regimes::RegimeOptions& regimes = stored.options.regimes;
  nlohmann::json asof;
  if (stored.options.with_asof)
    asof = {{"initial_stamps", stored.options.asof.initial_stamps},
            {"refit_stamps", or_null(stored.options.asof.refit_stamps)},
            {"growth", stored.options.asof.growth}};
  return {{"method", regimes::method_name(regimes.method)},
          {"n_clusters", or_null(regimes.regime_count)},
          {"most_clusters", regimes.most_regimes},
          {"persistence", regimes::persistence_word(regimes.settled_persistence())},
          {"jump_loss", regimes.loss == regimes::JumpLoss::kGaussian ? "gaussian" : "squared"},
          {"assign_labels",
           regimes.assignment == regimes::CoordinateAssignment::kPivotedQr ? "cluster_qr" : "kmeans"},
          {"student_noise", regimes.has_student_noise},
          {"starts", regimes.starts},
          {"neighbors", regimes.neighbor_count},
          {"scaled", stored.options.is_scaled},
          {"asof", std::move(asof)},
          {"seed", stored.seed}};
}

StoredLabelOptions label_options_of(const nlohmann::json& settings, const std::string& source) {
  const JsonPlace place(settings, source + ": settings", "write it again with 'regimetry cluster'");
  place.require_keys({"method", "n_clusters", "most_clusters", "persistence", "jump_loss", "assign_labels",
                      "student_noise", "starts", "neighbors", "scaled", "asof", "seed", "penalty"});
  StoredLabelOptions stored;
  regimes::RegimeOptions& regimes = stored.options.regimes;
  regimes.method = read_method(place.at("method"));
  if (!settings.at("n_clusters").is_null())
    regimes.regime_count = static_cast<int>(place.at("n_clusters").whole_number());
  regimes.most_regimes = static_cast<int>(place.at("most_clusters").whole_number());
  const std::optional<regimes::Persistence> persistence =
      regimes::parse_persistence(place.at("persistence").text());
  if (!persistence) place.at("persistence").fail("is neither auto nor off nor a number");
  if (regimes.method == RegimeMethod::kJump || regimes.method == RegimeMethod::kSpectral)
    regimes.persistence = persistence;
  const std::string loss = place.at("jump_loss").text();
  if (loss != "squared" && loss != "gaussian") place.at("jump_loss").fail("is neither squared nor gaussian");
  const std::string assignment = place.at("assign_labels").text();
  if (assignment != "kmeans" && assignment != "cluster_qr")
    place.at("assign_labels").fail("is neither kmeans nor cluster_qr");
  regimes.assignment = assignment == "cluster_qr" ? regimes::CoordinateAssignment::kPivotedQr
                                                  : regimes::CoordinateAssignment::kKMeans;
  regimes.has_student_noise = place.at("student_noise").boolean();
  regimes.loss = loss == "gaussian" ? regimes::JumpLoss::kGaussian : regimes::JumpLoss::kSquared;
  regimes.starts = static_cast<int>(place.at("starts").whole_number());
  regimes.neighbor_count = place.at("neighbors").whole_number();
  stored.options.is_scaled = place.at("scaled").boolean();
  stored.options.with_asof = !settings.at("asof").is_null();
  if (stored.options.with_asof) {
    const JsonPlace asof = place.at("asof");
    stored.options.asof.initial_stamps = asof.at("initial_stamps").whole_number();
    if (!settings.at("asof").at("refit_stamps").is_null())
      stored.options.asof.refit_stamps = asof.at("refit_stamps").whole_number();
    stored.options.asof.growth = asof.at("growth").number();
  }
  stored.seed = static_cast<std::uint64_t>(place.at("seed").whole_number());
  const std::vector<std::string> problems = stored.options.problems();
  if (!problems.empty()) place.fail(problems.front());
  return stored;
}

}  // namespace regimetry::labelling

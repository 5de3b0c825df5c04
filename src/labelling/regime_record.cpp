#include "labelling/regime_record.hpp"

#include <utility>

#include "core/time.hpp"

namespace regimetry::labelling {
namespace {

nlohmann::json refits_json(const std::vector<regimes::AsofRefit>& refits) {
  nlohmann::json json = nlohmann::json::array();
  for (const regimes::AsofRefit& refit : refits)
    json.push_back({{"cut", format_timestamp(refit.cut)},
                    {"rows", refit.row_count},
                    {"regimes", refit.regime_count},
                    {"converged", refit.has_converged},
                    {"agreement", refit.agreement}});
  return json;
}

// Of each regime of the last fit: rows that another fit names alike over those that either names so, on
// average.
nlohmann::json stability_json(const regimes::LabelStability& stability) {
  nlohmann::json overlaps = nlohmann::json::array();
  for (const regimes::LabelStability::Regime& one : stability.regimes)
    overlaps.push_back({{"id", one.label}, {"overlap", one.overlap}, {"compared_fits", one.compared_fits}});
  return {{"agreement", stability.agreement},
          {"adjusted_rand_index", stability.adjusted_rand_index},
          {"compared_pairs", stability.compared_pairs},
          {"regimes", std::move(overlaps)}};
}

}  // namespace

nlohmann::json to_json(const RegimeMaps& maps) {
  nlohmann::json json = nlohmann::json::array();
  for (const RegimeMap& map : maps.maps) {
    json.push_back({{"method", map_name(map.method)}, {"rows", map.coordinates.rows()}});
    if (!map.has_quality) continue;
    json.back()["trustworthiness"] = map.quality.trustworthiness;
    json.back()["neighborhood_preservation"] = map.quality.neighborhood_preservation;
  }
  return json;
}

nlohmann::json regime_record(const RegimeSource& source, const LabelledRegimes& labelled,
                             const LabelOptions& options, const RegimeMaps& maps,
                             const std::optional<MethodComparison>& comparison,
                             const nlohmann::json& config) {
  nlohmann::json json = {{"method", regimes::method_name(options.regimes.method)},
                         {"n_clusters", labelled.model.regime_count()},
                         {"ids", labelled.model.ids()},
                         {"rows", source.size()},
                         {"instruments", source.instruments.size()},
                         {"converged", labelled.fit.has_converged},
                         {"objective", labelled.fit.objective},
                         {"objective_meaning", labelled.fit.objective_meaning},
                         {"penalty", nullptr},
                         {"notes", labelled.fit.notes},
                         {"evidence", labelled.evidence},
                         {"asof_refits", refits_json(labelled.asof.refits)},
                         {"asof_agreement", nullptr},
                         {"label_stability", nullptr},
                         {"maps", to_json(maps)},
                         {"comparison", nullptr},
                         {"config", config},
                         {"version", options.version}};
  if (labelled.penalty) json["penalty"] = *labelled.penalty;
  if (const std::optional<double> agreement = asof_agreement(labelled)) json["asof_agreement"] = *agreement;
  if (labelled.asof.stability.compared_pairs > 0)
    json["label_stability"] = stability_json(labelled.asof.stability);
  if (comparison) json["comparison"] = to_json(*comparison);
  return json;
}

}  // namespace regimetry::labelling

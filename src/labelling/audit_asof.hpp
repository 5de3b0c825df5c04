// Proof that labels known at the time were: made again without their future, and with another one.
//
// At each cut the rows after it are taken away, and then replaced by something else entirely; the labels up
// to the cut must be the same, and so must their probabilities, to the bit.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "labelling/label_regimes.hpp"

namespace regimetry::labelling {

struct AsofAuditOptions {
  std::int64_t cut_count = 6;  // moments at which the future is changed; each costs labelling again, twice
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct AsofDifference {
  TimestampNs cut = 0;  // the last stamp that was left alone
  std::string future;   // "taken away", "turned upside down"
  std::string symbol;
  TimestampNs stamp = 0;                // of the first row that differs
  std::int32_t whole = 0, changed = 0;  // its label with the true future and with the other
  std::int64_t differing_rows = 0;      // up to the cut
};

struct AsofAudit {
  std::vector<TimestampNs> cuts;
  std::int64_t labelled_rows = 0;  // rows with a label known at the time
  std::int64_t compared_rows = 0;  // over all cuts and futures
  std::vector<AsofDifference> differences;
  std::vector<std::int32_t> ids;  // [N] the labels with the true future, by their own numbers
  [[nodiscard]] bool proves_something() const noexcept { return compared_rows > 0; }
};
[[nodiscard]] nlohmann::json to_json(const AsofAudit& audit);

// Labels of a source and the returns of its rows, made from nothing else.
using AsofLabelling =
    std::function<regimes::AsofLabels(const RegimeSource& source, std::span<const double> returns)>;

// `returns` as for label_regimes().
[[nodiscard]] AsofAudit audit_labelling(const RegimeSource& source, std::span<const double> returns,
                                        const AsofLabelling& labelling, const AsofAuditOptions& audit,
                                        Observer& observer);

// Of the labels that label_regimes() makes with these options.
[[nodiscard]] AsofAudit audit_asof(const RegimeSource& source, std::span<const double> returns,
                                   const LabelOptions& options, const AsofAuditOptions& audit, const Rng& rng,
                                   ThreadPool& pool, Observer& observer);

}  // namespace regimetry::labelling

#include "features/panel_stream.hpp"

#include <fmt/format.h>

#include <limits>
#include <map>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "features/feature_value.hpp"
#include "features/operators/missing.hpp"
#include "features/sealed_state.hpp"

namespace regimetry::features {

PanelStream::PanelStream(const FeatureSet& set, std::vector<PanelMember> members)
    : set_(&set), who_(std::move(members)), last_timestamp_(std::numeric_limits<TimestampNs>::min()) {
  std::map<std::string, std::int32_t> number_of;
  for (const PanelMember& one : who_) {
    const auto next = static_cast<std::int32_t>(number_of.size());
    sectors_.push_back(number_of.try_emplace(one.sector, next).first->second);
    Member member;
    for (int pass = 0; pass < set.pass_count(); ++pass) member.passes.emplace_back(set.pass(pass), 1);
    member.sources.resize(set.graph().sources().size());
    for (const double& value : member.sources) member.places.push_back(&value);
    member.values.assign(set.features().size(), static_cast<float>(kMissing));
    members_.push_back(std::move(member));
  }
}

void PanelStream::take_stamp(TimestampNs stamp, std::span<const std::optional<LiveBar>> bars) {
  if (bars.size() != members_.size()) {
    throw Error(ErrorKind::kData,
                fmt::format("{} bars for {} members; give one entry per member, empty where it has no bar",
                            bars.size(), members_.size()));
  }
  if (stamp <= last_timestamp_) {
    throw Error(ErrorKind::kData,
                fmt::format("the stamp {} is not later than the one before it ({})",
                            format_timestamp_short(stamp), format_timestamp_short(last_timestamp_)));
  }
  for (std::size_t i = 0; i < bars.size(); ++i) {
    if (bars[i] && bars[i]->timestamp != stamp) {
      throw Error(ErrorKind::kData,
                  fmt::format("the bar of {} is of {}, not of {}", who_[i].symbol,
                              format_timestamp_short(bars[i]->timestamp), format_timestamp_short(stamp)));
    }
  }
}

void PanelStream::update(TimestampNs stamp, std::span<const std::optional<LiveBar>> bars) {
  take_stamp(stamp, bars);
  std::vector<std::size_t> present;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    if (!bars[i]) continue;
    fill_sources(set_->graph(), *bars[i], members_[i].sources);
    present.push_back(i);
  }
  last_timestamp_ = stamp;
  ++stamp_count_;
  const int last = set_->pass_count() - 1;
  for (int pass = 0; pass < last; ++pass) {
    run_pass(pass, present);
    combine(pass, present);
  }
  run_pass(last, present);
  for (const std::size_t i : present) {
    Member& member = members_[i];
    for (std::size_t k = 0; k < member.values.size(); ++k)
      member.values[k] = feature_value(*member.passes.back().result(k));
  }
}

void PanelStream::run_pass(int pass, const std::vector<std::size_t>& present) {
  for (const std::size_t i : present)
    members_[i].passes[static_cast<std::size_t>(pass)].run(members_[i].places.data(), 1);
}

void PanelStream::combine(int pass, const std::vector<std::size_t>& present) {
  const std::vector<std::size_t>& inputs = set_->across_inputs(pass);
  std::vector<double> values;
  std::vector<std::int32_t> sectors;
  for (const std::size_t i : present) sectors.push_back(sectors_[i]);
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    values.clear();
    for (const std::size_t i : present)
      values.push_back(*members_[i].passes[static_cast<std::size_t>(pass)].result(k));
    combiner_.combine(set_->graph().sources()[inputs[k]].across, values, sectors);
    for (std::size_t n = 0; n < present.size(); ++n) members_[present[n]].sources[inputs[k]] = values[n];
  }
}

std::string PanelStream::digest() const {
  std::string text = set_->digest();
  for (const PanelMember& one : who_) text += fmt::format("\n{}\t{}", one.symbol, one.sector);
  return sha256_hex(text);
}

std::vector<std::byte> PanelStream::state() {
  StateWriter writer;
  writer(stamp_count_, last_timestamp_);
  for (Member& member : members_) {
    writer(member.values);
    for (SeriesRunner& runner : member.passes) runner.save(writer);
  }
  return sealed_state(digest(), writer.bytes());
}

void PanelStream::restore(std::span<const std::byte> state) {
  StateReader reader(opened_state(digest(), state));
  reader(stamp_count_, last_timestamp_);
  for (Member& member : members_) {
    reader(member.values);
    for (SeriesRunner& runner : member.passes) runner.load(reader);
  }
}

}  // namespace regimetry::features

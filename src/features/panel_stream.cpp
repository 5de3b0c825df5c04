#include "features/panel_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "features/across/sectors.hpp"
#include "features/feature_value.hpp"
#include "features/operators/missing.hpp"
#include "features/sealed_state.hpp"

namespace regimetry::features {
namespace {

std::vector<std::vector<std::size_t>> groups_by_timeframe(const std::vector<PanelMember>& members) {
  std::map<std::string, std::vector<std::size_t>> by_timeframe;
  for (std::size_t i = 0; i < members.size(); ++i) by_timeframe[members[i].timeframe.name()].push_back(i);
  std::vector<std::vector<std::size_t>> groups;
  for (auto& [timeframe, group] : by_timeframe) groups.push_back(std::move(group));
  return groups;
}

void write_text(StateWriter& writer, std::string& text) {
  auto length = static_cast<std::int64_t>(text.size());
  writer(length, text);
}

void read_text(StateReader& reader, std::string& text) {
  std::int64_t length = 0;
  reader(length);
  text.resize(static_cast<std::size_t>(length));
  reader(text);
}

}  // namespace

PanelStream::PanelStream(const FeatureSet& set, std::vector<PanelMember> members)
    : set_(&set),
      who_(std::move(members)),
      groups_(groups_by_timeframe(who_)),
      last_timestamp_(std::numeric_limits<TimestampNs>::min()) {
  number_sectors();
  for (std::size_t i = 0; i < who_.size(); ++i) {
    Member member;
    for (int pass = 0; pass < set.pass_count(); ++pass) member.passes.emplace_back(set.pass(pass), 1);
    member.sources.resize(set.graph().sources().size());
    for (const double& value : member.sources) member.places.push_back(&value);
    member.values.assign(set.features().size(), static_cast<float>(kMissing));
    members_.push_back(std::move(member));
  }
}

void PanelStream::set_sector(std::size_t member, std::string sector) {
  who_[member].sector = std::move(sector);
  number_sectors();
}

void PanelStream::number_sectors() {
  sectors_.clear();
  std::map<std::string, std::int32_t> number_of;
  for (const PanelMember& one : who_) {
    const auto next = static_cast<std::int32_t>(number_of.size());
    sectors_.push_back(one.sector.empty() ? kNoSector
                                          : number_of.try_emplace(one.sector, next).first->second);
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
    for (const std::vector<std::size_t>& group : groups_) {
      std::vector<std::size_t> together;
      std::copy_if(group.begin(), group.end(), std::back_inserter(together),
                   [&](std::size_t i) { return bars[i].has_value(); });
      combine(pass, together);
    }
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

void PanelStream::combine(int pass, const std::vector<std::size_t>& together) {
  const std::vector<std::size_t>& inputs = set_->across_inputs(pass);
  std::vector<double> values;
  std::vector<std::int32_t> sectors;
  for (const std::size_t i : together) sectors.push_back(sectors_[i]);
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    values.clear();
    for (const std::size_t i : together)
      values.push_back(*members_[i].passes[static_cast<std::size_t>(pass)].result(k));
    combiner_.combine(set_->graph().sources()[inputs[k]].across, values, sectors);
    for (std::size_t n = 0; n < together.size(); ++n) members_[together[n]].sources[inputs[k]] = values[n];
  }
}

std::string PanelStream::digest() const {
  std::string text = set_->digest();
  for (const PanelMember& one : who_) text += fmt::format("\n{}\t{}", one.symbol, one.timeframe.name());
  return sha256_hex(text);
}

std::vector<std::byte> PanelStream::state() {
  StateWriter writer;
  writer(stamp_count_, last_timestamp_);
  for (PanelMember& one : who_) write_text(writer, one.sector);
  for (Member& member : members_) {
    writer(member.values);
    for (SeriesRunner& runner : member.passes) runner.save(writer);
  }
  return sealed_state(digest(), writer.bytes());
}

void PanelStream::restore(std::span<const std::byte> state) {
  StateReader reader(opened_state(digest(), state));
  reader(stamp_count_, last_timestamp_);
  for (PanelMember& one : who_) read_text(reader, one.sector);
  number_sectors();
  for (Member& member : members_) {
    reader(member.values);
    for (SeriesRunner& runner : member.passes) runner.load(reader);
  }
}

}  // namespace regimetry::features

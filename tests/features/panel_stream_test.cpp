#include "features/panel_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "features/compute_features.hpp"
#include "features/support/made_bars.hpp"

namespace regimetry::features {
namespace {

FeatureSet across_set() {
  FeatureSpecification specification;
  specification.features = {
      "return_rank(5), market_beta(20), sector_relative_return(3), rsi(14), "
      "across_rank(market_beta(20))"};
  return FeatureSet(specification);
}

// Four members; the second begins late, the third misses every fourth day.
market::MarketData panel() {
  market::MarketData data;
  for (std::uint64_t i = 0; i < 4; ++i) {
    market::Bars bars = testing::made_bars(120, 60 + i);
    bars.symbol = std::string(1, static_cast<char>('A' + i));
    bars.timeframe = market::Timeframe::parse("1d").value();
    std::vector<std::int64_t> kept;
    for (std::int64_t row = i == 1 ? 30 : 0; row < 120; ++row) {
      if (i != 2 || row % 4 != 0) kept.push_back(row);
    }
    data.instruments.push_back(market::take_rows(bars, kept));
  }
  return data;
}

std::vector<PanelMember> members() {
  return {{"A", "tech", {}}, {"B", "tech", {}}, {"C", "energy", {}}, {"D", "energy", {}}};
}

// The bars of one day, and the row of each member's own table.
std::vector<std::optional<LiveBar>> bars_at(const market::MarketData& data, TimestampNs stamp,
                                            std::vector<std::int64_t>& rows) {
  std::vector<std::optional<LiveBar>> bars(data.instruments.size());
  rows.assign(bars.size(), -1);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const market::Bars& one = data.instruments[i];
    for (std::size_t row = 0; row < one.timestamps.size(); ++row) {
      if (one.timestamps[row] != stamp) continue;
      bars[i] =
          LiveBar{stamp, one.open[row], one.high[row], one.low[row], one.close[row], one.volume[row], {}};
      rows[i] = static_cast<std::int64_t>(row);
    }
  }
  return bars;
}

// Steps through all days, the stream saved and restored on the 70th, and compares each bar with the batch.
// before(stream, day) comes before each.
void expect_bits_of_batch(
    const market::MarketData& data, const FeatureData& batch, const std::vector<PanelMember>& members,
    const std::function<void(PanelStream&, std::size_t)>& before = [](PanelStream&, std::size_t) {}) {
  const FeatureSet set = across_set();
  PanelStream stream(set, members);
  std::vector<std::int64_t> rows;
  int compared = 0;
  for (std::size_t day = 0; day < 120; ++day) {
    if (day == 70) {
      const std::vector<std::byte> saved = stream.state();
      stream = PanelStream(set, members);
      stream.restore(saved);
    }
    before(stream, day);
    const TimestampNs stamp = data.instruments[0].timestamps[day];
    stream.update(stamp, bars_at(data, stamp, rows));
    for (std::size_t i = 0; i < 4; ++i) {
      if (rows[i] < 0) continue;
      for (Eigen::Index k = 0; k < batch.instruments[i].values.cols(); ++k) {
        const float expected = batch.instruments[i].values(rows[i], k);
        const float actual = stream.values(i)[static_cast<std::size_t>(k)];
        ASSERT_TRUE(expected == actual || (std::isnan(expected) && std::isnan(actual)))
            << day << " " << i << " " << k;
        compared += std::isnan(expected) ? 0 : 1;
      }
    }
  }
  EXPECT_GT(compared, 1'000);
}

FeatureData batch_of(const market::MarketData& data, const ComputeOptions& options) {
  ThreadPool pool(2);
  return compute_features(data, across_set(), options, pool, silent_observer());
}

ComputeOptions listed_sectors() {
  ComputeOptions options;
  for (const PanelMember& one : members()) options.sector_of_symbol[one.symbol] = one.sector;
  return options;
}

TEST(PanelStream, GivesTheBitsOfTheBatchAlsoWhenRestoredHalfway) {
  const market::MarketData data = panel();
  expect_bits_of_batch(data, batch_of(data, listed_sectors()), members());
}

TEST(PanelStream, ComparesMembersOfOneTimeframeOnly) {
  market::MarketData data = panel();
  std::vector<PanelMember> mixed = members();
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    if (i == 1) data.instruments[i].timeframe = market::Timeframe::parse("1h").value();
    mixed[i].timeframe = data.instruments[i].timeframe;
  }
  expect_bits_of_batch(data, batch_of(data, listed_sectors()), mixed);
}

TEST(PanelStream, FollowsAMemberIntoAnotherSector) {
  market::MarketData data = panel();
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t rows = data.instruments[i].close.size();
    std::vector<std::int32_t> codes(rows, i < 2 ? 0 : 1);
    if (i == 0) std::fill(codes.begin() + 60, codes.end(), 1);
    if (i == 3) std::fill_n(codes.begin(), 20, market::kMissingCode);
    data.instruments[i].extras = {
        {"sector", market::ColumnKind::kCategory, {}, codes, {"tech", "energy"}, {}}};
  }
  std::vector<PanelMember> first = members();
  first[3].sector.clear();
  expect_bits_of_batch(data, batch_of(data, {}), first, [](PanelStream& stream, std::size_t day) {
    if (day == 20) stream.set_sector(3, "energy");
    if (day == 60) stream.set_sector(0, "energy");
  });
}

TEST(PanelStream, RefusesWhatDoesNotFit) {
  const FeatureSet set = across_set();
  PanelStream stream(set, members());
  std::vector<std::optional<LiveBar>> bars(4);
  stream.update(10, bars);
  EXPECT_THROW(stream.update(10, bars), Error);
  EXPECT_THROW(stream.update(11, std::vector<std::optional<LiveBar>>(3)), Error);
  bars[1] = LiveBar{12, 1, 1, 1, 1, 1, {}};
  EXPECT_THROW(stream.update(11, bars), Error);
  std::vector<PanelMember> others = members();
  others[3].symbol = "E";
  EXPECT_THROW(PanelStream(set, others).restore(stream.state()), Error);
  others = members();
  others[3].timeframe = market::Timeframe::parse("1h").value();
  EXPECT_THROW(PanelStream(set, others).restore(stream.state()), Error);
  EXPECT_TRUE(std::isnan(stream.values(0)[0]));
}

}  // namespace
}  // namespace regimetry::features

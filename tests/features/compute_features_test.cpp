#include "features/compute_features.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "core/temporary_folder.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/feature_stream.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using ::testing::HasSubstr;
using testing::made_bars;

FeatureSet set_of(const std::string& features) {
  FeatureSpecification specification;
  specification.features = {features};
  return FeatureSet(specification);
}

FeatureSet built_in(const std::string& name) {
  FeatureSpecification specification;
  specification.sets = {name};
  return FeatureSet(specification);
}

market::MarketData panel(int instruments, std::int64_t bars) {
  market::MarketData data;
  for (int i = 0; i < instruments; ++i) {
    data.instruments.push_back(
        made_bars(bars - 7 * i, 100 + static_cast<std::uint64_t>(i), {.flat_share = 0.03}));
    data.instruments.back().symbol = fmt::format("S{}", i);
    data.instruments.back().timeframe = market::Timeframe::parse("1d").value();
  }
  return data;
}

bool same_bits(const MatrixF& a, const MatrixF& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    const bool both_missing = std::isnan(a.data()[i]) && std::isnan(b.data()[i]);
    if (!both_missing &&
        std::bit_cast<std::uint32_t>(a.data()[i]) != std::bit_cast<std::uint32_t>(b.data()[i]))
      return false;
  }
  return true;
}

FeatureData compute(const market::MarketData& data, const FeatureSet& set, int threads = 2,
                    ComputeOptions options = {}) {
  ThreadPool pool(threads);
  return compute_features(data, set, options, pool, silent_observer());
}

std::string refusal(const market::MarketData& data, const FeatureSet& set,
                    const ComputeOptions& options = {}) {
  try {
    static_cast<void>(compute(data, set, 1, options));
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

market::MarketData rows(const market::MarketData& data, std::int64_t begin, std::int64_t end) {
  market::MarketData part;
  for (const market::Bars& bars : data.instruments) {
    std::vector<std::int64_t> kept;
    for (std::int64_t row = begin; row < std::min(end, bars.size()); ++row) kept.push_back(row);
    part.instruments.push_back(market::take_rows(bars, kept));
  }
  return part;
}

TEST(ComputeFeatures, GivesTheSameBitsAtAnyThreadCountAndBlockSize) {
  const market::MarketData data = panel(5, 700);
  for (const char* name : {"core95", "across"}) {
    const FeatureSet set = built_in(name);
    const FeatureData expected = compute(data, set, 1);
    for (const auto& [threads, block] : {std::pair{4, 256}, {2, 1}, {3, 17}, {1, 5'000}}) {
      const FeatureData other = compute(data, set, threads, {.block_size = block, .sector_of_symbol = {}});
      for (std::size_t i = 0; i < 5; ++i)
        EXPECT_TRUE(same_bits(expected.instruments[i].values, other.instruments[i].values))
            << name << threads << block;
    }
  }
}

TEST(ComputeFeatures, EqualsTheStreamBarByBarAlsoWhenRestoredHalfway) {
  const market::MarketData data = panel(1, 600);
  const market::Bars& bars = data.instruments.front();
  const FeatureSet set = built_in("core95");
  const FeatureData batch = compute(data, set);
  FeatureStream stream(set);
  std::vector<std::byte> saved;
  MatrixF live(bars.size(), static_cast<Eigen::Index>(set.features().size()));
  for (std::size_t i = 0; i < bars.timestamps.size(); ++i) {
    if (i == 333) {
      saved = stream.state();
      stream = FeatureStream(set);
      stream.restore(saved);
    }
    const auto values = stream.update(
        {bars.timestamps[i], bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i], {}});
    std::memcpy(live.row(static_cast<Eigen::Index>(i)).data(), values.data(), values.size_bytes());
  }
  EXPECT_TRUE(same_bits(batch.instruments.front().values, live));
}

TEST(ComputeFeatures, ContinuesFromWhatItRememberedAsIfItHadSeenEverything) {
  const market::MarketData data = panel(3, 500);
  for (const char* name : {"core95", "across"}) {
    const FeatureSet set = built_in(name);
    const FeatureData whole = compute(data, set);
    FeatureMemory memory, after;
    static_cast<void>(compute(rows(data, 0, 301), set, 2, {.sector_of_symbol = {}, .to = &memory}));
    const TemporaryFolder folder;
    write_feature_memory(folder / "memory.safetensors", memory);
    const FeatureMemory loaded = read_feature_memory(folder / "memory.safetensors");
    const FeatureData rest =
        compute(rows(data, 301, 500), set, 1, {.sector_of_symbol = {}, .from = &loaded, .to = &after});
    for (std::size_t i = 0; i < 3; ++i) {
      const MatrixF& all = whole.instruments[i].values;
      EXPECT_TRUE(same_bits(all.bottomRows(all.rows() - 301), rest.instruments[i].values)) << name << i;
      EXPECT_EQ(after.instruments[i].bar_count, all.rows());
    }
  }
}

TEST(ComputeFeatures, KnowsAnInstrumentFromASingleNewBar) {
  const market::MarketData data = panel(2, 400);
  const FeatureSet set = built_in("core95");
  const FeatureData whole = compute(data, set);
  FeatureMemory memory;
  static_cast<void>(compute(rows(data, 0, 390), set, 2, {.sector_of_symbol = {}, .to = &memory}));
  market::MarketData next = rows(data, 390, 391);
  for (market::Bars& bars : next.instruments) bars.timeframe = {};  // one bar tells no timeframe
  next.instruments[0].volume[0] = std::nan("");                     // and may lack a value
  FeatureMemory after;
  const FeatureData one = compute(next, set, 1, {.sector_of_symbol = {}, .from = &memory, .to = &after});
  EXPECT_TRUE(same_bits(whole.instruments[1].values.row(390), one.instruments[1].values));
  EXPECT_EQ(after.instruments[0].timeframe, "1d");
  EXPECT_EQ(after.instruments[0].bar_count, 391);
}

TEST(ComputeFeatures, ContinuesWithTheSectorsItRemembered) {
  market::MarketData data = panel(3, 200);
  for (market::Bars& bars : data.instruments) {
    std::vector<std::int32_t> codes(bars.close.size(), market::kMissingCode);
    codes[5] = bars.symbol == "S2" ? 1 : 0;
    if (bars.symbol == "S0") codes[150] = 1;
    bars.extras.push_back({"sector", market::ColumnKind::kCategory, {}, codes, {"tech", "energy"}, {}});
  }
  const FeatureSet set = set_of("sector_relative_return(1)");
  const FeatureData whole = compute(data, set);
  FeatureMemory memory;
  static_cast<void>(compute(rows(data, 0, 100), set, 2, {.sector_of_symbol = {}, .to = &memory}));
  const TemporaryFolder folder;
  write_feature_memory(folder / "memory.safetensors", memory);
  memory = read_feature_memory(folder / "memory.safetensors");
  market::MarketData next = rows(data, 100, 200);
  next.instruments[1].extras.clear();  // the memory knows
  const FeatureData rest = compute(next, set, 1, {.sector_of_symbol = {}, .from = &memory});
  for (std::size_t i = 0; i < 3; ++i) {
    const MatrixF& all = whole.instruments[i].values;
    EXPECT_TRUE(same_bits(all.bottomRows(all.rows() - 100), rest.instruments[i].values)) << i;
  }
}

TEST(ComputeFeatures, ContinuesToCompareOnlyWithinTheRememberedTimeframes) {
  market::MarketData data = panel(3, 200);
  data.instruments[2].timeframe = market::Timeframe::parse("4h").value();
  for (std::size_t i = 0; i < data.instruments[2].timestamps.size();
       ++i)  // sparse, but at stamps of the others
    data.instruments[2].timestamps[i] = data.instruments[0].timestamps[i];
  const FeatureSet set = set_of("return_rank(1), market_return(1)");
  const FeatureData whole = compute(data, set);
  FeatureMemory memory;
  static_cast<void>(compute(rows(data, 0, 150), set, 2, {.sector_of_symbol = {}, .to = &memory}));
  market::MarketData next = rows(data, 150, 151);
  for (market::Bars& bars : next.instruments) bars.timeframe = {};  // one bar tells no timeframe
  const FeatureData one = compute(next, set, 1, {.sector_of_symbol = {}, .from = &memory});
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_TRUE(same_bits(whole.instruments[i].values.row(150), one.instruments[i].values)) << i;
}

TEST(ComputeFeatures, SaysWhichInstrumentsAMemoryDoesNotKnow) {
  market::MarketData data = panel(1, 100);
  const FeatureSet set = set_of("rsi(14)");
  FeatureMemory memory;
  static_cast<void>(compute(data, set, 1, {.sector_of_symbol = {}, .to = &memory}));
  data.instruments[0].symbol = "OTHER";
  EXPECT_THAT(refusal(data, set, {.sector_of_symbol = {}, .from = &memory}),
              HasSubstr("the saved state knows S0 (1d), but the data holds OTHER (1d)"));
}

TEST(ComputeFeatures, RefusesADamagedMemoryFile) {
  FeatureMemory memory;
  static_cast<void>(compute(panel(1, 100), set_of("sma(20)"), 1, {.sector_of_symbol = {}, .to = &memory}));
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "damaged.safetensors";
  write_feature_memory(path, memory);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(-100, std::ios::end);
  file.put('\x7f');
  file.close();
  EXPECT_THROW(static_cast<void>(read_feature_memory(path)), Error);
}

TEST(ComputeFeatures, RefusesSectorsThatNobodyHas) {
  EXPECT_THAT(refusal(panel(2, 100), set_of("sector_relative_return(5)")),
              HasSubstr("no instrument has one"));
}

TEST(ComputeFeatures, RefusesAMemoryThatDoesNotFit) {
  const market::MarketData data = panel(1, 100);
  FeatureMemory memory;
  static_cast<void>(compute(data, set_of("rsi(14)"), 1, {.sector_of_symbol = {}, .to = &memory}));
  EXPECT_THAT(refusal(data, set_of("rsi(15)"), {.sector_of_symbol = {}, .from = &memory}),
              HasSubstr("another feature set"));
  EXPECT_THAT(refusal(data, set_of("rsi(14)"), {.sector_of_symbol = {}, .from = &memory}),
              HasSubstr("give only the bars that came since"));
}

TEST(ComputeFeatures, NamesWhatIsMissing) {
  market::MarketData data = panel(2, 100);
  EXPECT_THAT(refusal(data, set_of("sma(100)")), "accepted");
  EXPECT_THAT(refusal(data, set_of("rsi, sma(101)")),
              HasSubstr("S0 has only 100 bars, too few for a first value of sma_101 (after 100 bars)"));
  for (double& volume : data.instruments[1].volume) volume = std::nan("");
  EXPECT_THAT(refusal(data, set_of("rsi, mfi(14)")),
              HasSubstr("mfi_14 needs the column 'volume', which S1 lacks"));
  EXPECT_THAT(refusal({}, set_of("rsi")), HasSubstr("no bars"));
}

TEST(ComputeFeatures, BringsFurtherColumnsAlongUntouched) {
  market::MarketData data = panel(1, 50);
  market::Column mood{"mood", market::ColumnKind::kCategory, {}, std::vector<std::int32_t>(50, 0), {"calm"},
                      {}};
  data.instruments[0].extras = {mood};
  const FeatureData result = compute(data, set_of("rsi"));
  ASSERT_EQ(result.instruments[0].extras.size(), 1U);
  EXPECT_EQ(result.instruments[0].extras[0].categories, mood.categories);
  EXPECT_TRUE(compute(data, set_of("rsi"), 1, {.sector_of_symbol = {}, .keep_extras = false})
                  .instruments[0]
                  .extras.empty());
}

// Every entry gives the same values beside all others as alone: no two formulas may share a name.
TEST(ComputeFeatures, NoFeatureChangesInCompany) {
  const market::Bars bars = made_bars(1'100, 5, {.flat_share = 0.05});
  market::MarketData data;
  data.instruments = {bars};
  for (const bool is_reversed : {false, true}) {
    std::vector<std::string> calls;
    for (const FeatureEntry& entry : feature_catalogue()) calls.push_back(entry.name);
    if (is_reversed) std::reverse(calls.begin(), calls.end());
    FeatureSpecification specification;
    specification.features = calls;
    const FeatureSet set(specification);
    const FeatureData together = compute(data, set, 2, {.sector_of_symbol = {{bars.symbol, "alone"}}});
    for (std::size_t k = 0; k < calls.size(); ++k) {
      const std::vector<double> alone =
          testing::run_feature(calls[k], testing::default_parameters(calls[k]), bars);
      for (std::size_t i = 0; i < alone.size(); ++i) {
        const float value =
            together.instruments[0].values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k));
        ASSERT_TRUE((std::isnan(value) && std::isnan(alone[i])) || value == static_cast<float>(alone[i]))
            << calls[k] << " bar " << i << ": " << value << " " << alone[i];
      }
    }
  }
}

TEST(FeatureStream, RefusesBarsOutOfOrder) {
  const FeatureSet set = set_of("rsi");
  FeatureStream stream(set);
  static_cast<void>(stream.update({10, 1, 1, 1, 1, 1, {}}));
  EXPECT_THROW(static_cast<void>(stream.update({10, 1, 1, 1, 1, 1, {}})), Error);
  EXPECT_THROW(static_cast<void>(stream.update({11, 1, 1, 1, 1, 1, {2.0}})), Error);
  EXPECT_THROW(FeatureStream(built_in("across")), Error);
}

TEST(FeatureStream, RefusesTheStateOfAnotherSetAlsoOfTheSameSize) {
  const FeatureSet fast = set_of("ema(12)"), slow = set_of("ema(26)");
  FeatureStream from(fast), into(slow);
  EXPECT_THROW(into.restore(from.state()), Error);
}

TEST(FeatureStream, RefusesADamagedState) {
  const FeatureSet set = set_of("sma(20)");
  FeatureStream stream(set);
  const std::vector<std::byte> good = stream.state();
  for (const std::size_t place : {std::size_t{0}, std::size_t{70}, good.size() - 1}) {
    std::vector<std::byte> bad = good;
    bad[place] ^= std::byte{0x40};
    EXPECT_THROW(stream.restore(bad), Error) << place;
  }
  EXPECT_THROW(stream.restore(std::span(good).first(100)), Error);
  stream.restore(good);
}

TEST(FeatureStream, WarmsUpOnAHistoryAndReadsFurtherColumns) {
  market::Bars bars = made_bars(60, 9);
  market::Column mood{"mood", market::ColumnKind::kNumber, bars.close, {}, {}, {}};
  bars.extras = {mood};
  FeatureSpecification specification;
  specification.features = {"sma(mood, 5), sma(5)"};
  const std::vector<std::string> extras{"mood"};
  const FeatureSet set(specification, extras);
  FeatureStream stream(set);
  stream.warm_up(bars);
  EXPECT_EQ(stream.bar_count(), 60);
  EXPECT_EQ(stream.extra_columns(), extras);
  const auto values = stream.update({bars.timestamps.back() + 1, 1, 1, 1, 7, 1, {7}});
  EXPECT_EQ(values[0], values[1]);
}

}  // namespace
}  // namespace regimetry::features

#include "market/simulation/instrument_simulator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "core/error.hpp"
#include "core/portable_math.hpp"
#include "market/simulation/intrabar.hpp"
#include "market/simulation/regime_path.hpp"
#include "market/simulation/unit_distribution.hpp"
#include "market/simulation/volatility_clustering.hpp"

namespace regimetry::market {
namespace {

// Bars per block: every array of a block stays in the second-level cache. Draws are always made for whole
// blocks, so that a longer simulation begins with the shorter one.
constexpr std::size_t kBlock = 512;
// Below the smallest normal double prices lose digits, above the largest they are infinite.
constexpr double kLowestPrice = 1e-290, kHighestPrice = 1e290;

class InstrumentSimulator {
 public:
  InstrumentSimulator(const MarketPlan& plan, int instrument_idx)
      : plan_(plan),
        options_(plan.options),
        instrument_idx_(instrument_idx),
        bar_count_(static_cast<std::size_t>(options_.bars)),
        noise_law_(plan.parameters.student_t_dof),
        clustering_(options_.garch_alpha, options_.garch_beta),
        intrabar_(stream("simulate.intrabar"), stream("simulate.gaps")),
        noise_draws_(stream("simulate.noise")),
        scale_draws_(stream("simulate.scales")),
        volume_draws_(stream("simulate.volume")),
        signal_draws_(stream("simulate.signal")) {
    for (std::vector<double>* block :
         {&noise_, &scales_, &clusters_, &multipliers_, &returns_, &sds_, &gaps_, &volume_, &logs_}) {
      block->resize(kBlock);
    }
  }

  SimulatedInstrument run() {
    draw_regimes();
    allocate();
    draw_signal();
    warm_clustering_up();
    for (std::size_t first = 0; first < bar_count_; first += kBlock) {
      const std::size_t count = std::min(kBlock, bar_count_ - first);
      draw_noise(first);
      find_multipliers(first);
      find_returns(first, count);
      find_prices(first, count);
      find_volume(first, count);
    }
    finish_multipliers();
    return std::move(result_);
  }

 private:
  [[nodiscard]] RngStream stream(std::string_view name) const {
    return plan_.rng.stream(name, static_cast<std::uint64_t>(instrument_idx_));
  }
  [[nodiscard]] bool has_signal() const { return options_.signal_strength > 0; }
  [[nodiscard]] bool has_multipliers() const { return clustering_.is_on() || !plan_.calendar.has_flat_sd(); }
  [[nodiscard]] std::size_t slot_of(std::size_t bar) const {
    return bar % plan_.calendar.sd_multipliers.size();
  }

  void draw_regimes() {
    const RngStream draws =
        options_.shared_regime ? plan_.rng.stream("simulate.shared_regimes") : stream("simulate.regimes");
    result_.regimes = draw_regime_path(plan_.parameters, options_.bars, draws);
  }

  void allocate() {
    Bars& bars = result_.bars;
    bars.symbol = fmt::format("{}{:04}", options_.symbol_prefix, instrument_idx_ + 1);
    bars.timeframe = plan_.parameters.timeframe;
    bars.timestamps = plan_.calendar.stamps;
    bars.source = "simulated";
    for (auto column : {&Bars::open, &Bars::high, &Bars::low, &Bars::close, &Bars::volume})
      (bars.*column).resize(bar_count_);
    result_.returns.resize(bar_count_);
    if (has_multipliers()) result_.sd_multipliers.resize(bar_count_ + 1);
  }

  // The signal of bar t moves the mean of bar t + 1; nothing moves bar 0.
  void draw_signal() {
    if (!has_signal()) return;
    Column signal{.name = "planted_signal",
                  .kind = ColumnKind::kNumber,
                  .numbers = std::vector<double>(bar_count_),
                  .codes = {},
                  .categories = {},
                  .times = {}};
    signal_draws_.fill_normal(signal.numbers);
    result_.shifts.assign(bar_count_ + 1, 0.0);
    for (std::size_t t = 0; t < bar_count_; ++t)
      result_.shifts[t + 1] = options_.signal_strength * signal.numbers[t];
    result_.bars.extras.push_back(std::move(signal));
  }

  // Lets the multiplier forget that it started at 1.
  void warm_clustering_up() {
    if (!clustering_.is_on()) return;
    RngStream normals = stream("simulate.warm_up"), scales = stream("simulate.warm_up_scales");
    for (std::size_t bars = 0; bars < 2048; bars += kBlock) {
      normals.fill_normal(noise_);
      noise_law_.fill_scales(scales_, scales);
      for (std::size_t i = 0; i < kBlock; ++i) noise_[i] *= scales_[i];
      clustering_.advance(noise_, clusters_);
    }
  }

  // noise_ = unit-variance noise of the block's bars; scales_ = the random part of its size.
  void draw_noise(std::size_t first) {
    noise_draws_.fill_normal(noise_);
    plan_.cross_section.mix_in(instrument_idx_, static_cast<std::int64_t>(first), noise_);
    noise_law_.fill_scales(scales_, scale_draws_);
    for (std::size_t i = 0; i < kBlock; ++i) noise_[i] *= scales_[i];
  }

  void find_multipliers(std::size_t first) {
    if (!has_multipliers()) return;
    if (clustering_.is_on()) {
      const std::size_t count = std::min(kBlock, bar_count_ - first);
      clustering_.advance(std::span(noise_).first(count), std::span(clusters_).first(count));
      multipliers_ = clusters_;
    } else {
      std::fill(multipliers_.begin(), multipliers_.end(), 1.0);
    }
    if (!plan_.calendar.has_flat_sd()) {
      for (std::size_t i = 0; i < kBlock; ++i)
        multipliers_[i] *= plan_.calendar.sd_multipliers[slot_of(first + i)];
    }
    const std::size_t count = std::min(kBlock, bar_count_ - first);
    std::copy_n(multipliers_.begin(), count,
                result_.sd_multipliers.begin() + static_cast<std::ptrdiff_t>(first));
  }

  void finish_multipliers() {
    if (!has_multipliers()) return;
    const double cluster = clustering_.is_on() ? clustering_.next_sd_multiplier() : 1;
    result_.sd_multipliers[bar_count_] = cluster * plan_.calendar.sd_multipliers[slot_of(bar_count_)];
  }

  // returns_ = mean + sd * multiplier * (shift + noise); sds_ = what the path within the bar diffuses with.
  void find_returns(std::size_t first, std::size_t count) {
    const double* means = plan_.parameters.means.data();
    const double* sds = plan_.parameters.sds.data();
    const std::int32_t* regimes = result_.regimes.data() + first;
    for (std::size_t i = 0; i < count; ++i) sds_[i] = sds[regimes[i]];
    if (has_multipliers()) {
      for (std::size_t i = 0; i < count; ++i) sds_[i] *= multipliers_[i];
    }
    if (has_signal()) {
      for (std::size_t i = 0; i < count; ++i) noise_[i] += result_.shifts[first + i];
    }
    for (std::size_t i = 0; i < count; ++i) returns_[i] = means[regimes[i]] + sds_[i] * noise_[i];
    for (std::size_t i = 0; i < count; ++i) sds_[i] *= scales_[i];
    std::copy_n(returns_.begin(), count, result_.returns.begin() + static_cast<std::ptrdiff_t>(first));
  }

  std::span<const double> gaps_of_block(std::size_t first) {
    if (plan_.calendar.gap_shares.empty()) return {};
    for (std::size_t i = 0; i < kBlock; ++i) gaps_[i] = plan_.calendar.gap_shares[slot_of(first + i)];
    return gaps_;
  }

  void find_prices(std::size_t first, std::size_t count) {
    Bars& bars = result_.bars;
    // Whole blocks, so that the draws of later blocks do not depend on how many bars are wanted.
    std::fill(returns_.begin() + static_cast<std::ptrdiff_t>(count), returns_.end(), 0.0);
    intrabar_.draw(returns_, sds_, gaps_of_block(first), shapes_);
    const bool has_gaps = !plan_.calendar.gap_shares.empty();
    for (std::size_t i = 0; i < count; ++i) {  // from offsets to log prices
      shapes_.open[i] += log_price_;
      shapes_.high[i] += log_price_;
      shapes_.low[i] += log_price_;
      log_price_ += returns_[i];
      logs_[i] = log_price_;
    }
    const auto to_prices = [&](const std::vector<double>& log_prices, std::vector<double>& column) {
      const auto out = std::span(column).subspan(first, count);
      portable_exp(std::span(log_prices).first(count), out);
      for (double& price : out) price *= options_.start_price;
    };
    to_prices(logs_, bars.close);
    to_prices(shapes_.high, bars.high);
    to_prices(shapes_.low, bars.low);
    if (has_gaps) {
      to_prices(shapes_.open, bars.open);
    } else {
      bars.open[first] = last_close_ > 0 ? last_close_ : options_.start_price;
      std::copy_n(bars.close.begin() + static_cast<std::ptrdiff_t>(first), count - 1,
                  bars.open.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    }
    last_close_ = bars.close[first + count - 1];
    // exp rounds each price by itself; the extremes must not fall short of open and close by that last bit.
    for (std::size_t i = first; i < first + count; ++i) {
      bars.high[i] = std::max(bars.high[i], std::max(bars.open[i], bars.close[i]));
      bars.low[i] = std::min(bars.low[i], std::min(bars.open[i], bars.close[i]));
    }
    check_range(first, count);
  }

  void check_range(std::size_t first, std::size_t count) const {
    const Bars& bars = result_.bars;
    const auto begin = static_cast<std::ptrdiff_t>(first), end = static_cast<std::ptrdiff_t>(first + count);
    const double lowest = *std::min_element(bars.low.begin() + begin, bars.low.begin() + end);
    const double highest = *std::max_element(bars.high.begin() + begin, bars.high.begin() + end);
    if (lowest > kLowestPrice && highest < kHighestPrice) return;
    throw Error(ErrorKind::kUsage, fmt::format("the price of {} leaves the range of numbers before bar {}: "
                                               "these regimes drift by {:+.3g} per bar on "
                                               "average. Pass --zero-drift, which takes the long-run mean "
                                               "off every regime, or simulate fewer --bars.",
                                               bars.symbol, first + count, plan_.parameters.mean_return()));
  }

  // Log volume = log base + exponent * log(sd of the bar / long-run sd) + noise, times the profile of the
  // day.
  void find_volume(std::size_t first, std::size_t count) {
    if (volume_levels_.empty()) {
      const double long_run = portable_log(plan_.parameters.return_sd());
      for (const double sd : plan_.parameters.sds) {
        volume_levels_.push_back(portable_log(options_.base_volume) +
                                 options_.volume_sd_exponent * (portable_log(sd) - long_run));
      }
    }
    volume_draws_.fill_normal(volume_);
    const std::int32_t* regimes = result_.regimes.data() + first;
    for (std::size_t i = 0; i < count; ++i)
      logs_[i] = volume_levels_[static_cast<std::size_t>(regimes[i])] + options_.volume_noise * volume_[i];
    if (clustering_.is_on()) {
      portable_log(std::span(clusters_).first(count), std::span(volume_).first(count));
      for (std::size_t i = 0; i < count; ++i) logs_[i] += options_.volume_sd_exponent * volume_[i];
    }
    const auto out = std::span(result_.bars.volume).subspan(first, count);
    portable_exp(std::span(logs_).first(count), out);
    if (!plan_.calendar.has_flat_sd()) {
      for (std::size_t i = 0; i < count; ++i) out[i] *= plan_.calendar.volume_multipliers[slot_of(first + i)];
    }
    for (double& volume : out) volume = std::max(1.0, std::nearbyint(volume));
  }

  const MarketPlan& plan_;
  const SimulationOptions& options_;
  int instrument_idx_;
  std::size_t bar_count_;
  UnitDistribution noise_law_;
  VolatilityClustering clustering_;
  IntrabarPath intrabar_;
  RngStream noise_draws_, scale_draws_, volume_draws_, signal_draws_;
  double log_price_ = 0;   // of the last close, relative to the start price
  double last_close_ = 0;  // 0: none yet
  std::vector<double> noise_, scales_, clusters_, multipliers_, returns_, sds_, gaps_, volume_,
      logs_;                           // [kBlock]
  std::vector<double> volume_levels_;  // [K] mean log volume
  BarShapes shapes_;
  SimulatedInstrument result_;
};

}  // namespace

SimulatedInstrument simulate_instrument(const MarketPlan& plan, int instrument_idx) {
  return InstrumentSimulator(plan, instrument_idx).run();
}

}  // namespace regimetry::market

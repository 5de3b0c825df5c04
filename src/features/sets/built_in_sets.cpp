#include "features/sets/built_in_sets.hpp"

namespace regimetry::features {
namespace {

BuiltInSet core95() {
  return {"core95",
          "95 stationary features: 10 price, 40 trend, 10 volume, 15 momentum, 10 volatility, 10 pattern",
          {
              // price
              "log_return(1)",
              "log_return(5)",
              "log_return(21)",
              "log_return(63)",
              "overnight_gap",
              "intraday_return",
              "body_ratio",
              "upper_shadow",
              "lower_shadow",
              "close_location",
              // trend
              "sma_distance(10)",
              "sma_distance(20)",
              "sma_distance(50)",
              "sma_distance(200)",
              "ema_distance(20)",
              "ema_ratio(12,26)",
              "wma_distance(20)",
              "dema_distance(20)",
              "tema_distance(20)",
              "kama_distance(10,2,30)",
              "hma_distance(20)",
              "sma_slope(50,5)",
              "ema_slope(20,5)",
              "macd_line_ratio(12,26)",
              "macd_signal_ratio(12,26,9)",
              "macd_histogram_ratio(12,26,9)",
              "bollinger_percent_b(20,2)",
              "bollinger_width(20,2)",
              "keltner_position(20,10,2)",
              "keltner_width(20,10,2)",
              "donchian_position(20)",
              "donchian_width(20)",
              "ichimoku_conversion_distance(9)",
              "ichimoku_base_distance(26)",
              "ichimoku_cloud_distance(9,26,52)",
              "ichimoku_cloud_thickness(9,26,52)",
              "parabolic_sar_distance(0.02,0.2)",
              "adx(14)",
              "plus_di(14)",
              "minus_di(14)",
              "aroon_up(25)",
              "aroon_down(25)",
              "cci(20)",
              "trix(15)",
              "vwap_distance(20)",
              "regression_slope(20)",
              "regression_r2(20)",
              "regression_residual(20)",
              "hurst(128)",
              "efficiency_ratio(10)",
              // volume
              "obv_slope(20)",
              "accumulation_slope(20)",
              "chaikin_money_flow(20)",
              "mfi(14)",
              "volume_ratio(20)",
              "volume_zscore(20)",
              "force_index_ratio(13)",
              "vwma_ratio(20)",
              "ease_of_movement_ratio(14)",
              "volume_oscillator(5,20)",
              // momentum
              "rsi(14)",
              "rsi(7)",
              "stochastic_k(14,3)",
              "stochastic_d(14,3,3)",
              "stochastic_rsi(14,14)",
              "williams_r(14)",
              "roc(10)",
              "normalised_momentum(10)",
              "momentum_acceleration(10)",
              "tsi(25,13)",
              "ultimate_oscillator(7,14,28)",
              "awesome_oscillator_ratio(5,34)",
              "fisher_transform(10)",
              "cmo(14)",
              "connors_rsi(3,2,100)",
              // volatility
              "close_volatility(20)",
              "parkinson_volatility(20)",
              "garman_klass_volatility(20)",
              "yang_zhang_volatility(20)",
              "atr_ratio(14)",
              "ewma_volatility(0.94)",
              "semideviation(20)",
              "volatility_of_volatility(20,20)",
              "skewness(60)",
              "kurtosis(60)",
              // pattern
              "resistance_distance(60)",
              "support_distance(60)",
              "swing_structure(5)",
              "breakout(20)",
              "resistance_slope(20)",
              "support_slope(20)",
              "inside_outside",
              "engulfing",
              "doji(0.1)",
              "hammer",
          }};
}

BuiltInSet regime() {
  return {"regime",
          "a compact stationary set for regimes: returns over several horizons, realised and range "
          "volatilities, downside "
          "deviation, drawdown, trend strength, volume and range ratios",
          {"log_return(1)", "log_return(5)", "log_return(21)", "log_return(63)", "realised_volatility(5)",
           "realised_volatility(21)", "realised_volatility(63)", "yang_zhang_volatility(21)",
           "volatility_ratio(5,63)", "semideviation(21)", "skewness(63)", "drawdown(252)", "sma_distance(50)",
           "trend_strength(63)", "efficiency_ratio(21)", "rsi(14)", "range_ratio(20)", "volume_zscore(20)"}};
}

BuiltInSet regime_without_volume() {
  BuiltInSet set = regime();
  set.name = "regime_price";
  set.meaning = "the set regime for data without volume";
  set.features.pop_back();
  return set;
}

BuiltInSet har() {
  return {"har",
          "the heterogeneous autoregressive model's inputs: log realised volatility over 1, 5, 22 and 66 "
          "bars and the "
          "negative returns over the same horizons",
          {"log_realised_volatility(1)", "log_realised_volatility(5)", "log_realised_volatility(22)",
           "log_realised_volatility(66)", "negative_return(1)", "negative_return(5)", "negative_return(22)",
           "negative_return(66)"}};
}

BuiltInSet jump() {
  return {"jump",
          "the nine of the jump-model literature: exponentially weighted return, log downside deviation and "
          "Sortino ratio "
          "at half-lives of 5, 20 and 60 bars",
          {"ewm_return(5)", "ewm_return(20)", "ewm_return(60)", "log_downside_deviation(5)",
           "log_downside_deviation(20)", "log_downside_deviation(60)", "sortino(5)", "sortino(20)",
           "sortino(60)"}};
}

BuiltInSet levels() {
  return {"levels",
          "prices, averages and the calendar year: regimes made from these may merely follow the level, so "
          "no other set "
          "holds them",
          {"open",
           "high",
           "low",
           "close",
           "volume",
           "typical_price",
           "sma(20)",
           "sma(50)",
           "sma(200)",
           "ema(20)",
           "bollinger_upper(20,2)",
           "bollinger_lower(20,2)",
           "donchian_upper(20)",
           "donchian_lower(20)",
           "atr(14)",
           "macd_line(12,26)",
           "vwap(20)",
           "obv",
           "year",
           "month"}};
}

BuiltInSet across() {
  return {"across",
          "instruments against each other at the same stamp: ranks of return and volatility, beta and "
          "correlation to the "
          "market, returns less the market's",
          {"return_rank(21)", "return_rank(63)", "risk_rank(21)", "market_beta(63)", "market_correlation(63)",
           "market_relative_return(21)"}};
}

}  // namespace

const std::vector<BuiltInSet>& built_in_sets() {
  static const std::vector<BuiltInSet> sets = {core95(), regime(), regime_without_volume(), har(), jump(),
                                               levels(), across()};
  return sets;
}

const BuiltInSet* find_built_in_set(std::string_view name) {
  for (const BuiltInSet& set : built_in_sets()) {
    if (set.name == name) return &set;
  }
  return nullptr;
}

}  // namespace regimetry::features

#include "market/reading/text/export_recogniser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <set>

#include "market/column_roles.hpp"

namespace regimetry::market {
namespace {

constexpr std::string_view kBrokerClock =
    "MetaTrader writes the clock of the broker's server, often UTC+2 in winter and UTC+3 in summer";

class HeaderKeys {
 public:
  explicit HeaderKeys(const std::vector<std::string>& cells)
      : first_cell_(cells.empty() ? "" : cells.front()) {
    for (const std::string& cell : cells) keys_.insert(header_key(cell));
  }
  [[nodiscard]] bool has_all(std::initializer_list<std::string_view> keys) const {
    return std::all_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return keys_.contains(std::string(key)); });
  }
  [[nodiscard]] bool has(std::string_view key) const { return keys_.contains(std::string(key)); }
  [[nodiscard]] bool starts_with(std::string_view cell) const { return first_cell_ == cell; }
  [[nodiscard]] bool is_bracketed() const { return first_cell_.find('<') != std::string::npos; }

 private:
  std::string first_cell_;
  std::set<std::string> keys_;
};

bool is_number(const HeaderlessShape& shape, std::size_t column) {
  return column < shape.cells.size() && shape.cells[column] == ShapeCell::kNumber;
}

HeaderlessExport binance_klines() {
  HeaderlessExport found;
  found.facts.name = "Binance klines";
  found.column_names = {"open_time",
                        "open",
                        "high",
                        "low",
                        "close",
                        "volume",
                        "close_time",
                        "quote_volume",
                        "trade_count",
                        "taker_buy_volume",
                        "taker_buy_quote_volume",
                        "ignore"};
  return found;
}

void name_shape(const HeaderlessShape& shape, std::size_t date, bool has_time, ExportFacts& facts) {
  const bool has_time_of_day = shape.cells[date] == ShapeCell::kDateTime;
  if (shape.separator == ';' && shape.date_mark == '\0' && has_time_of_day) {
    facts.name = "HistData ASCII";
    facts.time_zone = "-05:00";
    facts.clock_advice = "HistData writes Eastern Standard Time all year, without daylight saving";
  } else if (date == 0 && has_time && shape.date_mark == '.') {
    facts.name = "MetaTrader 4 / HistData MT";
    facts.clock_advice =
        std::string(kBrokerClock) + "; HistData writes Eastern Standard Time all year (--tz -05:00)";
  } else if (date > 0 && shape.date_mark == '\0') {
    facts.name = "Stooq bulk / Finam / MetaStock";
  }
}

}  // namespace

ExportFacts recognise_header(const std::vector<std::string>& header_cells) {
  const HeaderKeys keys(header_cells);
  ExportFacts facts;
  if (keys.is_bracketed() && keys.has("ticker")) {
    facts.name = "Stooq bulk / Finam / MetaStock";
  } else if (keys.is_bracketed()) {
    facts.name = "MetaTrader 5";
    facts.clock_advice = kBrokerClock;
  } else if (keys.has_all({"tickvolume", "spread", "realvolume"})) {
    facts.name = "MetaTrader 5 (Python)";
    facts.clock_advice = kBrokerClock;
  } else if (keys.has_all({"opentime", "closetime"})) {
    facts.name = "Binance klines";
    facts.time_zone = "UTC";
  } else if (keys.has_all({"gmttime", "open"})) {
    facts.name = "Dukascopy";
    facts.date_order = DateOrder::kDayFirst;
    facts.time_zone = "UTC";
  } else if (keys.has_all({"localtime", "open"})) {
    facts.name = "Dukascopy";
    facts.date_order = DateOrder::kDayFirst;
  } else if (keys.has_all({"unix", "date", "symbol"})) {
    facts.name = "CryptoDataDownload";
    facts.time_zone = "UTC";
  } else if (keys.has_all({"data", "otwarcie"})) {
    facts.name = "Stooq web (Polish)";
  } else if (keys.has("openint")) {
    facts.name = "Stooq web";
  } else if (keys.has_all({"date", "price", "open", "change"})) {
    facts.name = "Investing.com";
  } else if (keys.has_all({"datum", "erster", "schlusskurs"})) {
    facts.name = "Ariva";
    facts.date_order = DateOrder::kDayFirst;
  } else if (keys.has("closelast")) {
    facts.name = "Nasdaq.com";
    facts.date_order = DateOrder::kMonthFirst;
  } else if (keys.has_all({"date", "adjclose"})) {
    facts.name = "Yahoo";
  } else if (keys.has_all({"timestamp", "symbol", "open", "high", "low", "close", "volume"})) {
    facts.name = "regimetry";
  } else if (keys.has_all({"time", "open", "high", "low", "close"}) && keys.starts_with("time")) {
    facts.name = "TradingView";
  }
  if (keys.has("datetimeutc") || keys.has("dateutc") || keys.has("timeutc") || keys.has("utctime") ||
      keys.has("utc") || keys.has("timestamputc") || keys.has("timegmt")) {
    facts.time_zone = "UTC";
  }
  return facts;
}

std::optional<HeaderlessExport> recognise_shape(const HeaderlessShape& shape) {
  const std::vector<ShapeCell>& cells = shape.cells;
  if (cells.size() == 12 && cells[0] == ShapeCell::kEpoch && is_number(shape, 1) && is_number(shape, 4))
    return binance_klines();

  const auto holds_date = [](ShapeCell cell) {
    return cell == ShapeCell::kDate || cell == ShapeCell::kDateTime || cell == ShapeCell::kEpoch;
  };
  const auto date_at = std::find_if(cells.begin(), cells.end(), holds_date);
  if (date_at == cells.end()) return std::nullopt;
  const auto date = static_cast<std::size_t>(date_at - cells.begin());
  const bool has_time =
      cells[date] == ShapeCell::kDate && date + 1 < cells.size() && cells[date + 1] == ShapeCell::kTimeOfDay;
  const std::size_t open = date + (has_time ? 2 : 1);
  for (std::size_t i = 0; i < 4; ++i) {
    if (!is_number(shape, open + i)) return std::nullopt;
  }

  HeaderlessExport found;
  for (std::size_t i = 0; i < cells.size(); ++i)
    found.column_names.push_back(fmt::format("column {}", i + 1));
  found.column_names[date] = has_time ? "date" : "timestamp";
  if (has_time) found.column_names[date + 1] = "time";
  for (std::size_t i = 0; i < 4; ++i)
    found.column_names[open + i] = std::to_array({"open", "high", "low", "close"})[i];
  if (is_number(shape, open + 4)) found.column_names[open + 4] = "volume";
  if (date > 0 && cells[0] == ShapeCell::kWord) found.column_names[0] = "symbol";
  name_shape(shape, date, has_time, found.facts);
  return found;
}

}  // namespace regimetry::market

#include "market/column_roles.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <unordered_map>

namespace regimetry::market {
namespace {

struct Alias {
  std::string_view key;  // as header_key() gives it
  ColumnRole role;
  int rank;
};

// One line per role and language. Rank 0: says it outright; 1: usual, but could mean something else beside a
// rank 0; 2: a last resort.
constexpr auto kAliases = std::to_array<Alias>({
    {"unix", ColumnRole::kTimestamp, 0},
    {"unixtime", ColumnRole::kTimestamp, 0},
    {"unixtimestamp", ColumnRole::kTimestamp, 0},
    {"epoch", ColumnRole::kTimestamp, 0},
    {"timestamp", ColumnRole::kTimestamp, 0},
    {"timestamputc", ColumnRole::kTimestamp, 0},
    {"timestampms", ColumnRole::kTimestamp, 0},
    {"datetime", ColumnRole::kTimestamp, 1},
    {"datetimeutc", ColumnRole::kTimestamp, 1},
    {"dateandtime", ColumnRole::kTimestamp, 1},
    {"dateutc", ColumnRole::kTimestamp, 1},
    {"timeutc", ColumnRole::kTimestamp, 1},
    {"utctime", ColumnRole::kTimestamp, 1},
    {"utc", ColumnRole::kTimestamp, 1},
    {"gmttime", ColumnRole::kTimestamp, 1},
    {"timegmt", ColumnRole::kTimestamp, 1},
    {"localtime", ColumnRole::kTimestamp, 1},
    {"timeest", ColumnRole::kTimestamp, 1},
    {"opentime", ColumnRole::kTimestamp, 1},
    {"starttime", ColumnRole::kTimestamp, 1},
    {"start", ColumnRole::kTimestamp, 2},
    {"begin", ColumnRole::kTimestamp, 2},
    {"ts", ColumnRole::kTimestamp, 1},
    {"tsevent", ColumnRole::kTimestamp, 1},
    {"t", ColumnRole::kTimestamp, 2},
    {"closetime", ColumnRole::kTimestamp, 3},
    {"endtime", ColumnRole::kTimestamp, 3},

    {"date", ColumnRole::kDate, 0},
    {"datum", ColumnRole::kDate, 0},
    {"data", ColumnRole::kDate, 1},
    {"dt", ColumnRole::kDate, 1},
    {"dtyyyymmdd", ColumnRole::kDate, 0},
    {"yyyymmdd", ColumnRole::kDate, 0},
    {"tradedate", ColumnRole::kDate, 0},
    {"tradingdate", ColumnRole::kDate, 0},
    {"tradingday", ColumnRole::kDate, 0},
    {"fecha", ColumnRole::kDate, 0},
    {"day", ColumnRole::kDate, 2},

    {"time", ColumnRole::kTime, 0},
    {"hhmmss", ColumnRole::kTime, 0},
    {"zeit", ColumnRole::kTime, 0},
    {"uhrzeit", ColumnRole::kTime, 0},
    {"czas", ColumnRole::kTime, 0},
    {"hora", ColumnRole::kTime, 0},
    {"heure", ColumnRole::kTime, 0},

    {"open", ColumnRole::kOpen, 0},
    {"openprice", ColumnRole::kOpen, 0},
    {"priceopen", ColumnRole::kOpen, 0},
    {"otwarcie", ColumnRole::kOpen, 0},
    {"erster", ColumnRole::kOpen, 0},
    {"eroffnung", ColumnRole::kOpen, 0},
    {"eroeffnung", ColumnRole::kOpen, 0},
    {"eroffnungskurs", ColumnRole::kOpen, 0},
    {"apertura", ColumnRole::kOpen, 0},
    {"abertura", ColumnRole::kOpen, 0},
    {"ouverture", ColumnRole::kOpen, 0},
    {"ouv", ColumnRole::kOpen, 0},
    {"o", ColumnRole::kOpen, 1},

    {"high", ColumnRole::kHigh, 0},
    {"highprice", ColumnRole::kHigh, 0},
    {"pricehigh", ColumnRole::kHigh, 0},
    {"najwyzszy", ColumnRole::kHigh, 0},
    {"hoch", ColumnRole::kHigh, 0},
    {"tageshoch", ColumnRole::kHigh, 0},
    {"maximo", ColumnRole::kHigh, 0},
    {"maxima", ColumnRole::kHigh, 0},
    {"plushaut", ColumnRole::kHigh, 0},
    {"haut", ColumnRole::kHigh, 0},
    {"max", ColumnRole::kHigh, 1},
    {"h", ColumnRole::kHigh, 1},

    {"low", ColumnRole::kLow, 0},
    {"lowprice", ColumnRole::kLow, 0},
    {"pricelow", ColumnRole::kLow, 0},
    {"najnizszy", ColumnRole::kLow, 0},
    {"tief", ColumnRole::kLow, 0},
    {"tagestief", ColumnRole::kLow, 0},
    {"minimo", ColumnRole::kLow, 0},
    {"minima", ColumnRole::kLow, 0},
    {"plusbas", ColumnRole::kLow, 0},
    {"bas", ColumnRole::kLow, 0},
    {"min", ColumnRole::kLow, 1},
    {"l", ColumnRole::kLow, 1},

    {"close", ColumnRole::kClose, 0},
    {"closeprice", ColumnRole::kClose, 0},
    {"closingprice", ColumnRole::kClose, 0},
    {"priceclose", ColumnRole::kClose, 0},
    {"closelast", ColumnRole::kClose, 0},
    {"zamkniecie", ColumnRole::kClose, 0},
    {"schlusskurs", ColumnRole::kClose, 0},
    {"schluss", ColumnRole::kClose, 0},
    {"cierre", ColumnRole::kClose, 0},
    {"fechamento", ColumnRole::kClose, 0},
    {"cloture", ColumnRole::kClose, 0},
    {"clot", ColumnRole::kClose, 0},
    {"chiusura", ColumnRole::kClose, 0},
    {"last", ColumnRole::kClose, 1},
    {"lastprice", ColumnRole::kClose, 1},
    {"letzter", ColumnRole::kClose, 1},
    {"zuletzt", ColumnRole::kClose, 1},
    {"ultimo", ColumnRole::kClose, 1},
    {"dernier", ColumnRole::kClose, 1},
    {"settle", ColumnRole::kClose, 1},
    {"price", ColumnRole::kClose, 1},
    {"c", ColumnRole::kClose, 1},

    {"adjclose", ColumnRole::kAdjustedClose, 0},
    {"adjustedclose", ColumnRole::kAdjustedClose, 0},
    {"closeadj", ColumnRole::kAdjustedClose, 0},
    {"closeadjusted", ColumnRole::kAdjustedClose, 0},
    {"adjclosing", ColumnRole::kAdjustedClose, 0},
    {"adjcloseprice", ColumnRole::kAdjustedClose, 0},

    {"volume", ColumnRole::kVolume, 0},
    {"stucke", ColumnRole::kVolume, 0},
    {"stuecke", ColumnRole::kVolume, 0},
    {"stuck", ColumnRole::kVolume, 0},
    {"wolumen", ColumnRole::kVolume, 0},
    {"realvolume", ColumnRole::kVolume, 0},
    {"vol", ColumnRole::kVolume, 1},
    {"volumen", ColumnRole::kVolume, 1},
    {"totalvolume", ColumnRole::kVolume, 1},
    {"basevolume", ColumnRole::kVolume, 1},
    {"volumebase", ColumnRole::kVolume, 1},
    {"volumefrom", ColumnRole::kVolume, 1},
    {"qty", ColumnRole::kVolume, 2},
    {"v", ColumnRole::kVolume, 2},

    {"tickvol", ColumnRole::kTickVolume, 0},
    {"tickvolume", ColumnRole::kTickVolume, 0},
    {"ticks", ColumnRole::kTickVolume, 1},

    {"symbol", ColumnRole::kSymbol, 0},
    {"ticker", ColumnRole::kSymbol, 0},
    {"sym", ColumnRole::kSymbol, 0},
    {"instrument", ColumnRole::kSymbol, 1},
    {"secid", ColumnRole::kSymbol, 1},
    {"pair", ColumnRole::kSymbol, 1},
    {"act", ColumnRole::kSymbol, 2},
    {"tic", ColumnRole::kSymbol, 1},
    {"asset", ColumnRole::kSymbol, 2},
    {"isin", ColumnRole::kSymbol, 2},
    {"name", ColumnRole::kSymbol, 2},
});

const std::unordered_map<std::string_view, const Alias*>& aliases_by_key() {
  static const auto kByKey = [] {
    std::unordered_map<std::string_view, const Alias*> by_key;
    for (const Alias& alias : kAliases) by_key.emplace(alias.key, &alias);
    return by_key;
  }();
  return kByKey;
}

// The ASCII letters that a Latin letter of the blocks Latin-1 Supplement and Latin Extended-A folds to.
std::string_view folded_letter(std::uint32_t code) {
  struct Fold {
    std::uint32_t first, last;
    std::string_view ascii;
  };
  static constexpr auto kFolds = std::to_array<Fold>({
      {0xC0, 0xC5, "a"},   {0xC7, 0xC7, "c"},   {0xC8, 0xCB, "e"},   {0xCC, 0xCF, "i"},   {0xD1, 0xD1, "n"},
      {0xD2, 0xD6, "o"},   {0xD8, 0xD8, "o"},   {0xD9, 0xDC, "u"},   {0xDD, 0xDD, "y"},   {0xDF, 0xDF, "ss"},
      {0xE0, 0xE5, "a"},   {0xE7, 0xE7, "c"},   {0xE8, 0xEB, "e"},   {0xEC, 0xEF, "i"},   {0xF1, 0xF1, "n"},
      {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},   {0xF9, 0xFC, "u"},   {0xFD, 0xFD, "y"},   {0xFF, 0xFF, "y"},
      {0x100, 0x105, "a"}, {0x106, 0x10D, "c"}, {0x10E, 0x111, "d"}, {0x112, 0x11B, "e"}, {0x11C, 0x123, "g"},
      {0x128, 0x131, "i"}, {0x139, 0x142, "l"}, {0x143, 0x148, "n"}, {0x14C, 0x151, "o"}, {0x154, 0x159, "r"},
      {0x15A, 0x161, "s"}, {0x162, 0x167, "t"}, {0x168, 0x173, "u"}, {0x176, 0x178, "y"}, {0x179, 0x17E, "z"},
  });
  for (const Fold& fold : kFolds) {
    if (code >= fold.first && code <= fold.last) return fold.ascii;
  }
  return {};
}

// "Volume BTC", "volume_usdt": CryptoDataDownload names the currency that the volume counts.
bool is_volume_of_a_currency(std::string_view key) {
  constexpr std::string_view kVolume = "volume";
  return key.starts_with(kVolume) && key.size() >= kVolume.size() + 2 && key.size() <= kVolume.size() + 5;
}

bool is_letter_alias(std::string_view header, const std::optional<RoleMatch>& match) {
  return match && header_key(header).size() == 1;
}

}  // namespace

std::string_view role_name(ColumnRole role) noexcept {
  switch (role) {
    case ColumnRole::kTimestamp:
      return "timestamp";
    case ColumnRole::kDate:
      return "date";
    case ColumnRole::kTime:
      return "time";
    case ColumnRole::kOpen:
      return "open";
    case ColumnRole::kHigh:
      return "high";
    case ColumnRole::kLow:
      return "low";
    case ColumnRole::kClose:
      return "close";
    case ColumnRole::kAdjustedClose:
      return "adjusted close";
    case ColumnRole::kVolume:
      return "volume";
    case ColumnRole::kTickVolume:
      return "tick volume";
    case ColumnRole::kSymbol:
      break;
  }
  return "symbol";
}

std::string header_key(std::string_view header) {
  std::string key;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto byte = static_cast<unsigned char>(header[i]);
    if (byte >= 'A' && byte <= 'Z') {
      key += static_cast<char>(byte - 'A' + 'a');
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      key += static_cast<char>(byte);
    } else if (byte >= 0xC2 && byte <= 0xDF && i + 1 < header.size()) {
      key += folded_letter(static_cast<std::uint32_t>(byte & 0x1F) << 6 |
                           (static_cast<unsigned char>(header[i + 1]) & 0x3F));
      ++i;
    }
  }
  return key;
}

std::optional<RoleMatch> match_role(std::string_view header) {
  if (header.size() > 64) return std::nullopt;
  const std::string key = header_key(header);
  const auto& by_key = aliases_by_key();
  if (const auto found = by_key.find(key); found != by_key.end())
    return RoleMatch{found->second->role, found->second->rank};
  if (is_volume_of_a_currency(key)) return RoleMatch{ColumnRole::kVolume, 2};
  return std::nullopt;
}

std::vector<std::optional<RoleMatch>> match_roles(std::span<const std::string_view> headers) {
  constexpr std::size_t kFewestLetters = 4;
  std::set<std::string> letters;
  std::vector<std::optional<RoleMatch>> matches;
  for (const std::string_view header : headers) {
    matches.push_back(match_role(header));
    if (is_letter_alias(header, matches.back())) letters.insert(header_key(header));
  }
  if (letters.size() >= kFewestLetters) return matches;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (is_letter_alias(headers[i], matches[i])) matches[i].reset();
  }
  return matches;
}

std::optional<ColumnRole> role_of(std::string_view header) {
  const std::optional<RoleMatch> match = match_role(header);
  return match ? std::optional(match->role) : std::nullopt;
}

std::optional<std::size_t> surest_column(std::span<const std::string_view> headers, ColumnRole role) {
  const std::vector<std::optional<RoleMatch>> matches = match_roles(headers);
  std::optional<std::size_t> surest;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (!matches[i] || matches[i]->role != role) continue;
    if (!surest || matches[i]->rank < matches[*surest]->rank) surest = i;
  }
  return surest;
}

}  // namespace regimetry::market

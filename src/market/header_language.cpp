#include "market/header_language.hpp"

#include <algorithm>
#include <array>

#include "market/column_roles.hpp"

namespace regimetry::market {
namespace {

// As header_key() gives them.
constexpr auto kForeignWords = std::to_array<std::string_view>({
    // dates and times
    "datum",
    "fecha",
    "data",
    "zeit",
    "uhrzeit",
    "czas",
    "hora",
    "heure",
    // open
    "otwarcie",
    "erster",
    "eroffnung",
    "eroeffnung",
    "eroffnungskurs",
    "apertura",
    "abertura",
    "ouverture",
    "ouv",
    // high
    "najwyzszy",
    "hoch",
    "tageshoch",
    "maximo",
    "maxima",
    "plushaut",
    "haut",
    // low
    "najnizszy",
    "tief",
    "tagestief",
    "minimo",
    "minima",
    "plusbas",
    "bas",
    // close
    "zamkniecie",
    "schlusskurs",
    "schluss",
    "cierre",
    "fechamento",
    "cloture",
    "clot",
    "chiusura",
    "letzter",
    "zuletzt",
    "ultimo",
    "dernier",
    // volume
    "stucke",
    "stuecke",
    "stuck",
    "wolumen",
    "volumen",
});

}  // namespace

bool is_foreign_header(std::string_view header) {
  const std::string key = header_key(header);
  return std::find(kForeignWords.begin(), kForeignWords.end(), key) != kForeignWords.end();
}

}  // namespace regimetry::market

#include "core/json_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"

namespace regimetry {

void JsonPlace::fail(const std::string& problem) const {
  throw Error(ErrorKind::kData, fmt::format("{}: {}{}{}. It was damaged, or something else wrote it: {}.",
                                            source_, place_, place_.empty() ? "" : " ", problem, remedy_));
}

JsonPlace JsonPlace::at(const std::string& key) const {
  if (!value_.is_object()) fail("is not an object");
  const auto found = value_.find(key);
  if (found == value_.end()) fail(fmt::format("{} '{}'", place_.empty() ? "lacks the key" : "lacks", key));
  return inside(*found, place_.empty() ? key : place_ + "." + key);
}

JsonPlace JsonPlace::inside(const nlohmann::json& value, std::string place) const {
  JsonPlace inner(value, source_, remedy_);
  inner.place_ = std::move(place);
  return inner;
}

std::vector<JsonPlace> JsonPlace::elements() const {
  if (!value_.is_array()) fail("is not a list");
  std::vector<JsonPlace> all;
  for (std::size_t i = 0; i < value_.size(); ++i) {
    all.push_back(inside(value_[i], fmt::format("{}[{}]", place_, i)));
  }
  return all;
}

double JsonPlace::number() const {
  if (!value_.is_number() || !std::isfinite(value_.get<double>())) fail("is not a finite number");
  return value_.get<double>();
}

std::int64_t JsonPlace::whole_number() const {
  if (!value_.is_number_integer()) fail("is not a whole number");
  return value_.get<std::int64_t>();
}

bool JsonPlace::boolean() const {
  if (!value_.is_boolean()) fail("is not true or false");
  return value_.get<bool>();
}

std::string JsonPlace::text() const {
  if (!value_.is_string()) fail("is not a text");
  return value_.get<std::string>();
}

TimestampNs JsonPlace::stamp() const {
  const std::string written = text();
  const std::optional<TimestampNs> stamp = parse_iso_timestamp(written);
  if (!stamp) fail(fmt::format("is '{}', which is no stamp", printable(written)));
  return *stamp;
}

std::vector<double> JsonPlace::numbers() const {
  std::vector<double> all;
  for (const JsonPlace& element : elements()) all.push_back(element.number());
  return all;
}

std::vector<std::string> JsonPlace::texts() const {
  std::vector<std::string> all;
  for (const JsonPlace& element : elements()) all.push_back(element.text());
  return all;
}

bool JsonPlace::has(const std::string& key) const {
  if (!value_.is_object()) fail("is not an object");
  return value_.contains(key);
}

void JsonPlace::require_keys(std::initializer_list<std::string_view> known) const {
  if (!value_.is_object()) fail("is not an object");
  for (const auto& [key, ignored] : value_.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto near = nearest_word(key, std::vector<std::string>(known.begin(), known.end()));
    fail(fmt::format("has the unknown key '{}'{}", printable(key),
                     near ? fmt::format(" (did you mean '{}'?)", *near) : std::string()));
  }
}

}  // namespace regimetry

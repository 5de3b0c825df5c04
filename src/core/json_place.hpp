// A value in a JSON document together with where it stands, so that a complaint about it can say so.
//
// Why strict: a file that was damaged or made by something else must not decide anything. A missing key,
// an unknown key and a value of another type are all errors that name the place, as in `scaler.json:
// groups[0].steps[3].mean`.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace regimetry {

class JsonPlace {
 public:
  // Borrows `value`. For messages: `source` is the file, `remedy` what its owner can do: "fit it again".
  JsonPlace(const nlohmann::json& value, std::string source, std::string remedy = "make it again")
      : value_(value), source_(std::move(source)), remedy_(std::move(remedy)) {}

  // Each throws Error (kData) unless the value is what is asked for.
  [[nodiscard]] JsonPlace at(const std::string& key) const;  // a member of this object
  [[nodiscard]] std::vector<JsonPlace> elements() const;     // of this list
  [[nodiscard]] double number() const;                       // finite
  [[nodiscard]] std::int64_t whole_number() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] TimestampNs stamp() const;  // as format_timestamp() writes it
  [[nodiscard]] std::vector<double> numbers() const;
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] bool has(const std::string& key) const;
  // As it stands, whatever it is.
  [[nodiscard]] const nlohmann::json& json() const noexcept { return value_; }
  // Every key of this object is one of these.
  void require_keys(std::initializer_list<std::string_view> known) const;
  // An error about this place: "scaler.json: groups[0] <problem>".
  [[noreturn]] void fail(const std::string& problem) const;

 private:
  [[nodiscard]] JsonPlace inside(const nlohmann::json& value, std::string place) const;

  const nlohmann::json& value_;
  std::string source_, remedy_, place_;
};

}  // namespace regimetry

#include "hostile/hostile_files.hpp"

#include <fstream>
#include <iterator>
#include <utility>

namespace regimetry::hostile {

Expectation fails() {
  return {};
}
Expectation fails_or(ExpectedBars bars) {
  return {.may_fail = true, .outcomes = {std::move(bars)}, .any_content = false};
}
Expectation gives(ExpectedBars bars) {
  return {.may_fail = false, .outcomes = {std::move(bars)}, .any_content = false};
}
Expectation loads() {
  return {.may_fail = false, .outcomes = {}, .any_content = true};
}
Expectation survives() {
  return {.may_fail = true, .outcomes = {}, .any_content = true};
}

HostileCases all_cases() {
  HostileCases all;
  for (const auto& collection : {csv_path_cases, csv_byte_cases, csv_table_cases, csv_value_cases,
                                 parquet_cases, npy_cases, safetensors_cases, yaml_cases}) {
    HostileCases cases = collection();
    std::move(cases.begin(), cases.end(), std::back_inserter(all));
  }
  return all;
}

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream.exceptions(std::ios::badbit | std::ios::failbit);
  stream << bytes;
}

HostileCase bytes_case(Format format, std::string name, std::string description, std::string file_name,
                       Expectation expectation, std::string bytes) {
  return {std::move(name),
          std::move(description),
          format,
          std::move(file_name),
          std::move(expectation),
          [bytes = std::move(bytes)](const std::filesystem::path& path) { write_bytes(path, bytes); }};
}

HostileCase lazy_case(Format format, std::string name, std::string description, std::string file_name,
                      Expectation expectation, std::function<std::string()> bytes) {
  return {std::move(name),
          std::move(description),
          format,
          std::move(file_name),
          std::move(expectation),
          [bytes = std::move(bytes)](const std::filesystem::path& path) { write_bytes(path, bytes()); }};
}

std::string random_bytes(std::uint64_t seed, std::size_t count) {
  std::string bytes;
  bytes.reserve(count);
  for (std::uint64_t state = seed; bytes.size() < count;) {  // SplitMix64 (Steele, Lea, Flood 2014)
    std::uint64_t z = state += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30U) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27U) * 0x94d049bb133111ebU;
    bytes += static_cast<char>((z ^ z >> 31U) >> 56U);
  }
  return bytes;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace regimetry::hostile

// Bad and hostile input files, and what a reader may make of each.
//
// Every case is made by code, the same bytes on every run. Nothing here knows how the readers work: the
// expectation of a case follows from what the file says, or fails to say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace regimetry::hostile {

struct ExpectedBar {
  TimestampNs stamp = 0;
  double open = 0, high = 0, low = 0, close = 0;
  double volume = 0;  // NaN: the file names none
};
using ExpectedBars = std::vector<ExpectedBar>;

enum class Format { kMarket, kNpy, kSafetensors, kYaml };

struct Expectation {
  bool may_fail = true;
  // What may come out, bar by bar. Empty: nothing may, an error is the only right answer.
  std::vector<ExpectedBars> outcomes;
  // The content may be anything: the damage cannot be told from other values (flipped bits without a
  // checksum), or the file is good and proves that the driver can tell. Only crashing, hanging and unclean
  // bars are wrong.
  bool any_content = false;
};
[[nodiscard]] Expectation fails();
[[nodiscard]] Expectation fails_or(ExpectedBars bars);
[[nodiscard]] Expectation gives(ExpectedBars bars);
[[nodiscard]] Expectation loads();     // must not fail; any content
[[nodiscard]] Expectation survives();  // any end but a crash

struct HostileCase {
  std::string name;         // unique within its format
  std::string description;  // what is wrong with the file
  Format format = Format::kMarket;
  std::string file_name;  // the name it gets in the folder of the run
  Expectation expectation;
  std::function<void(const std::filesystem::path&)>
      make;  // creates it there (or, for a missing file, does not)
};
using HostileCases = std::vector<HostileCase>;

// The collections, one per file of this folder.
[[nodiscard]] HostileCases
csv_path_cases();  // what can stand at a path: pipes, folders, odd names, packed files
[[nodiscard]] HostileCases csv_byte_cases();   // encodings and things that are not tables
[[nodiscard]] HostileCases csv_table_cases();  // tables with the wrong shape
[[nodiscard]] HostileCases csv_value_cases();  // tables with wrong dates and numbers
[[nodiscard]] HostileCases parquet_cases();
[[nodiscard]] HostileCases npy_cases();
[[nodiscard]] HostileCases safetensors_cases();
[[nodiscard]] HostileCases yaml_cases();
[[nodiscard]] HostileCases all_cases();

// Helpers of the collections.
void write_bytes(const std::filesystem::path& path, std::string_view bytes);
[[nodiscard]] HostileCase bytes_case(Format format, std::string name, std::string description,
                                     std::string file_name, Expectation expectation, std::string bytes);
// For large content: made only when the case runs.
[[nodiscard]] HostileCase lazy_case(Format format, std::string name, std::string description,
                                    std::string file_name, Expectation expectation,
                                    std::function<std::string()> bytes);
// `count` bytes that look random; the same for the same seed.
[[nodiscard]] std::string random_bytes(std::uint64_t seed, std::size_t count);
[[nodiscard]] std::string replaced(std::string text, std::string_view from,
                                   std::string_view to);  // every occurrence
[[nodiscard]] std::string repeated(std::string_view text, std::size_t count);

}  // namespace regimetry::hostile

// What cluster, interpret and assign read: matrices, labelled tables, models and baselines of earlier runs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <tuple>

#include "core/atomic_file.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/temporary_folder.hpp"
#include "hostile/hostile_runner.hpp"
#include "labelling/labelled_table.hpp"
#include "labelling/regime_source.hpp"
#include "regimes/alignment/label_baseline.hpp"
#include "regimes/model/fit_method.hpp"
#include "regimes/model/regime_model_files.hpp"

namespace regimetry::hostile {
namespace {

using namespace regimetry::regimes;

// Files that other readers are fed: any end but a crash, a riddle or a hang will do.
HostileCases without_bars(HostileCases cases) {
  for (HostileCase& one : cases)
    if (!one.expectation.outcomes.empty() || one.expectation.any_content) one.expectation = survives();
  return cases;
}

ExpectedBars read_rows(const std::filesystem::path& path) {
  ThreadPool pool(2);
  const labelling::RegimeSource source = labelling::read_regime_source(path, {}, {}, pool, silent_observer());
  if (!source.values.allFinite()) throw std::logic_error("a row is not finite");
  return {};
}

ExpectedBars interpret(const std::filesystem::path& path) {
  ThreadPool pool(2);
  std::ignore = labelling::read_labelled_table(path, "Cluster_ID", {}, pool, silent_observer());
  return {};
}

// The two files of a small model.
struct ModelBytes {
  std::string json, tensors;
};

ModelBytes model_bytes(RegimeMethod method) {
  MatrixF values(240, 2);
  RngStream stream(4);
  for (int row = 0; row < 240; ++row)
    for (int column = 0; column < 2; ++column)
      values(row, column) = static_cast<float>(10.0 * (row / 40 % 3) + stream.normal());
  const std::vector<IndexRange> sequences = {{0, 240}};
  const RegimeRows rows{values, sequences};
  ThreadPool pool(1);
  RegimeOptions options;
  options.method = method;
  options.regime_count = 3;
  MethodFit fitted = fit_method(rows, options, Rng(1), pool);
  std::vector<std::int32_t> ids = {0, 1, 2};
  ids.resize(static_cast<std::size_t>(fitted.method->regime_count()));
  const TemporaryFolder folder;
  write_regime_model(folder / "model",
                     RegimeModel(RowScaler::identity(2), fitted.method, ids, NoveltyGauge(rows, {}, pool),
                                 {.columns = {"a", "b"}, .trained_rows = 240}));
  return {read_file(folder / "model/regime_model.json"),
          read_file(folder / "model/regime_model.safetensors")};
}

HostileCase model_case(std::string name, std::string description, ModelBytes bytes, Expectation expectation) {
  return {std::move(name),
          std::move(description),
          Format::kSafetensors,
          "model",
          std::move(expectation),
          [bytes = std::move(bytes)](const std::filesystem::path& path) {
            std::filesystem::create_directory(path);
            write_bytes(path / "regime_model.json", bytes.json);
            write_bytes(path / "regime_model.safetensors", bytes.tensors);
          }};
}

HostileCases model_cases(RegimeMethod method) {
  const ModelBytes good = model_bytes(method);
  HostileCases cases = {model_case("good", "a sound model", good, loads())};
  for (const std::size_t parts : {0, 1, 3, 7, 15}) {
    ModelBytes cut = good;
    cut.json.resize(good.json.size() * parts / 16);
    cases.push_back(model_case(fmt::format("json_cut_{}", parts), "the JSON ends early", cut, fails()));
    cut = good;
    cut.tensors.resize(good.tensors.size() * parts / 16);
    cases.push_back(model_case(fmt::format("tensors_cut_{}", parts), "the tensors end early", cut, fails()));
  }
  // A digest covers the tensors, so no flipped bit of them passes. The JSON may say other things that are as
  // sound.
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    ModelBytes flipped = good;
    RngStream stream(seed);
    flipped.tensors[stream.below(flipped.tensors.size())] ^= static_cast<char>(1 << stream.below(8));
    cases.push_back(model_case(fmt::format("tensors_flip_{}", seed), "a bit of the tensors is flipped",
                               flipped, fails()));
    flipped = good;
    flipped.json[stream.below(flipped.json.size())] ^= static_cast<char>(1 << stream.below(7));
    cases.push_back(
        model_case(fmt::format("json_flip_{}", seed), "a bit of the JSON is flipped", flipped, survives()));
  }
  cases.push_back(model_case("json_list", "the JSON is a list", {"[]", good.tensors}, fails()));
  cases.push_back(
      model_case("json_deep", "the JSON is very deep", {repeated("[", 100'000), good.tensors}, fails()));
  cases.push_back(
      model_case("noise", "both files are noise", {random_bytes(1, 5'000), random_bytes(2, 5'000)}, fails()));
  for (const auto& [from, to] : {std::pair{"\"ids\": [", "\"ids\": [-1, "},
                                 {"\"trained_rows\": 240", "\"trained_rows\": 1e99"},
                                 {"\"columns\"", "\"colums\""},
                                 {"\"a\"", "7"}})
    if (good.json.find(from) != std::string::npos)
      cases.push_back(model_case(fmt::format("json_{}", to), "a wrong value",
                                 {replaced(good.json, from, to), good.tensors}, fails()));
  return cases;
}

HostileCases baseline_cases() {
  const auto one = [](std::string name, std::string description, std::string bytes,
                      Expectation expectation = fails()) {
    return bytes_case(Format::kMarket, std::move(name), std::move(description), "baseline.csv",
                      std::move(expectation), std::move(bytes));
  };
  const std::string good =
      "timestamp,symbol,Cluster_ID\n2024-01-02T00:00:00Z,AAA,0\n2024-01-03T00:00:00Z,AAA,1\n";
  return {
      one("good", "a sound baseline", good, loads()),
      one("empty", "no byte", ""),
      one("header_only", "no row", "timestamp,Cluster_ID\n"),
      one("other_header", "another table", "date,close\n2024-01-02,1\n"),
      one("cut", "ends within a row", good.substr(0, good.size() - 4)),
      one("quote", "a quote is never closed", "timestamp,symbol,Cluster_ID\n2024-01-02T00:00:00Z,\"AAA,0\n"),
      one("negative", "a negative number", replaced(good, ",1\n", ",-1\n")),
      one("huge", "a number beyond 32 bits", replaced(good, ",1\n", ",99999999999\n")),
      one("word", "a word for a number", replaced(good, ",1\n", ",bull\n")),
      one("backwards", "stamps go back", replaced(good, "2024-01-03", "2024-01-01")),
      one("no_stamp", "a date that does not exist", replaced(good, "2024-01-03", "2024-02-30")),
      one("zeros", "zero bytes in the header", "timestamp" + std::string(3, '\0') + ",Cluster_ID\n"),
      one("noise", "noise", random_bytes(3, 10'000)),
      one("long_line", "a line of 50 MB", "timestamp,Cluster_ID\n" + repeated("9", 50'000'000))};
}

TEST(HostileRegimes, MatricesOfRows) {
  run_cases(without_bars(npy_cases()), read_rows);
}

TEST(HostileRegimes, LabelledTables) {
  for (const HostileCases& cases : {csv_byte_cases(), csv_table_cases(), csv_value_cases(), parquet_cases()})
    run_cases(without_bars(cases), interpret);
}

TEST(HostileRegimes, Models) {
  for (const RegimeMethod method : all_methods())
    run_cases(model_cases(method), [](const std::filesystem::path& path) {
      std::ignore = read_regime_model(path);
      return ExpectedBars();
    });
}

TEST(HostileRegimes, Baselines) {
  run_cases(baseline_cases(), [](const std::filesystem::path& path) {
    std::ignore = read_baseline(path);
    return ExpectedBars();
  });
}

}  // namespace
}  // namespace regimetry::hostile

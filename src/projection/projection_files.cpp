#include "projection/projection_files.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/npy.hpp"

namespace regimetry::projection {
namespace {

void check_length(std::size_t length, std::size_t wanted, bool may_be_absent, std::string_view what) {
  if (length == wanted || (may_be_absent && length == 0)) return;
  throw Error(ErrorKind::kUsage, fmt::format("projection files: {} {} for {} points", length, what, wanted));
}

// As CSV wants it: in quotes where it holds a comma, a quote or a line end.
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_text(const Eigen::Ref<const MatrixF>& coordinates, const PointFacts& facts) {
  std::string text = fmt::format("timestamp{},x,y{}\n", facts.symbols.empty() ? "" : ",symbol",
                                 facts.cluster_ids.empty() ? "" : ",Cluster_ID");
  const auto out = std::back_inserter(text);
  for (std::size_t i = 0; i < facts.timestamps.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    text += format_timestamp(facts.timestamps[i]);
    if (!facts.symbols.empty()) fmt::format_to(out, ",{}", csv_cell(facts.symbols[i]));
    fmt::format_to(out, ",{},{}", coordinates(row, 0), coordinates(row, 1));
    if (!facts.cluster_ids.empty()) fmt::format_to(out, ",{}", facts.cluster_ids[i]);
    text += '\n';
  }
  return text;
}

}  // namespace

void write_projection(const std::filesystem::path& folder, std::string_view method,
                      const Eigen::Ref<const MatrixF>& coordinates, const PointFacts& facts) {
  const auto count = static_cast<std::size_t>(coordinates.rows());
  if (coordinates.cols() != 2) {
    throw Error(ErrorKind::kUsage,
                fmt::format("projection files: points have {} coordinates, not 2", coordinates.cols()));
  }
  check_length(facts.timestamps.size(), count, false, "timestamps");
  check_length(facts.symbols.size(), count, true, "symbols");
  check_length(facts.cluster_ids.size(), count, true, "labels");
  const MatrixF plain = coordinates;
  const std::array<std::int64_t, 2> shape{plain.rows(), 2};
  write_npy(folder / fmt::format("{}_coords.npy", method),
            std::span<const float>(plain.data(), static_cast<std::size_t>(plain.size())), shape);
  write_file_atomically(folder / fmt::format("{}_coords.csv", method), csv_text(plain, facts));
}

}  // namespace regimetry::projection

// The table that regimes are laid over: bars, or any rows in time, with every column as it came.
//
// Shape:  as InputTable: one segment per instrument.
// Units:  returns are logs of close over the close before; NaN where there is none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/transform/transform_input.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::labelling {

class BarTable {
 public:
  // Reads any table with a time column. `close_column`: the column of prices; absent: the one that its name
  // says most surely, if any. Throws Error: kUsage when it is named and not there.
  BarTable(const std::filesystem::path& path, const std::optional<std::string>& close_column,
           const market::ReadOptions& reading, ThreadPool& pool, Observer& observer);

  [[nodiscard]] const features::InputTable& table() const noexcept { return input_.table(); }
  [[nodiscard]] const std::optional<std::string>& close_column() const noexcept { return close_column_; }
  // Of a segment, [T] each; empty when there is no column of prices.
  [[nodiscard]] std::span<const double> close(std::size_t segment) const noexcept;
  [[nodiscard]] std::span<const double> returns(std::size_t segment) const noexcept;

 private:
  void choose_close(const std::optional<std::string>& wanted);
  void take_prices();

  features::TransformInput input_;
  std::optional<std::string> close_column_;
  std::vector<std::vector<double>> close_, returns_;  // per segment
};

}  // namespace regimetry::labelling

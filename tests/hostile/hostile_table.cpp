#include "hostile/hostile_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace regimetry::hostile {

ExpectedBar plain_bar(int bar_idx) {
  constexpr TimestampNs kFirstStamp = 1'704'153'600 * kNsPerSecond;  // 2024-01-02T00:00:00Z
  const double open = 100.25 + bar_idx;
  return {kFirstStamp + bar_idx * kNsPerDay, open, open + 2, open - 1, open + 1, 1000.0 + 10 * bar_idx};
}

ExpectedBars plain_bars() {
  ExpectedBars bars;
  for (int i = 0; i < kPlainBarCount; ++i) bars.push_back(plain_bar(i));
  return bars;
}

std::vector<std::string> plain_cells(int bar_idx) {
  const ExpectedBar bar = plain_bar(bar_idx);
  return {fmt::format("2024-01-{:02}", 2 + bar_idx),
          fmt::format("{}", bar.open),
          fmt::format("{}", bar.high),
          fmt::format("{}", bar.low),
          fmt::format("{}", bar.close),
          fmt::format("{}", 1000 + 10 * bar_idx)};
}

std::string joined(const std::vector<std::string>& cells, std::string_view separator) {
  return fmt::format("{}", fmt::join(cells, separator));
}

std::string plain_table(std::string_view line_end) {
  std::string text = std::string(kPlainHeader) + std::string(line_end);
  for (int i = 0; i < kPlainBarCount; ++i) text += joined(plain_cells(i)) + std::string(line_end);
  return text;
}

std::string changed_table(const ChangeRow& change, std::string_view header, std::string_view separator) {
  std::string text = header.empty() ? "" : std::string(header) + "\n";
  for (int i = 0; i < kPlainBarCount; ++i) {
    std::vector<std::string> cells = plain_cells(i);
    change(i, cells);
    text += joined(cells, separator) + "\n";
  }
  return text;
}

std::string table_with_cell(int column, std::string_view cell) {
  return changed_table([&](int i, std::vector<std::string>& cells) {
    if (i == kChangedRow) cells[static_cast<std::size_t>(column)] = cell;
  });
}

ExpectedBars bars_with(const std::function<void(ExpectedBar&)>& change) {
  ExpectedBars bars = plain_bars();
  change(bars[kChangedRow]);
  return bars;
}

HostileCase csv_case(std::string name, std::string description, Expectation expectation, std::string bytes) {
  return bytes_case(Format::kMarket, std::move(name), std::move(description), "x.csv", std::move(expectation),
                    std::move(bytes));
}

HostileCase large_csv_case(std::string name, std::string description, Expectation expectation,
                           std::function<std::string()> bytes) {
  return lazy_case(Format::kMarket, std::move(name), std::move(description), "x.csv", std::move(expectation),
                   std::move(bytes));
}

}  // namespace regimetry::hostile

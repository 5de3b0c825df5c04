#include "report/figures/transition_heatmap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "report/figures/run_title.hpp"

namespace regimetry::report {
namespace {

using Matrix = std::vector<std::vector<double>>;  // [K, K], NaN where the file says null

constexpr double kTableLeft = 190, kTableWidth = 1000, kHeadings = 64, kFoot = 30;
constexpr std::size_t kMostWithIntervals = 8;

struct Transitions {
  Matrix chances, low, high;      // the intervals are empty when none were made
  std::vector<std::int32_t> ids;  // of each row and column: numbers that no bar has are left out
};

Matrix matrix_of(const nlohmann::ordered_json& transitions, const char* key) {
  Matrix matrix;
  if (!transitions.contains(key) || !transitions[key].is_array()) return matrix;
  for (const auto& row : transitions[key]) {
    std::vector<double>& values = matrix.emplace_back();
    for (const auto& value : row)
      values.push_back(value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN());
  }
  return matrix;
}

// Only these rows and columns.
Matrix cut(const Matrix& matrix, const std::vector<std::int32_t>& ids) {
  Matrix small;
  if (matrix.empty()) return small;
  for (const std::int32_t row : ids) {
    std::vector<double>& values = small.emplace_back();
    for (const std::int32_t column : ids)
      values.push_back(matrix.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column)));
  }
  return small;
}

// Regimes with rows; all where the structure does not say.
std::vector<std::int32_t> occurring(const nlohmann::ordered_json& structure, std::size_t count) {
  std::vector<std::int32_t> ids;
  for (std::size_t id = 0; id < count; ++id) {
    const auto regimes = structure.find("regimes");
    const bool is_described = regimes != structure.end() && regimes->size() == count;
    if (!is_described || regimes->at(id).value("rows", 1) > 0) ids.push_back(static_cast<std::int32_t>(id));
  }
  return ids;
}

std::optional<Transitions> transitions_of(const nlohmann::ordered_json& structure) {
  if (!structure.is_object() || !structure.contains("transitions")) return std::nullopt;
  const auto& json = structure["transitions"];
  const Matrix chances = matrix_of(json, "probabilities");
  if (chances.empty()) return std::nullopt;
  const std::vector<std::int32_t> ids = occurring(structure, chances.size());
  return Transitions{cut(chances, ids), cut(matrix_of(json, "low"), ids), cut(matrix_of(json, "high"), ids),
                     ids};
}

// Sizes that depend on how many regimes share the width.
struct Table {
  std::size_t count = 0;
  double top = 0, cell_width = 0, cell_height = 0, letters = 0;
  bool has_intervals = false;
  [[nodiscard]] Box cell(std::size_t row, std::size_t column) const {
    return {kTableLeft + static_cast<double>(column) * cell_width,
            top + static_cast<double>(row) * cell_height, cell_width, cell_height};
  }
  [[nodiscard]] double bottom() const { return cell(count, 0).top; }
};

Table table_of(const Transitions& transitions, const FigureStyle& style) {
  Table table{.count = transitions.chances.size(), .top = style.head_height + kHeadings};
  const double share = kTableWidth / static_cast<double>(table.count);
  table.cell_width = std::min(share, 210.0);
  table.cell_height = std::min(table.cell_width, std::max(34.0, table.cell_width * 0.5));
  table.letters = std::clamp(table.cell_width / 3.4, 12.0, 21.0);
  table.has_intervals = table.count <= kMostWithIntervals && transitions.low.size() == table.count &&
                        transitions.high.size() == table.count;
  return table;
}

// In percent, without the sign: "97.2", "<0.1", "0".
std::string chance_text(double chance) {
  if (chance == 0 || chance == 1) return fmt::format("{:.0f}", chance * 100);
  if (chance < 0.0005) return "<0.1";
  return chance >= 0.9995 ? ">99.9" : fmt::format("{:.1f}", chance * 100);
}

// Whether no transition began in this regime: all its chances are zero or unknown.
bool is_never_left(const std::vector<double>& row) {
  return std::ranges::all_of(row, [](double chance) { return !(chance > 0); });
}

void draw_cell(Canvas& canvas, const FigureStyle& style, const Transitions& transitions, const Table& table,
               std::size_t row, std::size_t column) {
  const double chance = transitions.chances[row][column];
  const bool is_unknown = is_never_left(transitions.chances[row]);
  const Box cell = table.cell(row, column);
  const Color shade = is_unknown ? Color{0.96, 0.96, 0.96} : blue_shade(std::sqrt(chance));
  canvas.fill(cell, shade);

  const Color ink = is_dark(shade) ? Color{1, 1, 1} : chance > 0 ? style.ink : style.muted;
  const double middle = cell.left + cell.width / 2, base = cell.top + cell.height / 2 + table.letters * 0.35;
  const bool has_interval = table.has_intervals && chance > 0;
  canvas.text(is_unknown ? "\u2013" : chance_text(chance),
              {middle, has_interval ? base - table.letters * 0.5 : base},
              {table.letters, ink, Align::kCenter});
  if (!has_interval) return;
  const std::string interval = fmt::format("{:.1f}\u2013{:.1f}", transitions.low[row][column] * 100,
                                           transitions.high[row][column] * 100);
  canvas.text(interval, {middle, base + table.letters * 0.6},
              {std::min(table.letters * 0.72, 15.0), ink, Align::kCenter});
}

void draw_grid(Canvas& canvas, const FigureStyle& style, const Table& table) {
  for (std::size_t i = 0; i <= table.count; ++i) {
    const Box row = table.cell(i, 0), column = table.cell(0, i);
    canvas.line({row.left, row.top}, {table.cell(0, table.count).left, row.top}, style.grid);
    canvas.line({column.left, column.top}, {column.left, table.bottom()}, style.grid);
  }
}

// A number and its colour before each row and above each column.
void draw_headings(Canvas& canvas, const FigureStyle& style, const Table& table,
                   const std::vector<std::int32_t>& ids) {
  constexpr double kSwatch = 12;
  for (std::size_t i = 0; i < table.count; ++i) {
    const std::int32_t id = ids[i];
    const Box row = table.cell(i, 0), column = table.cell(0, i);
    const double row_middle = row.top + row.height / 2, column_middle = column.left + column.width / 2;
    const Color color = style.color_of_regime(id);
    canvas.fill({row.left - kSwatch - 4, row.top + 2, kSwatch, row.height - 4}, color);
    canvas.text(fmt::format("{}", id), {row.left - kSwatch - 14, row_middle + 6}, style.text(Align::kRight));
    canvas.fill({column.left + 2, column.top - kSwatch - 4, column.width - 4, kSwatch}, color);
    canvas.text(fmt::format("{}", id), {column_middle, column.top - kSwatch - 12},
                style.text(Align::kCenter));
  }
  const double middle = (table.top + table.bottom()) / 2;
  canvas.text("from regime", {kTableLeft - 72, middle},
              {style.text_size, style.muted, Align::kCenter, /*is_bold=*/false, /*reads_upwards=*/true});
  canvas.text("to regime", {kTableLeft - 14, table.top - 24}, {style.text_size, style.muted, Align::kRight});
}

// The shades from 0 to 100 % beside the table.
void draw_scale(Canvas& canvas, const FigureStyle& style, const Table& table) {
  constexpr int kSlices = 100;
  constexpr std::array kMarks = {0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0};
  const double height = std::clamp(table.bottom() - table.top, 120.0, 420.0);
  const Box bar{table.cell(0, table.count).left + 40, table.top, 22, height};
  // From the top down, each down to the foot of the bar: the next covers all but its own slice, without a
  // seam.
  for (int slice = 0; slice < kSlices; ++slice) {
    const double part = slice / static_cast<double>(kSlices);
    canvas.fill({bar.left, bar.top + part * height, bar.width, (1 - part) * height},
                blue_shade(1 - part - 0.5 / kSlices));
  }
  canvas.outline(bar, style.muted);
  for (const double mark : kMarks) {
    const double y = bar.bottom() - std::sqrt(mark) * height;
    canvas.line({bar.right(), y}, {bar.right() + 5, y}, style.muted);
    canvas.text(fmt::format("{:.0f} %", mark * 100), {bar.right() + 10, y + 5}, style.small_text());
  }
}

std::string subtitle_of(const RegimeRun& run, const Table& table) {
  return fmt::format(
      "percent{} \u00b7 rows sum to 100, on the diagonal the regime stays \u00b7 final labels \u00b7 {}",
      table.has_intervals ? ", small: 95 % interval" : "", span_words(run));
}

}  // namespace

std::optional<Figure> transition_heatmap(const RegimeRun& run, const FigureStyle& style) {
  const auto transitions = transitions_of(run.final_labels.structure);
  if (!transitions) return std::nullopt;
  const Table table = table_of(*transitions, style);
  const double height = std::max(table.bottom(), table.top + 130) + kFoot;
  return Figure{height, [=, transitions = *transitions, &run, &style](Canvas& canvas) {
                  draw_head(canvas, style, run_title(run, "chance of each regime at the next bar"),
                            subtitle_of(run, table));
                  for (std::size_t row = 0; row < table.count; ++row) {
                    for (std::size_t column = 0; column < table.count; ++column)
                      draw_cell(canvas, style, transitions, table, row, column);
                  }
                  draw_grid(canvas, style, table);
                  draw_headings(canvas, style, table, transitions.ids);
                  draw_scale(canvas, style, table);
                }};
}

}  // namespace regimetry::report

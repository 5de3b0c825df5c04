#include "market/reading/text/row_problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "core/error.hpp"
#include "market/reading/number_format.hpp"
#include "market/reading/text/not_a_table.hpp"

namespace regimetry::market {
namespace {

std::string and_more(std::int64_t problem_count) {
  if (problem_count <= 1) return {};
  return fmt::format(" ({} more {} after it.)", problem_count - 1,
                     problem_count == 2 ? "problem comes" : "problems come");
}

// The last line of the web page that begins at `first_line`: the one with </html>, looked for in the next
// chunks.
std::int64_t last_line_of_page(const TextSource& source, const TextSurvey& survey, std::int64_t first_line) {
  constexpr std::int64_t kMaxPageLines = 20'000;
  std::string buffer;
  for (const TextChunk& chunk : survey.chunks) {
    if (chunk.first_line + chunk.line_count <= first_line || chunk.first_line > first_line + kMaxPageLines)
      continue;
    std::string_view text = source.read_lines(chunk.begin, chunk.end, buffer);
    for (std::int64_t line = chunk.first_line; !text.empty(); ++line) {
      const std::size_t end = text.find('\n');
      if (line >= first_line && text.substr(0, end).find("</html>") != std::string_view::npos) return line;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  return 0;
}

std::string describe_html(const RowProblem& problem, const TextSource& source, const TextSurvey& survey) {
  const std::int64_t last = last_line_of_page(source, survey, problem.line);
  const std::string where = last > problem.line ? fmt::format("lines {} to {}", problem.line, last)
                                                : fmt::format("line {}", problem.line);
  const std::string command =
      last > problem.line ? fmt::format(" (sed -i '{},{}d' '{}' does it)", problem.line, last, source.name())
                          : std::string();
  return fmt::format(
      "{}:{}: a web page begins among the rows: '{}'. A download answered with a page and it was appended to "
      "the "
      "data. Delete {}{}, and fetch what is missing again.",
      source.name(), problem.line, problem.text, where, command);
}

std::string describe_cell_count(const RowProblem& problem, const TableLayout& layout,
                                const TextSource& source, const TextSurvey& survey) {
  if (looks_like_html(problem.text)) return describe_html(problem, source, survey);
  const std::string_view hint =
      problem.line == survey.line_count && problem.cell_count < std::ssize(layout.columns)
          ? "It is the last line: the file seems to be cut off; fetch it again or delete the line."
          : "Correct or delete the row; a cell that holds the separator must stand in quotes.";
  return fmt::format("{}:{}: has {} cell{} where the table has {} columns: '{}'. {}", source.name(),
                     problem.line, problem.cell_count, problem.cell_count == 1 ? "" : "s",
                     layout.columns.size(), problem.text, hint);
}

std::string describe_number(const RowProblem& problem, const ReadPlan& plan, const std::string& place) {
  const NumberStyle style = plan.columns[static_cast<std::size_t>(problem.column_idx)].style;
  if (number_styles(problem.text) != 0) {
    return fmt::format(
        "{} holds '{}', which is no number with '{}' as the decimal mark, as the rest of the file has it. "
        "Write "
        "it like the others, or say which mark is right with --decimal-mark.",
        place, problem.text, style.decimal);
  }
  return fmt::format(
      "{} holds '{}', which is not a number. Correct the cell (leave it empty when there is no value) or "
      "delete "
      "the row.",
      place, problem.text);
}

std::string describe_time(const RowProblem& problem, const std::string& place) {
  const std::optional<TimeParts> parts = scan_time(problem.text);
  if (parts && parts->kind == TimeParts::Kind::kEpoch && !parts->unit) {
    return fmt::format(
        "{} holds '{}', which is no date, and as a count since 1970 fits no unit. If it counts seconds, ms, "
        "us or "
        "ns, say which with --timestamp-unit; a spreadsheet's day number must be saved as a date.",
        place, problem.text);
  }
  if (parts && parts->compact_digits > 0) {
    return fmt::format(
        "{} holds '{}', which is no date. If it is a spreadsheet's day number, save the column as dates; if "
        "it "
        "counts seconds, ms, us or ns since 1970, say which with --timestamp-unit.",
        place, problem.text);
  }
  if (parts && possible_orders(*parts) != 0) {
    return fmt::format(
        "{} holds '{}', which is no date in the order of the others. Correct it, or say the order with "
        "--date-order day-first, month-first or year-first.",
        place, problem.text);
  }
  return fmt::format(
      "{} holds '{}', which is not a date or time that exists (years 1678 to 2262). Correct the cell or "
      "delete "
      "the row.",
      place, problem.text);
}

}  // namespace

void throw_row_problem(const ParsedRows& rows, const ReadPlan& plan, const TableLayout& layout,
                       const TextSource& source, const TextSurvey& survey) {
  const RowProblem& problem = *rows.first_problem;
  std::string place = fmt::format("{}:{}:", source.name(), problem.line);
  if (problem.column_idx >= 0) {
    place += fmt::format(" column '{}'", layout.columns[static_cast<std::size_t>(problem.column_idx)].name);
  }
  std::string message;
  switch (problem.kind) {
    case RowProblemKind::kCellCount:
      message = describe_cell_count(problem, layout, source, survey);
      break;
    case RowProblemKind::kOpenQuote:
      message = fmt::format("{} a quote opens here and never closes: '{}'. Close it or remove it.", place,
                            problem.text);
      break;
    case RowProblemKind::kNotANumber:
      message = describe_number(problem, plan, place);
      break;
    case RowProblemKind::kNotATime:
      message = describe_time(problem, place);
      break;
    case RowProblemKind::kNoTime:
      message = fmt::format("{} is empty: the row has no time. Fill it in or delete the row.", place);
      break;
    case RowProblemKind::kNotABoolean:
      message = fmt::format("{} holds '{}', which is neither true nor false. Correct the cell.", place,
                            problem.text);
      break;
    case RowProblemKind::kNotEmpty:
      message = fmt::format("{} holds '{}' where every other cell is empty. Correct the cell.", place,
                            problem.text);
      break;
  }
  // A page counts as one problem, however many lines it has.
  const bool is_page = problem.kind == RowProblemKind::kCellCount && looks_like_html(problem.text);
  throw Error(ErrorKind::kData, is_page ? message : message + and_more(rows.problem_count));
}

}  // namespace regimetry::market

#include "market/reading/text/date_order.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "core/error.hpp"
#include "market/reading/row_order.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/stamps.hpp"

namespace regimetry::market {
namespace {

struct OrderTrial {
  DateOrder order = DateOrder::kYearFirst;
  bool is_monotonic = false;
  std::vector<TimestampNs> stamps;
};

OrderTrial try_order(DateOrder order, const TextSource& source, const std::vector<TextChunk>& chunks,
                     bool quotes_span_lines, const TableLayout& layout, const ReadPlan& plan,
                     ThreadPool& pool) {
  ReadPlan trial_plan = plan;

  for (ColumnPlan& column : trial_plan.columns) {
    const bool tells_order =
        column.use == ColumnUse::kStamp || column.use == ColumnUse::kTimeOfDay || column.is_symbol;
    if (column.use == ColumnUse::kStamp) column.order = order;
    if (!tells_order) column.use = ColumnUse::kSkip;
  }
  ParsedRows rows = parse_rows(source, chunks, quotes_span_lines, layout, trial_plan, pool);
  const std::size_t stamp_column = join_date_and_time(layout, trial_plan, rows);
  const RowSteps steps = count_steps(rows.columns[stamp_column].times, symbol_codes(layout, rows));
  return {order, steps.is_monotonic(), std::move(rows.columns[stamp_column].times)};
}

[[noreturn]] void throw_open_order(const std::vector<OrderTrial>& trials, const ColumnEvidence& column,
                                   const std::string& column_name, const std::string& name) {
  std::string readings;
  for (const OrderTrial& trial : trials) {
    if (trial.stamps.empty()) continue;
    readings += fmt::format("\n  --date-order {:<12} first bar {}, last bar {}", date_order_name(trial.order),
                            format_timestamp_short(trial.stamps.front()),
                            format_timestamp_short(trial.stamps.back()));
  }
  throw Error(ErrorKind::kData, fmt::format("{}:{}: column '{}' holds '{}', and every date of the file can "
                                            "be read in more than one order:{}\nSay "
                                            "which is right with --date-order.",
                                            name, column.first_order_dependent.line, column_name,
                                            column.first_order_dependent.text, readings));
}

}  // namespace

DateOrder settle_date_order(const TextSource& source, const std::vector<TextChunk>& chunks,
                            bool quotes_span_lines, const TableLayout& layout, const TableEvidence& evidence,
                            const ReadPlan& plan, ThreadPool& pool) {
  std::vector<OrderTrial> trials;
  const OrderTrial* only_monotonic = nullptr;
  int monotonic_count = 0;
  for (std::size_t i = 0; i < kDateOrders.size(); ++i) {
    if ((plan.open_orders >> i & 1U) == 0) continue;
    trials.push_back(try_order(kDateOrders[i], source, chunks, quotes_span_lines, layout, plan, pool));
  }
  for (const OrderTrial& trial : trials) {
    if (!trial.is_monotonic) continue;
    ++monotonic_count;
    only_monotonic = &trial;
  }
  if (monotonic_count == 1) return only_monotonic->order;
  int stamp = layout.find_role(ColumnRole::kTimestamp);
  if (stamp < 0) stamp = layout.find_role(ColumnRole::kDate);
  const auto stamp_column = static_cast<std::size_t>(stamp);
  throw_open_order(trials, evidence.columns[stamp_column], layout.columns[stamp_column].name, source.name());
}

}  // namespace regimetry::market

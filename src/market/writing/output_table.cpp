#include "market/writing/output_table.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "market/writing/column_names.hpp"

namespace regimetry::market {
namespace {

std::vector<std::int64_t> time_order(const std::vector<TimestampNs>& stamps) {
  if (std::is_sorted(stamps.begin(), stamps.end())) return {};
  std::vector<std::int64_t> order(stamps.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    return stamps[static_cast<std::size_t>(a)] < stamps[static_cast<std::size_t>(b)];
  });
  return order;
}

std::vector<const Bars*> in_writing_order(const std::vector<Bars>& instruments) {
  std::vector<const Bars*> sorted;
  for (const Bars& bars : instruments) sorted.push_back(&bars);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Bars* a, const Bars* b) {
    return std::tie(a->symbol, a->timeframe.months, a->timeframe.nanoseconds) <
           std::tie(b->symbol, b->timeframe.months, b->timeframe.nanoseconds);
  });
  return sorted;
}

bool has_several_timeframes(const std::vector<const Bars*>& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const Bars* a, const Bars* b) {
           return a->symbol == b->symbol;
         }) != sorted.end();
}

}  // namespace

ColumnView view_of(const Column& column) {
  ColumnView view;
  switch (column.kind) {
    case ColumnKind::kNumber:
    case ColumnKind::kBoolean:
      view.numbers = column.numbers.data();
      break;
    case ColumnKind::kCategory:
      view.codes = column.codes.data();
      view.categories = &column.categories;
      break;
    case ColumnKind::kTime:
      view.times = column.times.data();
      break;
  }
  return view;
}

std::int64_t OutputTable::row_count() const noexcept {
  return std::accumulate(
      segments.begin(), segments.end(), std::int64_t{0},
      [](std::int64_t sum, const OutputSegment& segment) { return sum + segment.row_count; });
}

OutputTable output_table(const MarketData& data, RowOrder order) {
  OutputTable table;
  ColumnNames names;
  const auto add = [&](const std::string& name, ColumnKind kind) {
    table.columns.push_back({names.claim(name), kind});
  };
  add("timestamp", ColumnKind::kTime);
  add("symbol", ColumnKind::kCategory);
  for (const char* name : {"open", "high", "low", "close", "volume"}) add(name, ColumnKind::kNumber);

  const std::vector<const Bars*> instruments = in_writing_order(data.instruments);
  const bool tell_timeframes = has_several_timeframes(instruments);
  if (tell_timeframes) add("timeframe", ColumnKind::kCategory);
  // One column per name and kind: a name that is a number here and a word there becomes two columns.
  std::map<std::pair<std::string, ColumnKind>, std::size_t> extra_at;
  for (const Bars* bars : instruments) {
    for (const Column& extra : bars->extras) {
      if (extra_at.try_emplace({extra.name, extra.kind}, table.columns.size()).second)
        add(extra.name, extra.kind);
    }
  }

  for (const Bars* bars : instruments) {
    OutputSegment segment;
    segment.row_count = bars->size();
    if (order == RowOrder::kByTime) segment.order = time_order(bars->timestamps);
    segment.views.resize(table.columns.size());
    segment.views[0].times = bars->timestamps.data();
    segment.views[1].word = bars->symbol;
    std::size_t next = 2;
    for (const auto* values : {&bars->open, &bars->high, &bars->low, &bars->close, &bars->volume}) {
      segment.views[next++].numbers = values->empty() ? nullptr : values->data();
    }
    if (tell_timeframes) {
      table.timeframe_names.push_back(bars->timeframe.name());
      segment.views[next].word = table.timeframe_names.back();
    }
    for (const Column& extra : bars->extras)
      segment.views[extra_at.at({extra.name, extra.kind})] = view_of(extra);
    table.segments.push_back(std::move(segment));
  }
  return table;
}

OutputTable output_table(const SignalTable& signals) {
  OutputTable table;
  ColumnNames names;
  table.columns.push_back({names.claim("timestamp"), ColumnKind::kTime});
  OutputSegment segment;
  segment.row_count = signals.row_count();
  segment.views.emplace_back().times = signals.timestamps.data();
  for (const Column& column : signals.columns) {
    table.columns.push_back({names.claim(column.name), column.kind});
    segment.views.push_back(view_of(column));
  }
  table.segments.push_back(std::move(segment));
  return table;
}

}  // namespace regimetry::market

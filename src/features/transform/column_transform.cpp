#include "features/transform/column_transform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "features/transform/category_step.hpp"
#include "features/transform/in_sample.hpp"
#include "features/transform/match_columns.hpp"
#include "features/transform/missing_step.hpp"
#include "features/transform/transform_file.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;

// The segments that are fitted together.
struct SegmentGroup {
  std::string symbol;
  std::vector<const InputSegment*> segments;
};

std::vector<SegmentGroup> group_segments(const InputTable& table, bool per_symbol) {
  std::vector<SegmentGroup> groups;
  for (const InputSegment& segment : table.segments) {
    const std::string symbol = per_symbol ? segment.symbol : std::string();
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const SegmentGroup& group) { return group.symbol == symbol; });
    if (found == groups.end()) found = groups.insert(found, {symbol, {}});
    found->segments.push_back(&segment);
  }
  std::sort(groups.begin(), groups.end(),
            [](const SegmentGroup& a, const SegmentGroup& b) { return a.symbol < b.symbol; });
  return groups;
}

FittedRange range_of(const std::vector<const InputSegment*>& segments) {
  const InputSegment& any = *segments.front();
  FittedRange range{any.timestamps.front(), any.timestamps.back(),
                    any.clock.last_moment(any.timestamps.back()), 0};
  for (const InputSegment* segment : segments) {
    range.first = std::min(range.first, segment->timestamps.front());
    range.last = std::max(range.last, segment->timestamps.back());
    range.known = std::max(range.known, segment->clock.last_moment(segment->timestamps.back()));
    range.row_count += segment->row_count();
  }
  return range;
}

std::vector<std::string> symbols_of(const InputTable& table) {
  std::set<std::string> symbols;
  for (const InputSegment& segment : table.segments) symbols.insert(segment.symbol);
  return {symbols.begin(), symbols.end()};
}

std::vector<ColumnRows> rows_of(const std::vector<const InputSegment*>& segments, std::size_t column) {
  std::vector<ColumnRows> rows;
  for (const InputSegment* segment : segments) {
    rows.push_back({&segment->views[column], segment->row_count()});
  }
  return rows;
}

// One column fitted in every group.
struct FittedColumn {
  std::vector<std::unique_ptr<ColumnStep>> steps;  // one per group
  std::vector<ColumnFacts> facts;                  // one per group
};

// A column of a row-major matrix is spread over all its cache lines, so columns are fitted some at a time,
// from copies that were gathered in one pass. More at a time would need fewer passes and more room.
constexpr std::int64_t kColumnsTogether = 8;

// Some columns of a table, where they are strided as contiguous copies; the rest of the table's views is left
// as it is.
class GatheredColumns {
 public:
  GatheredColumns(const InputTable& table, std::span<const std::size_t> columns) : table_(table) {
    copies_.reserve(table.segments.size());
    for (InputSegment& segment : table_.segments) gather(segment, columns);
  }
  [[nodiscard]] const InputTable& table() const noexcept { return table_; }

 private:
  void gather(InputSegment& segment, std::span<const std::size_t> columns) {
    std::vector<std::size_t> strided;
    for (const std::size_t column : columns) {
      const market::ColumnView& view = segment.views[column];
      if (view.singles != nullptr && view.single_stride != 1) strided.push_back(column);
    }
    const auto rows = static_cast<std::size_t>(segment.row_count());
    std::vector<float>& copy = copies_.emplace_back(strided.size() * rows);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < strided.size(); ++i) {
        copy[i * rows + row] = segment.views[strided[i]].single_at(row);
      }
    }
    for (std::size_t i = 0; i < strided.size(); ++i) {
      segment.views[strided[i]].singles = copy.data() + i * rows;
      segment.views[strided[i]].single_stride = 1;
    }
  }

  InputTable table_;
  std::vector<std::vector<float>> copies_;  // one per segment
};

FittedColumn fit_column(const InputTable& train, const std::vector<SegmentGroup>& groups, std::size_t column,
                        const TransformOptions& options) {
  FittedColumn fitted;
  const ColumnKind kind = train.columns[column].kind;
  std::unique_ptr<ColumnStep> words;  // of all symbols, so that each has the same outputs
  if (kind == ColumnKind::kCategory) {
    words = make_step(kind, options);
    std::vector<const InputSegment*> all;
    for (const InputSegment& segment : train.segments) all.push_back(&segment);
    words->fit(rows_of(all, column));
  }
  for (const SegmentGroup& group : groups) {
    const std::vector<ColumnRows> rows = rows_of(group.segments, column);
    std::unique_ptr<ColumnStep> step = words ? words->clone() : make_step(kind, options);
    const ColumnFacts facts =
        words ? static_cast<CategoryStep&>(*step).fit_fill(rows) : step->fit(rows);  // NOLINT: made above
    if (!words && facts.is_empty()) step = std::make_unique<MissingStep>();
    fitted.steps.push_back(std::move(step));
    fitted.facts.push_back(facts);
  }
  return fitted;
}

ColumnReport report_of(const InputColumn& column, const FittedColumn& fitted,
                       const std::vector<SegmentGroup>& groups) {
  ColumnReport report{column.name, column.kind, 0, 0, 0, false, {}, {}, {}};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const ColumnFacts& facts = fitted.facts[g];
    report.rows += facts.rows;
    report.missing += facts.missing;
    report.infinite += facts.infinite;
    if (facts.is_empty())
      report.empty_in.push_back(groups[g].symbol);
    else if (facts.is_constant)
      report.constant_in.push_back(groups[g].symbol);
    if (facts.has_no_quartile_spread) report.without_quartile_spread_in.push_back(groups[g].symbol);
  }
  report.is_dropped = report.empty_in.size() == groups.size();
  return report;
}

std::vector<std::size_t> indices_of(const InputTable& table, const std::vector<std::string>& names) {
  std::vector<std::size_t> indices;
  for (const std::string& name : names) {
    const InputColumn* column = table.find(name);
    if (column == nullptr) {
      throw Error(ErrorKind::kInternal, fmt::format("'{}' is no column of the table", printable(name)));
    }
    indices.push_back(static_cast<std::size_t>(column - table.columns.data()));
  }
  std::sort(indices.begin(), indices.end());
  return indices;
}

void require_unique_outputs(const std::vector<std::string>& outputs, const std::string& source) {
  std::set<std::string> seen;
  for (const std::string& name : outputs) {
    if (seen.insert(name).second) continue;
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: two features would be called '{}'. Leave one out with --exclude-columns.",
                            printable(source), printable(name)));
  }
}

// The group of each segment.
std::vector<const TransformGroup*> match_groups(const InputTable& table, const FittedTransform& fitted) {
  std::vector<const TransformGroup*> groups;
  for (const InputSegment& segment : table.segments) {
    if (!fitted.options.per_symbol) {
      groups.push_back(&fitted.groups.front());
      continue;
    }
    const auto found =
        std::find_if(fitted.groups.begin(), fitted.groups.end(),
                     [&](const TransformGroup& group) { return group.symbol == segment.symbol; });
    if (found == fitted.groups.end()) {
      throw Error(
          ErrorKind::kData,
          fmt::format("{}: the transform was fitted per symbol and does not know '{}'. Fit it again with "
                      "this symbol, fit one for all symbols together, or take the symbol out.",
                      printable(table.source), printable(segment.symbol)));
    }
    groups.push_back(&*found);
  }
  return groups;
}

// A column that is scaled twice looks like one that is scaled once.
void require_untransformed(const InputTable& table) {
  if (table.origin.transformed_by.empty()) return;
  throw Error(ErrorKind::kUsage,
              fmt::format("{}: was already transformed, by {}. Give the features from before that.",
                          printable(table.source), table.origin.transformed_by));
}

// Rows that one thread transforms at a time.
struct Block {
  std::size_t segment = 0;
  IndexRange rows;
};

std::vector<Block> cut_into_blocks(const InputTable& table) {
  constexpr std::int64_t kRowsPerBlock = 1 << 13;
  std::vector<Block> blocks;
  for (std::size_t s = 0; s < table.segments.size(); ++s) {
    const std::int64_t count = table.segments[s].row_count();
    for (std::int64_t begin = 0; begin < count; begin += kRowsPerBlock) {
      blocks.push_back({s, {begin, std::min(begin + kRowsPerBlock, count)}});
    }
  }
  return blocks;
}

FeatureTable empty_table(const InputSegment& segment, const std::vector<std::string>& outputs) {
  FeatureTable table;
  table.symbol = segment.symbol;
  table.timeframe = segment.timeframe;
  table.bars_per_year = segment.bars_per_year;
  table.timestamps.assign(segment.timestamps.begin(), segment.timestamps.end());
  table.names = outputs;
  table.values.resize(segment.row_count(), static_cast<Eigen::Index>(outputs.size()));
  return table;
}

// Transforms the rows of one block; counts per column.
std::vector<StepCounts> transform_block(const InputTable& table, const Block& block,
                                        const std::vector<MatchedColumn>& columns,
                                        const TransformGroup& group, const FittedTransform& fitted,
                                        MatrixF& values) {
  static const market::ColumnView nothing;  // every value missing
  std::vector<StepCounts> counts;
  float* out = values.data() + block.rows.begin * values.cols();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const market::ColumnView& view =
        columns[c].is_empty ? nothing : table.segments[block.segment].views[columns[c].index];
    counts.push_back(group.steps[c]->transform(view, block.rows, out, values.cols()));
    out += static_cast<std::ptrdiff_t>(group.steps[c]->output_names(fitted.columns[c].name).size());
  }
  return counts;
}

void add_other_columns(const InputTable& table, const std::vector<MatchedColumn>& columns, FeatureData& data,
                       ThreadPool& pool) {
  std::vector<bool> is_other(table.columns.size(), true);
  for (const MatchedColumn& column : columns) is_other[column.index] = false;
  pool.parallel_for(static_cast<std::int64_t>(data.instruments.size()), 1, [&](IndexRange range) {
    for (auto s = static_cast<std::size_t>(range.begin); s < static_cast<std::size_t>(range.end); ++s) {
      const InputSegment& segment = table.segments[s];
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (!is_other[c]) continue;
        data.instruments[s].extras.push_back(
            copy_column(table.columns[c], segment.views[c], segment.row_count()));
      }
    }
  });
}

nlohmann::json applied_facts(const FittedTransform& fitted, Purpose purpose, const ApplyReport& report) {
  return {{"sha256", digest_of(fitted)},
          {"method", std::string(method_name(fitted.options.method))},
          {"fitted_first", format_timestamp(fitted.range.first)},
          {"fitted_last", format_timestamp(fitted.range.last)},
          {"fitted_known", format_timestamp(fitted.range.known)},
          {"purpose", purpose == Purpose::kPrediction ? "prediction" : "description"},
          {"in_sample_rows", report.in_sample_rows}};
}

}  // namespace

ColumnTransform::ColumnTransform(FittedTransform fitted)
    : options_(fitted.options), version_(fitted.version), fitted_(std::move(fitted)) {}

const FittedTransform& ColumnTransform::fitted() const {
  if (!fitted_) throw Error(ErrorKind::kInternal, "a transform was used before it was fitted");
  return *fitted_;
}

ColumnTransform& ColumnTransform::fit(const InputTable& train, const std::vector<std::string>& columns,
                                      ThreadPool& pool) {
  require_untransformed(train);
  if (train.row_count() == 0) {
    throw Error(ErrorKind::kData, fmt::format("{}: there is no row to fit on", printable(train.source)));
  }
  const std::vector<std::size_t> indices = indices_of(train, columns);
  const std::vector<SegmentGroup> groups = group_segments(train, options_.per_symbol);
  std::vector<FittedColumn> results(indices.size());
  pool.parallel_for(static_cast<std::int64_t>(indices.size()), kColumnsTogether, [&](IndexRange range) {
    const std::span<const std::size_t> some = std::span(indices).subspan(
        static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.size()));
    const GatheredColumns gathered(train, some);
    const std::vector<SegmentGroup> own = group_segments(gathered.table(), options_.per_symbol);
    for (std::size_t i = 0; i < some.size(); ++i) {
      results[static_cast<std::size_t>(range.begin) + i] =
          fit_column(gathered.table(), own, some[i], options_);
    }
  });

  FittedTransform fitted;
  fitted.options = options_;
  fitted.version = version_;
  fitted.symbols = symbols_of(train);
  for (const SegmentGroup& group : groups)
    fitted.groups.push_back({group.symbol, range_of(group.segments), {}});
  std::vector<const InputSegment*> all;
  for (const InputSegment& segment : train.segments) all.push_back(&segment);
  fitted.range = range_of(all);
  FitReport report;
  report.is_per_symbol = options_.per_symbol;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const InputColumn& column = train.columns[indices[i]];
    report.columns.push_back(report_of(column, results[i], groups));
    if (report.columns.back().is_dropped) continue;
    // Not of the first symbol, which may have no value: a category's words are the same in all.
    for (std::string& name : results[i].steps.front()->output_names(column.name)) {
      fitted.outputs.push_back(std::move(name));
    }
    fitted.columns.push_back(column);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      fitted.groups[g].steps.push_back(std::move(results[i].steps[g]));
    }
  }
  if (fitted.columns.empty()) {
    throw Error(ErrorKind::kData, fmt::format("{}: none of the {} columns has a value in the training rows",
                                              printable(train.source), indices.size()));
  }
  require_unique_outputs(fitted.outputs, train.source);
  fitted_ = std::move(fitted);
  report_ = std::move(report);
  return *this;
}

ApplyResult ColumnTransform::apply(const InputTable& rows, const ApplyOptions& options,
                                   ThreadPool& pool) const {
  const FittedTransform& learned = fitted();
  require_untransformed(rows);
  const std::vector<MatchedColumn> columns = match_columns(rows, learned.columns);
  const std::vector<const TransformGroup*> groups = match_groups(rows, learned);
  const InSample in_sample = find_in_sample(rows, learned.range);
  if (in_sample.count > 0 && options.purpose == Purpose::kPrediction)
    refuse_in_sample(rows, in_sample, learned.range);

  ApplyResult result;
  result.report.rows = rows.row_count();
  result.report.in_sample_rows = in_sample.count;
  for (const InputColumn& column : learned.columns) result.report.columns.push_back({column.name, {}});
  for (const InputSegment& segment : rows.segments) {
    result.data.instruments.push_back(empty_table(segment, learned.outputs));
  }
  const std::vector<Block> blocks = cut_into_blocks(rows);
  std::vector<std::vector<StepCounts>> counts(blocks.size());
  pool.parallel_for(static_cast<std::int64_t>(blocks.size()), 1, [&](IndexRange range) {
    for (auto b = static_cast<std::size_t>(range.begin); b < static_cast<std::size_t>(range.end); ++b) {
      const std::size_t segment = blocks[b].segment;
      counts[b] = transform_block(rows, blocks[b], columns, *groups[segment], learned,
                                  result.data.instruments[segment].values);
    }
  });
  for (const std::vector<StepCounts>& block : counts) {
    for (std::size_t c = 0; c < block.size(); ++c) result.report.columns[c].counts += block[c];
  }
  if (options.keep_other_columns) add_other_columns(rows, columns, result.data, pool);
  result.data.metadata["transform"] = applied_facts(learned, options.purpose, result.report);
  return result;
}

}  // namespace regimetry::features

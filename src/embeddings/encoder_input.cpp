#include "embeddings/encoder_input.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/exact_number.hpp"
#include "core/printable.hpp"
#include "embeddings/finite_windows.hpp"
#include "features/files/feature_file_format.hpp"
#include "features/transform/transform_file.hpp"
#include "features/transform/transform_input.hpp"

namespace regimetry::embeddings {
namespace {

using namespace regimetry::features;
using market::ColumnKind;

// A category has no numbers to read. Named by the user it is a mistake, found by `auto` it is left out.
std::vector<std::string> numbers_among(const InputTable& table, const std::vector<std::string>& names,
                                       const FeatureColumnOptions& options, Observer& observer) {
  std::vector<std::string> numbers, others;
  for (const std::string& name : names) {
    const ColumnKind kind = table.find(name)->kind;
    const bool is_number = kind == ColumnKind::kNumber || kind == ColumnKind::kBoolean;
    (is_number ? numbers : others).push_back(name);
  }
  for (const std::string& name : others) {
    const auto& asked = options.feature_columns;
    if (std::find(asked.begin(), asked.end(), name) == asked.end()) continue;
    throw Error(
        ErrorKind::kUsage,
        fmt::format("{}: column '{}' holds words, which an encoder reads only after a transform. Leave "
                    "--transform none away, or the column.",
                    printable(table.source), printable(name)));
  }
  if (numbers.empty()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: none of its columns holds numbers", printable(table.source)));
  }
  if (!others.empty()) {
    observer.on_note(fmt::format("{}: columns of words are left out without a transform: {}",
                                 printable(table.source),
                                 printable(fmt::format("{}", fmt::join(others, ", ")))));
  }
  return numbers;
}

float single_of(double value, const InputTable& table, const InputSegment& segment, std::size_t column,
                std::int64_t row) {
  if (const std::optional<float> fitting = convert_number<float>(value)) return *fitting;
  throw Error(ErrorKind::kData,
              fmt::format("{}: column '{}' holds {} at {} (row {}), more than the 32-bit float of a feature "
                          "can. Correct the row, or leave the column out with --exclude-columns.",
                          printable(table.source), printable(table.columns[column].name), value,
                          format_timestamp(segment.timestamps[static_cast<std::size_t>(row)]), row));
}

FeatureTable take_columns(const InputTable& table, const InputSegment& segment,
                          const std::vector<std::string>& names, ThreadPool& pool) {
  FeatureTable taken;
  taken.symbol = segment.symbol;
  taken.timeframe = segment.timeframe;
  taken.bars_per_year = segment.bars_per_year;
  taken.timestamps.assign(segment.timestamps.begin(), segment.timestamps.end());
  taken.names = names;
  taken.values.resize(segment.row_count(), static_cast<Eigen::Index>(names.size()));
  std::vector<std::size_t> columns;
  for (const std::string& name : names)
    columns.push_back(static_cast<std::size_t>(table.find(name) - table.columns.data()));
  constexpr std::int64_t kBlockRows = 512;  // columns of a row-major matrix share cache lines
  pool.parallel_for(segment.row_count(), kBlockRows, [&](IndexRange rows) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const double value = number_at(segment.views[columns[c]], static_cast<std::size_t>(row));
        taken.values(row, static_cast<Eigen::Index>(c)) = single_of(value, table, segment, columns[c], row);
      }
    }
  });
  return taken;
}

// The first row at which each of these columns that ever has a value has had one.
std::int64_t warm_up_rows(const InputTable& table, const InputSegment& segment,
                          const std::vector<InputColumn>& columns) {
  std::int64_t latest = 0;
  for (const InputColumn& column : columns) {
    const InputColumn* found = table.find(column.name);
    if (found == nullptr || found->kind != ColumnKind::kNumber) continue;
    const market::ColumnView& view = segment.views[static_cast<std::size_t>(found - table.columns.data())];
    std::int64_t row = 0;
    while (row < segment.row_count() && std::isnan(number_at(view, static_cast<std::size_t>(row)))) ++row;
    if (row < segment.row_count()) latest = std::max(latest, row);
  }
  return latest;
}

// Reads one file, one step after another.
class EncoderInputReader {
 public:
  EncoderInputReader(const std::filesystem::path& path, const EncoderInputOptions& options,
                     const market::ReadOptions& reading, ThreadPool& pool, Observer& observer)
      : path_(path),
        options_(options),
        pool_(pool),
        observer_(observer),
        input_(read_transform_input(path, reading, pool, observer)) {}

  EncoderInput read() {
    result_.source = path_.string();
    const std::string transform = transform_to_use();
    if (transform == kNoTransform) {
      take_as_they_are();
    } else if (transform == kStandardTransform) {
      fit_standard();
    } else {
      take_fitted(transform);
    }
    result_.data.metadata = input_.metadata();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string transform_to_use() const {
    std::string transform = options_.transform;
    if (transform == kAutoTransform) {
      const bool was_transformed = !input_.table().origin.transformed_by.empty();
      transform = is_array_path(path_) || was_transformed ? kNoTransform : kStandardTransform;
      if (transform == kNoTransform) {
        observer_.on_note(fmt::format("{}: values are taken as they are, {}", printable_path(path_),
                                      was_transformed
                                          ? "for a transform made them"
                                          : "as those of any .npy; --transform standard scales them"));
      }
    }
    if (options_.fit_span.last && transform != kStandardTransform) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("fit_until says what the transform standard learns from; the transform is {}",
                              transform));
    }
    return transform;
  }

  [[nodiscard]] std::vector<std::string> choose(const InputTable& rows) {
    FeatureColumns chosen = choose_feature_columns(rows, input_.features(), options_.columns, pool_);
    for (const std::string& note : chosen.notes) observer_.on_note(note);
    return std::move(chosen.names);
  }

  void take_as_they_are() {
    const InputTable& table = input_.table();
    const std::vector<std::string> names = numbers_among(table, choose(table), options_.columns, observer_);
    require_no_infinity(table, names, pool_);
    for (const InputSegment& segment : table.segments)
      result_.data.instruments.push_back(take_columns(table, segment, names, pool_));
    result_.transform["method"] = kNoTransform;
  }

  void fit_standard() {
    const InputTable& table = input_.table();
    const InputTable train = rows_between(table, options_.fit_span);
    if (train.row_count() == 0) {
      throw Error(ErrorKind::kData, fmt::format("{}: no row lies before the end of fit_until, so there is "
                                                "nothing to learn the scale from",
                                                printable_path(path_)));
    }
    const std::vector<std::string> names = choose(train);
    require_no_infinity(table, names, pool_);
    // Windows with missing values are left out; imputed ones would pass for measured.
    ColumnTransform transform({.missing = MissingPolicy::kKeep}, options_.version);
    transform.fit(train, names, pool_);
    for (const std::string& warning : transform.report().warnings()) observer_.on_warning(warning);
    apply(transform, "fitted here");
    if (!options_.fit_span.last) {
      observer_.on_note(
          "the scale was learned from all rows, so every embedding knows its future: they describe the past "
          "and must not be judged on it. --fit-until keeps later rows out, --transform takes a scale fitted "
          "before");
    }
  }

  void take_fitted(const std::string& file) {
    const ColumnTransform transform(read_transform(file));
    const InputTable& table = input_.table();
    std::vector<std::string> names;
    for (const InputColumn& column : transform.fitted().columns) names.push_back(column.name);
    require_no_infinity(table, names, pool_);
    apply(transform, file);
    for (std::size_t i = 0; i < table.segments.size(); ++i) {
      const std::int64_t rows = warm_up_rows(table, table.segments[i], transform.fitted().columns);
      result_.data.instruments[i].values.topRows(rows).setConstant(std::numeric_limits<float>::quiet_NaN());
    }
  }

  void apply(const ColumnTransform& transform, const std::string& source) {
    ApplyResult applied = transform.apply(
        input_.table(), {.purpose = Purpose::kDescription, .keep_other_columns = false}, pool_);
    for (const std::string& warning : applied.report.warnings()) observer_.on_warning(warning);
    result_.transform = applied.data.metadata.at("transform");
    result_.transform["source"] = source;
    const bool is_descriptive = applied.report.in_sample_rows == applied.report.rows;
    result_.transform["descriptive"] = is_descriptive;
    result_.data.instruments = std::move(applied.data.instruments);
    result_.fitted = transform.fitted();
    const bool is_said_elsewhere = source == "fitted here" && !options_.fit_span.last;
    if (applied.report.in_sample_rows == 0 || is_said_elsewhere) return;
    observer_.on_note(fmt::format(
        "{} of {} rows lie inside or before the range that the scale was learned from (up to {}): their "
        "embeddings are for training and description, only those of later rows can judge",
        applied.report.in_sample_rows, applied.report.rows,
        format_timestamp(transform.fitted().range.known)));
  }

  const std::filesystem::path& path_;
  const EncoderInputOptions& options_;
  ThreadPool& pool_;
  Observer& observer_;
  TransformInput input_;
  EncoderInput result_;
};

}  // namespace

std::vector<std::string> EncoderInputOptions::problems() const {
  std::vector<std::string> problems = columns.problems();
  const bool is_word =
      transform == kAutoTransform || transform == kStandardTransform || transform == kNoTransform;
  if (!is_word && std::filesystem::path(transform).extension() != ".json") {
    problems.push_back(
        fmt::format("transform is '{}'; it must be auto, standard, none, or a .json file that "
                    "'transform fit' wrote",
                    printable(transform)));
  }
  if (fit_span.last && transform != kAutoTransform && transform != kStandardTransform)
    problems.emplace_back("fit_until says what the transform standard learns from; no other uses it");
  return problems;
}

EncoderInput read_encoder_input(const std::filesystem::path& path, const EncoderInputOptions& options,
                                const market::ReadOptions& reading, ThreadPool& pool, Observer& observer) {
  return EncoderInputReader(path, options, reading, pool, observer).read();
}

}  // namespace regimetry::embeddings

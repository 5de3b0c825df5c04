#include "market/reading/read_json_lines_table.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <cmath>

#include "core/temporary_folder.hpp"
#include "market/support/expect_error.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::market {
namespace {

class ReadJsonLinesTable : public testing::Test {
 protected:
  RawTable parse(std::string_view text, const ReadOptions& options = {}) {
    return parse_json_lines_table(text, "t.jsonl", options, pool_, observer_);
  }
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

TEST_F(ReadJsonLinesTable, TakesKeysInAnyOrderAndLeavesAbsentOnesMissing) {
  const RawTable raw = parse(
      "{\"close\":1.5,\"timestamp\":\"2024-01-02T00:00:00Z\"}\n"
      "{\"timestamp\":\"2024-01-03T00:00:00Z\",\"volume\":7,\"close\":null}\n"
      "{\"timestamp\":\"2024-01-04T00:00:00Z\",\"close\":2,\"up\":true,\"side\":\"buy\"}");
  ASSERT_EQ(raw.table.row_count, 3);
  const Column& close = *raw.table.find("close");
  EXPECT_EQ(close.numbers[0], 1.5);
  EXPECT_TRUE(std::isnan(close.numbers[1]));
  EXPECT_EQ(close.numbers[2], 2);
  EXPECT_EQ(raw.table.find("volume")->missing_count(), 2);
  EXPECT_EQ(raw.table.find("up")->kind, ColumnKind::kBoolean);
  EXPECT_EQ(raw.table.find("side")->codes, (std::vector<std::int32_t>{kMissingCode, kMissingCode, 0}));
  EXPECT_EQ(format_timestamp(raw.table.find("timestamp")->times[2]), "2024-01-04T00:00:00Z");
  EXPECT_EQ(raw.encodings[1], TimeEncoding::kInstant);
  EXPECT_EQ(raw.table.origin.line_of(2), 3);
}

TEST_F(ReadJsonLinesTable, KnowsInstantsClocksDaysAndCountsApart) {
  EXPECT_EQ(parse("{\"time\":\"2024-01-02T03:04:05+02:00\"}").encodings[0], TimeEncoding::kInstant);
  EXPECT_EQ(parse("{\"time\":\"2024-01-02 03:04\"}").encodings[0], TimeEncoding::kWallClock);
  EXPECT_EQ(parse("{\"date\":\"2024-01-02\"}").encodings[0], TimeEncoding::kDate);
  const RawTable counts = parse("{\"time\":1704164645123456789}");
  EXPECT_EQ(counts.encodings[0], TimeEncoding::kCount);
  EXPECT_EQ(counts.table.columns[0].times[0], 1704164645123456789);
  // Not ISO, or some with and some without zone: words, for time_values to read.
  EXPECT_EQ(parse("{\"date\":\"02.01.2024\"}").table.columns[0].kind, ColumnKind::kCategory);
  EXPECT_EQ(parse("{\"time\":\"2024-01-02T03:04Z\"}\n{\"time\":\"2024-01-02 03:04\"}").table.columns[0].kind,
            ColumnKind::kCategory);
}

TEST_F(ReadJsonLinesTable, GivesManyChunksOneNumberingOfWordsAndTrueLines) {
  std::string text;
  const int rows = 60'000;  // several chunks of a megabyte
  for (int i = 0; i < rows; ++i) {
    if (i % 1000 == 999) text += "\n";  // empty lines count as lines
    text +=
        fmt::format("{{\"timestamp\":{},\"word\":\"w{}\",\"value\":{}}}\n", 1700000000 + i, i % 70, i * 0.25);
  }
  const RawTable raw = parse(text);
  ASSERT_EQ(raw.table.row_count, rows);
  const Column& word = *raw.table.find("word");
  for (int i = 0; i < rows; ++i) {
    ASSERT_EQ(word.categories[static_cast<std::size_t>(word.codes[static_cast<std::size_t>(i)])],
              fmt::format("w{}", i % 70));
    ASSERT_EQ(raw.table.find("value")->numbers[static_cast<std::size_t>(i)], i * 0.25);
    ASSERT_EQ(raw.table.origin.line_of(i), i + 1 + (i + 1) / 1000);
  }
  EXPECT_EQ(word.categories.front(), "w0");
}

TEST_F(ReadJsonLinesTable, TreatsNaNInQuotesAmongNumbersAsMissing) {
  const RawTable raw = parse("{\"close\":1}\n{\"close\":\"NaN\"}\n{\"close\":\"\"}");
  EXPECT_EQ(raw.table.columns[0].kind, ColumnKind::kNumber);
  EXPECT_EQ(raw.table.columns[0].missing_count(), 2);
}

TEST_F(ReadJsonLinesTable, LeavesOutNestedValuesAndSaysSo) {
  const RawTable raw = parse("{\"close\":1,\"book\":{\"bid\":1}}");
  EXPECT_EQ(raw.table.columns.size(), 1U);
  ASSERT_EQ(observer_.notes.size(), 1U);
  EXPECT_THAT(observer_.notes[0], testing::HasSubstr("'book'"));
}

TEST_F(ReadJsonLinesTable, NamesTheLineOfEveryProblem) {
  expect_error(ErrorKind::kData, {"t.jsonl:2:"}, [&] { (void)parse("{\"a\":1}\n{\"a\":}\n"); });
  expect_error(ErrorKind::kData, {"t.jsonl:1", "'a' stands there twice"},
               [&] { (void)parse("{\"a\":1,\"a\":2}\n"); });
  expect_error(ErrorKind::kData, {"t.jsonl:3", "'a' holds a word", "line 1"},
               [&] { (void)parse("{\"a\":1}\n\n{\"a\":\"x\"}\n"); });
  expect_error(ErrorKind::kData, {"t.jsonl:1", "array"}, [&] { (void)parse("[{\"a\":1}]\n"); });
  expect_error(ErrorKind::kData, {"holds no row"}, [&] { (void)parse("\n\n"); });
}

TEST_F(ReadJsonLinesTable, RefusesTooManyKeysAndTooLongLines) {
  ReadOptions options;
  options.max_columns = 3;
  options.max_line_bytes = 100'000;
  expect_error(ErrorKind::kData, {"more than 3"},
               [&] { (void)parse("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}", options); });
  const std::string longest = "{\"a\":\"" + std::string(200'000, 'x') + "\"}";
  expect_error(ErrorKind::kData, {"t.jsonl:1", "limit of 100000"}, [&] { (void)parse(longest, options); });
}

TEST_F(ReadJsonLinesTable, ReadsCompressedFiles) {
  const TemporaryFolder folder;
  const std::string text = "{\"a\":1}\n{\"a\":2}\n";
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  const auto path = folder.write("t.jsonl.zst", packed);
  EXPECT_EQ(read_json_lines_table(path, {}, pool_, observer_).table.columns[0].numbers,
            (std::vector<double>{1, 2}));
}

}  // namespace
}  // namespace regimetry::market

#include "market/reading/read_parquet_table.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/temporary_folder.hpp"
#include "market/duckdb/duckdb_engine.hpp"
#include "market/support/expect_error.hpp"
#include "market/support/recording_observer.hpp"

namespace regimetry::market {
namespace {

class ReadParquetTable : public testing::Test {
 protected:
  // Writes the rows of `select` as Parquet.
  std::filesystem::path make(const std::string& select, const std::string& options = "",
                             const char* name = "t.parquet") {
    std::filesystem::path path = folder_ / name;
    (void)engine_.run(
        fmt::format("COPY ({}) TO {} (FORMAT parquet{})", select, sql_text(path.string()), options), "test");
    return path;
  }
  RawTable read(const std::filesystem::path& path, const ReadOptions& options = {}) {
    return read_parquet_table(path, options, engine_, pool_, observer_);
  }
  static const Column& column(const RawTable& raw, std::string_view name) {
    const Column* found = raw.table.find(name);
    if (found == nullptr) throw std::runtime_error("no column " + std::string(name));
    return *found;
  }
  static TimeEncoding encoding(const RawTable& raw, std::string_view name) {
    return raw.encodings[static_cast<std::size_t>(&column(raw, name) - raw.table.columns.data())];
  }

  TemporaryFolder folder_;
  DuckDbEngine engine_{2};
  ThreadPool pool_{2};
  RecordingObserver observer_;
};

TEST_F(ReadParquetTable, TurnsEveryNumericTypeIntoDoubles) {
  const RawTable raw =
      read(make("SELECT -7::TINYINT a, -300::SMALLINT b, 70000::INTEGER c, -5000000000::BIGINT d, "
                "200::UTINYINT e, 60000::USMALLINT f, "
                "4000000000::UINTEGER g, 9000000000000000000::UBIGINT h, 1.5::FLOAT i, 0.1::DOUBLE j, "
                "123.45::DECIMAL(5,2) k, "
                "-0.001::DECIMAL(18,3) l, 12345678901234567890.5::DECIMAL(38,1) m, "
                "170141183460469231731687303715::HUGEINT n, "
                "12::DECIMAL(4,0) o, true p"));
  const auto value = [&](const char* name) { return column(raw, name).numbers.at(0); };
  EXPECT_EQ(value("a"), -7);
  EXPECT_EQ(value("b"), -300);
  EXPECT_EQ(value("c"), 70000);
  EXPECT_EQ(value("d"), -5e9);
  EXPECT_EQ(value("e"), 200);
  EXPECT_EQ(value("f"), 60000);
  EXPECT_EQ(value("g"), 4e9);
  EXPECT_EQ(value("h"), 9e18);
  EXPECT_EQ(value("i"), 1.5);
  EXPECT_EQ(value("j"), 0.1);
  EXPECT_EQ(value("k"), 123.45);
  EXPECT_EQ(value("l"), -0.001);
  EXPECT_EQ(value("m"), 12345678901234567890.5);
  EXPECT_EQ(value("n"), 170141183460469231731687303715.0);
  EXPECT_EQ(value("o"), 12);
  EXPECT_EQ(value("p"), 1);
  EXPECT_EQ(column(raw, "p").kind, ColumnKind::kBoolean);
  EXPECT_EQ(column(raw, "a").kind, ColumnKind::kNumber);
}

TEST_F(ReadParquetTable, TurnsEveryTimeTypeIntoNanoseconds) {
  const RawTable raw =
      read(make("SELECT DATE '2024-01-02' a, TIMESTAMP '2024-01-02 03:04:05.123456' b, TIMESTAMPTZ "
                "'2024-01-02 03:04:05+00' c, "
                "TIMESTAMP_NS '2024-01-02 03:04:05.123456789' d, TIMESTAMP_MS '1969-12-31 23:59:59.999' e, "
                "TIME '01:02:03' AS \"time\""));
  EXPECT_EQ(format_timestamp(column(raw, "a").times.at(0)), "2024-01-02T00:00:00Z");
  EXPECT_EQ(format_timestamp(column(raw, "b").times.at(0)), "2024-01-02T03:04:05.123456Z");
  EXPECT_EQ(format_timestamp(column(raw, "c").times.at(0)), "2024-01-02T03:04:05Z");
  EXPECT_EQ(format_timestamp(column(raw, "d").times.at(0)), "2024-01-02T03:04:05.123456789Z");
  EXPECT_EQ(format_timestamp(column(raw, "e").times.at(0)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(column(raw, "time").times.at(0), (3600 + 2 * 60 + 3) * kNsPerSecond);
  EXPECT_EQ(encoding(raw, "a"), TimeEncoding::kDate);
  EXPECT_EQ(encoding(raw, "b"), TimeEncoding::kWallClock);
  EXPECT_EQ(encoding(raw, "c"), TimeEncoding::kInstant);
  EXPECT_EQ(encoding(raw, "d"), TimeEncoding::kWallClock);
  EXPECT_EQ(encoding(raw, "time"), TimeEncoding::kTimeOfDay);
}

TEST_F(ReadParquetTable, MarksNullsAsMissingInEveryKind) {
  const RawTable raw =
      read(make("SELECT * FROM (VALUES (1.5, true, 'x', DATE '2024-01-01', 7), (NULL, NULL, NULL, NULL, "
                "NULL)) t(n, b, w, d, timestamp)"));
  for (const char* name : {"n", "b", "w", "d", "timestamp"})
    EXPECT_EQ(column(raw, name).missing_count(), 1) << name;
  EXPECT_TRUE(std::isnan(column(raw, "n").numbers.at(1)));
  EXPECT_EQ(column(raw, "w").codes.at(1), kMissingCode);
}

TEST_F(ReadParquetTable, KeepsIntegersOfTimeColumnsExact) {
  const RawTable raw = read(make("SELECT 1704164645123456789::BIGINT AS timestamp"));
  EXPECT_EQ(column(raw, "timestamp").times.at(0), 1704164645123456789);
  EXPECT_EQ(encoding(raw, "timestamp"), TimeEncoding::kCount);
  EXPECT_TRUE(observer_.notes.empty());
}

TEST_F(ReadParquetTable, TellsOfIntegersThatADoubleCannotHold) {
  const RawTable raw =
      read(make("SELECT 9007199254740993::BIGINT AS trades, 9007199254740992::BIGINT AS fine"));
  EXPECT_EQ(column(raw, "trades").numbers.at(0), 9007199254740992.0);
  ASSERT_EQ(observer_.notes.size(), 1U);
  EXPECT_THAT(observer_.notes[0], testing::HasSubstr("'trades'"));
}

TEST_F(ReadParquetTable, LeavesOutNestedColumnsAndSaysSo) {
  const RawTable raw =
      read(make("SELECT 1 a, [1,2] l, {'x': 1} s, map(['k'],[1]) m, '\\xAA'::BLOB b, 'ABC'::BLOB AS symbol"));
  EXPECT_EQ(raw.table.columns.size(), 2U);
  EXPECT_EQ(column(raw, "symbol").categories, std::vector<std::string>{"ABC"});  // old writers mark no text
  ASSERT_EQ(observer_.notes.size(), 1U);
  EXPECT_THAT(observer_.notes[0], testing::HasSubstr("l, s, m, b"));
}

TEST_F(ReadParquetTable, PutsEveryRowOfManyRowGroupsInItsPlace) {
  const int rows = 300'000;
  const RawTable raw =
      read(make(fmt::format("SELECT i::BIGINT id, i * 0.5 half, 'S' || (i % 1000) word, "
                            "CASE WHEN i % 7 = 0 THEN NULL ELSE i END sometimes FROM range({}) t(i)",
                            rows),
                ", ROW_GROUP_SIZE 10000"));
  ASSERT_EQ(raw.table.row_count, rows);
  const Column& id = column(raw, "id");
  const Column& half = column(raw, "half");
  const Column& word = column(raw, "word");
  const Column& sometimes = column(raw, "sometimes");
  for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) {
    ASSERT_EQ(id.numbers[i], static_cast<double>(i));
    ASSERT_EQ(half.numbers[i], static_cast<double>(i) * 0.5);
    ASSERT_EQ(word.codes[i], static_cast<std::int32_t>(i % 1000));  // order of first appearance
    ASSERT_EQ(std::isnan(sometimes.numbers[i]), i % 7 == 0) << i;
  }
  EXPECT_EQ(word.categories.at(999), "S999");
}

TEST_F(ReadParquetTable, ReadsWideFilesInGroupsOfColumns) {
  std::string select = "SELECT 1 AS c0";
  for (int i = 1; i < 300; ++i) select += fmt::format(", {0} AS c{0}", i);
  const RawTable raw = read(make(select));
  ASSERT_EQ(raw.table.columns.size(), 300U);
  EXPECT_EQ(column(raw, "c299").numbers.at(0), 299);
  EXPECT_EQ(column(raw, "c128").numbers.at(0), 128);
}

TEST_F(ReadParquetTable, ReadsTheColumnsThatAreAskedForAndTheTime) {
  ReadOptions options;
  options.only_columns = {"b", "absent"};
  const RawTable raw = read(make("SELECT 1.0 a, 2.0 b, TIMESTAMP '2024-01-02' AS timestamp, 3.0 c"), options);
  ASSERT_EQ(raw.table.columns.size(), 2U);
  EXPECT_EQ(column(raw, "b").numbers.at(0), 2);
  EXPECT_EQ(column(raw, "timestamp").times.size(), 1U);
}

TEST_F(ReadParquetTable, BringsBackTheMetadata) {
  const auto path = make("SELECT 1 a", ", KV_METADATA {regimetry: '{\"simulation\": {\"seed\": 7}}'}");
  EXPECT_EQ(read(path).metadata["simulation"]["seed"], 7);
  EXPECT_TRUE(read(make("SELECT 1 a", "", "other.parquet")).metadata.is_null());
  (void)read(make("SELECT 1 a", ", KV_METADATA {regimetry: 'not json'}", "broken.parquet"));
  EXPECT_EQ(observer_.warnings.size(), 1U);
}

TEST_F(ReadParquetTable, TakesNamesThatDuckDbWouldTakeForPatterns) {
  for (const char* name : {"a*b.parquet", "q?.parquet", "[x].parquet", "o'clock.parquet", "sp ace.parquet"}) {
    EXPECT_EQ(read(make("SELECT 42 a", "", "plain.parquet")).table.row_count, 1);
    std::filesystem::copy_file(folder_ / "plain.parquet", folder_ / name);
    EXPECT_EQ(column(read(folder_ / name), "a").numbers.at(0), 42) << name;
  }
}

TEST_F(ReadParquetTable, RefusesTimesBeyondNanosecondsNamingTheRow) {
  const auto path =
      make("SELECT * FROM (VALUES (TIMESTAMP '2024-01-01'), (TIMESTAMP '9999-12-31')) t(timestamp)");
  expect_error(ErrorKind::kData, {"t.parquet", "row 2", "'timestamp'", "1678 to 2262"},
               [&] { (void)read(path); });
  const auto infinite = make("SELECT 'infinity'::TIMESTAMP AS timestamp", "", "i.parquet");
  expect_error(ErrorKind::kData, {"row 1"}, [&] { (void)read(infinite); });
}

TEST_F(ReadParquetTable, RefusesDamagedFilesNamingThem) {
  const auto whole = make("SELECT i, i * 0.5 h FROM range(5000) t(i)");
  std::string bytes;
  {
    std::ifstream file(whole, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  const auto cut = folder_.write("cut.parquet", std::string_view(bytes).substr(0, bytes.size() / 2));
  expect_error(ErrorKind::kData, {"cut.parquet", "cut off", "download it again"}, [&] { (void)read(cut); });
  std::string footer = bytes;
  std::fill(footer.end() - 200, footer.end() - 8, '\xff');
  const auto broken = folder_.write("footer.parquet", footer);
  expect_error(ErrorKind::kData, {"footer.parquet", "damaged", "DuckDB says", "download it again"},
               [&] { (void)read(broken); });
  const auto zip = folder_.write("zip.parquet", "PK\x03\x04 and so on");
  expect_error(ErrorKind::kData, {"zip.parquet", "zip archive"}, [&] { (void)read(zip); });
  const auto other = folder_.write("other.parquet", "something else altogether");
  expect_error(ErrorKind::kData, {"other.parquet", "is not Parquet", "something else"},
               [&] { (void)read(other); });
  const auto empty = folder_.write("empty.parquet", "");
  expect_error(ErrorKind::kData, {"empty.parquet", "empty"}, [&] { (void)read(empty); });
  const auto folder = folder_.path();
  expect_error(ErrorKind::kData, {"folder"}, [&] { (void)read(folder); });
  for (std::size_t at = 4; at + 8 < bytes.size(); at += bytes.size() / 40) {
    std::string damaged = bytes;
    for (std::size_t i = 0; i < 8; ++i) damaged[at + i] = static_cast<char>(~damaged[at + i]);
    const auto path = folder_.write("damaged.parquet", damaged);
    try {
      EXPECT_EQ(read(path).table.row_count, 5000);  // harmless places exist, such as statistics
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("damaged.parquet"));
    }
  }
}

TEST_F(ReadParquetTable, RefusesMoreColumnsThanTheLimit) {
  ReadOptions options;
  options.max_columns = 2;
  const auto path = make("SELECT 1 a, 2 b, 3 c");
  expect_error(ErrorKind::kData, {"3 columns", "limit of 2"}, [&] { (void)read(path, options); });
}

}  // namespace
}  // namespace regimetry::market

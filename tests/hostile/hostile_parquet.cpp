#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "hostile/hostile_files.hpp"
#include "hostile/hostile_table.hpp"

namespace regimetry::hostile {
namespace {

namespace fs = std::filesystem;

// Runs SQL in a database of its own in memory.
void run_sql(const std::string& sql) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  duckdb_result result{};
  const bool done = duckdb_open(nullptr, &database) == DuckDBSuccess &&
                    duckdb_connect(database, &connection) == DuckDBSuccess &&
                    duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess;
  const char* const reason = done ? nullptr : duckdb_result_error(&result);
  const std::string problem = reason != nullptr ? reason : "";
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  if (!done) throw std::runtime_error("DuckDB: " + problem + " in " + sql);
}

// The bars of hostile_table.hpp as a query; `i` is the bar's number, and every column can be replaced.
struct Columns {
  std::string stamp = "TIMESTAMP '2024-01-02' + INTERVAL 1 DAY * i";
  std::string open = "100.25 + i", high = "102.25 + i", low = "99.25 + i", close = "101.25 + i";
  std::string volume = "1000.0 + 10 * i";
  std::string more;  // ", x AS y"
  std::string where = "true";
};

void write_parquet(const fs::path& path, const Columns& c, std::string_view options = "") {
  const auto real = [](const std::string& text) {
    return text.find("::") == std::string::npos ? "(" + text + ")::DOUBLE" : text;
  };
  run_sql(fmt::format(
      "COPY (SELECT {} AS timestamp, {} AS open, {} AS high, {} AS low, {} AS close, {} AS volume{} "
      "FROM range({}) t(i) WHERE {}) TO '{}' (FORMAT parquet{})",
      c.stamp, real(c.open), real(c.high), real(c.low), real(c.close), real(c.volume), c.more, kPlainBarCount,
      c.where, replaced(path.string(), "'", "''"), options));
}

HostileCase made_case(std::string name, std::string description, Expectation expectation,
                      std::function<void(const fs::path&)> make) {
  return {std::move(name), std::move(description), Format::kMarket,
          "x.parquet",     std::move(expectation), std::move(make)};
}

HostileCase columns_case(std::string name, std::string description, Expectation expectation,
                         Columns columns) {
  return made_case(std::move(name), std::move(description), std::move(expectation),
                   [columns = std::move(columns)](const fs::path& path) { write_parquet(path, columns); });
}

// The right file with its bytes changed.
HostileCase damaged_case(std::string name, std::string description, Expectation expectation,
                         std::function<void(std::string&)> damage) {
  return made_case(std::move(name), std::move(description), std::move(expectation),
                   [damage = std::move(damage)](const fs::path& path) {
                     write_parquet(path, {});
                     std::ifstream stream(path, std::ios::binary);
                     std::string bytes{std::istreambuf_iterator<char>(stream), {}};
                     stream.close();
                     damage(bytes);
                     write_bytes(path, bytes);
                   });
}

// Layout: "PAR1", pages, footer, its length as u32 little-endian, "PAR1".
std::size_t footer_length(const std::string& bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i)
    length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[bytes.size() - 8 + i])) << (8 * i);
  return length;
}

void set_footer_length(std::string& bytes, std::uint32_t length) {
  for (std::size_t i = 0; i < 4; ++i)
    bytes[bytes.size() - 8 + i] = static_cast<char>(length >> (8 * i) & 0xff);
}

void add_damage(HostileCases& cases) {
  for (int sixteenth = 0; sixteenth < 16; ++sixteenth) {
    cases.push_back(damaged_case(
        fmt::format("parquet_cut_{:02}", sixteenth), fmt::format("cut after {}/16", sixteenth), fails(),
        [=](std::string& b) { b.resize(b.size() * static_cast<std::size_t>(sixteenth) / 16); }));
  }
  for (const int bytes : {1, 2, 4, 5, 8, 9, 12}) {
    cases.push_back(damaged_case(
        fmt::format("parquet_without_last_{:02}", bytes), fmt::format("without the last {} bytes", bytes),
        fails(), [=](std::string& b) { b.resize(b.size() - static_cast<std::size_t>(bytes)); }));
  }
  cases.push_back(damaged_case("parquet_wrong_magic_end", "another magic at the end", fails(),
                               [](std::string& b) { b.back() = '2'; }));
  cases.push_back(damaged_case("parquet_encrypted_magic", "the magic of an encrypted file", fails(),
                               [](std::string& b) { b.replace(b.size() - 4, 4, "PARE"); }));
  cases.push_back(damaged_case("parquet_footer_zero", "a footer of zero bytes", fails(),
                               [](std::string& b) { set_footer_length(b, 0); }));
  cases.push_back(
      damaged_case("parquet_footer_too_long", "a footer longer than the file", fails(),
                   [](std::string& b) { set_footer_length(b, static_cast<std::uint32_t>(b.size())); }));
  cases.push_back(damaged_case("parquet_footer_4_gb", "a footer of 4 GB", fails(),
                               [](std::string& b) { set_footer_length(b, UINT32_MAX); }));
  cases.push_back(damaged_case(
      "parquet_footer_shifted", "a footer length one too small", fails(),
      [](std::string& b) { set_footer_length(b, static_cast<std::uint32_t>(footer_length(b) - 1)); }));
  cases.push_back(
      damaged_case("parquet_footer_zeroed", "a footer overwritten by zeros", fails(), [](std::string& b) {
        std::fill(b.end() - 8 - static_cast<std::ptrdiff_t>(footer_length(b)), b.end() - 8, '\0');
      }));
  cases.push_back(
      damaged_case("parquet_footer_random", "a footer of random bytes", fails(), [](std::string& b) {
        const std::size_t length = footer_length(b);
        b.replace(b.size() - 8 - length, length, random_bytes(21, length));
      }));
  cases.push_back(damaged_case("parquet_pages_random", "pages of random bytes", fails(), [](std::string& b) {
    const std::size_t length = b.size() - 12 - footer_length(b);
    b.replace(4, length, random_bytes(22, length));
  }));
  cases.push_back(
      damaged_case("parquet_pages_zeroed", "pages overwritten by zeros", fails(), [](std::string& b) {
        std::fill(b.begin() + 4, b.end() - 8 - static_cast<std::ptrdiff_t>(footer_length(b)), '\0');
      }));
  cases.push_back(damaged_case("parquet_garbage_after", "garbage after the end", fails(),
                               [](std::string& b) { b += random_bytes(23, 100); }));
  // A changed bit in a page cannot be told from another price: the format carries no checksum here.
  for (unsigned flip = 0; flip < 24; ++flip) {
    cases.push_back(damaged_case(
        fmt::format("parquet_flip_{:02}", flip), "a flipped bit", survives(),
        [=](std::string& b) { b[(flip * 2654435761U) % b.size()] ^= static_cast<char>(1U << (flip % 8)); }));
  }
}

void add_other_things(HostileCases& cases) {
  const auto add = [&](std::string name, std::string description, std::string bytes) {
    cases.push_back(bytes_case(Format::kMarket, std::move(name), std::move(description), "x.parquet", fails(),
                               std::move(bytes)));
  };
  add("parquet_empty", "an empty .parquet", "");
  add("parquet_magic_once", "the magic and nothing else", "PAR1");
  add("parquet_magic_twice", "the magic twice", "PAR1PAR1");
  add("parquet_random", "random bytes between two magics", "PAR1" + random_bytes(24, 5000) + "PAR1");
  add("parquet_html", "a web page called .parquet", "<!DOCTYPE html>\n<html><body>404</body></html>\n");
  cases.push_back(bytes_case(Format::kMarket, "parquet_csv", "a table of text called .parquet", "x.parquet",
                             fails_or(plain_bars()), plain_table()));
  cases.push_back(made_case("parquet_called_csv_whole", "a right Parquet file called .csv",
                            fails_or(plain_bars()), [](const fs::path& path) { write_parquet(path, {}); }));
  cases.back().file_name = "x.csv";
  cases.push_back(made_case("parquet_folder", "an empty folder called .parquet", fails(),
                            [](const fs::path& path) { fs::create_directory(path); }));
}

void add_contents(HostileCases& cases) {
  const auto add = [&](std::string name, std::string description, Expectation expectation, Columns columns) {
    cases.push_back(
        columns_case(std::move(name), std::move(description), std::move(expectation), std::move(columns)));
  };
  const auto with = [](std::string Columns::*column, std::string text) {
    Columns columns;
    columns.*column = std::move(text);
    return columns;
  };
  add("parquet_plain", "a right file", gives(plain_bars()), {});
  add("parquet_zero_rows", "no rows", fails(), with(&Columns::where, "false"));
  add("parquet_stamp_null", "no stamp in one row", fails(),
      with(&Columns::stamp,
           "CASE WHEN i = 7 THEN NULL ELSE TIMESTAMP '2024-01-02' + INTERVAL 1 DAY * i END"));
  add("parquet_stamps_null", "no stamp at all", fails(), with(&Columns::stamp, "NULL::TIMESTAMP"));
  add("parquet_stamp_infinite", "an infinite stamp", fails(),
      with(
          &Columns::stamp,
          "CASE WHEN i = 7 THEN 'infinity'::TIMESTAMP ELSE TIMESTAMP '2024-01-02' + INTERVAL 1 DAY * i END"));
  add("parquet_stamp_year_0", "the year 0", fails(),
      with(&Columns::stamp, "TIMESTAMP '0001-01-02 (BC)' + INTERVAL 1 DAY * i"));
  add("parquet_stamp_year_9999", "the year 9999", fails(),
      with(&Columns::stamp, "TIMESTAMP '9999-01-02' + INTERVAL 1 DAY * i"));
  add("parquet_stamp_year_200000", "the year 200000", fails(),
      with(&Columns::stamp, "make_timestamp(6000000000000000000 + 86400000000 * i)"));
  add("parquet_stamp_nanoseconds", "stamps in nanoseconds", fails_or(plain_bars()),
      with(&Columns::stamp, "(TIMESTAMP '2024-01-02' + INTERVAL 1 DAY * i)::TIMESTAMP_NS"));
  add("parquet_stamp_date", "dates", fails_or(plain_bars()),
      with(&Columns::stamp, "DATE '2024-01-02' + i::INTEGER"));
  add("parquet_stamp_text", "stamps as text", fails_or(plain_bars()),
      with(&Columns::stamp, "strftime(TIMESTAMP '2024-01-02' + INTERVAL 1 DAY * i, '%Y-%m-%d')"));
  add("parquet_stamp_words", "words as stamps", fails(), with(&Columns::stamp, "'day ' || i"));
  add("parquet_stamp_epoch", "epoch seconds", fails_or(plain_bars()),
      with(&Columns::stamp, "1704153600 + 86400 * i"));
  add("parquet_stamp_row_numbers", "row numbers as stamps", fails(), with(&Columns::stamp, "i"));
  add("parquet_stamp_double", "fractions as stamps", fails(), with(&Columns::stamp, "i + 0.5"));
  add("parquet_stamp_bool", "truth values as stamps", fails(), with(&Columns::stamp, "i % 2 = 0"));
  add("parquet_stamp_time", "times of day as stamps", fails(), with(&Columns::stamp, "TIME '10:00:00'"));
  add("parquet_stamp_blob", "bytes as stamps", fails(), with(&Columns::stamp, "encode('x' || i)"));
  add("parquet_stamp_list", "lists as stamps", fails(),
      with(&Columns::stamp, "[TIMESTAMP '2024-01-02' + INTERVAL 1 DAY * i]"));
  add("parquet_close_list", "lists as closes", fails(), with(&Columns::close, "[101.25 + i]::DOUBLE[]"));
  add("parquet_close_struct", "structures as closes", fails(),
      with(&Columns::close, "{'last': (101.25 + i)::DOUBLE}"));
  add("parquet_close_map", "maps as closes", fails(),
      with(&Columns::close, "MAP {'last': (101.25 + i)::DOUBLE}"));
  add("parquet_close_text", "closes as text", fails_or(plain_bars()),
      with(&Columns::close, "(101.25 + i)::VARCHAR"));
  add("parquet_close_words", "words as closes", fails(), with(&Columns::close, "('n/a' || i)::VARCHAR"));
  add("parquet_close_bool", "truth values as closes", fails(), with(&Columns::close, "(i % 2 = 0)::BOOLEAN"));
  add("parquet_close_blob", "bytes as closes", fails(), with(&Columns::close, "encode('x')::BLOB"));
  add("parquet_close_date", "dates as closes", fails(), with(&Columns::close, "(DATE '2024-01-02')::DATE"));
  add("parquet_close_null", "one close missing", fails(),
      with(&Columns::close, "CASE WHEN i = 7 THEN NULL ELSE 101.25 + i END"));
  add("parquet_closes_null", "all closes missing", fails(), with(&Columns::close, "NULL::DOUBLE"));
  add("parquet_close_nan", "one close is NaN", fails(),
      with(&Columns::close, "CASE WHEN i = 7 THEN 'nan'::DOUBLE ELSE 101.25 + i END"));
  add("parquet_close_inf", "one close is infinite", fails(),
      with(&Columns::close, "CASE WHEN i = 7 THEN 'inf'::DOUBLE ELSE 101.25 + i END"));
  add("parquet_close_zero", "one close is zero", fails(),
      with(&Columns::close, "CASE WHEN i = 7 THEN 0 ELSE 101.25 + i END"));
  add("parquet_close_negative", "closes are negative", fails(), with(&Columns::close, "-101.25 - i"));
  add("parquet_close_decimal", "closes as decimals", fails_or(plain_bars()),
      with(&Columns::close, "(101.25 + i)::DECIMAL(18, 2)"));
  add("parquet_close_float", "closes as single floats", fails_or(plain_bars()),
      with(&Columns::close, "(101.25 + i)::FLOAT"));
  add("parquet_close_hugeint", "closes past 2^63", fails(),
      with(&Columns::close, "(170141183460469231731687303715884105727)::HUGEINT"));
  add("parquet_high_low_swapped", "high and low changed places", fails(), [] {
    Columns columns;
    std::swap(columns.high, columns.low);
    return columns;
  }());
  add("parquet_volume_negative", "negative volumes", fails(), with(&Columns::volume, "-5.0"));
  add("parquet_two_closes", "a second close that differs", fails(),
      with(&Columns::more, ", 55.5 AS \"Schlusskurs\""));
  add("parquet_nested_extra", "a further column of nested lists", fails_or(plain_bars()),
      with(&Columns::more, ", [[i, NULL], []] AS nested"));
  add("parquet_odd_extra_names", "further columns with odd names", fails_or(plain_bars()),
      with(&Columns::more, ", 1 AS \"a\"\"b\", 2 AS \"x'; DROP TABLE t;--\", 3 AS \" \", 4 AS \"\n\""));
  add("parquet_escape_in_name", "a further column whose name repaints the terminal", fails_or(plain_bars()),
      with(&Columns::more, ", [1] AS \"\x1b[2J\""));
  add("parquet_stamps_equal", "one stamp in all rows", fails(),
      with(&Columns::stamp, "TIMESTAMP '2024-01-02'"));
  add("parquet_stamps_falling", "newest first", fails_or(plain_bars()), [] {
    Columns columns;
    columns.where = "true ORDER BY i DESC";
    return columns;
  }());
  cases.push_back(made_case(
      "parquet_other_table", "a table that is not about a market", fails(), [](const fs::path& path) {
        run_sql("COPY (SELECT 'Ann' AS name, 41 AS age) TO '" + path.string() + "' (FORMAT parquet)");
      }));
  cases.push_back(made_case("parquet_many_columns", "20,000 columns", fails(), [](const fs::path& path) {
    std::string columns = "1 AS c0";
    for (int i = 1; i < 20'000; ++i) columns += fmt::format(", 1 AS c{}", i);
    run_sql("COPY (SELECT " + columns + ") TO '" + path.string() + "' (FORMAT parquet)");
  }));
}

}  // namespace

HostileCases parquet_cases() {
  HostileCases cases;
  add_damage(cases);
  add_other_things(cases);
  add_contents(cases);
  return cases;
}

}  // namespace regimetry::hostile

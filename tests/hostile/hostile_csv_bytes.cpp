#include <utility>

#include "hostile/hostile_files.hpp"
#include "hostile/hostile_table.hpp"

namespace regimetry::hostile {
namespace {

using namespace std::string_literals;

// Code units of an ASCII text with the given width in bytes and byte order.
std::string widened(std::string_view ascii, int width, bool big_endian) {
  std::string bytes;
  for (const char c : ascii) {
    std::string unit(static_cast<std::size_t>(width), '\0');
    unit[big_endian ? unit.size() - 1 : 0] = c;
    bytes += unit;
  }
  return bytes;
}

// IBM code page 037 of the characters that a table needs.
std::string ebcdic(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) {
    if (c >= '0' && c <= '9')
      bytes += static_cast<char>(0xf0 + (c - '0'));
    else if (c >= 'a' && c <= 'i')
      bytes += static_cast<char>(0x81 + (c - 'a'));
    else if (c >= 'A' && c <= 'I')
      bytes += static_cast<char>(0xc1 + (c - 'A'));
    else if (c == '\n')
      bytes += '\x25';
    else if (c == ',')
      bytes += '\x6b';
    else if (c == '.')
      bytes += '\x4b';
    else if (c == '-')
      bytes += '\x60';
    else
      bytes += '\x96';
  }
  return bytes;
}

void add_nothing(HostileCases& cases) {
  const auto add = [&](std::string name, std::string description, std::string bytes) {
    cases.push_back(csv_case(std::move(name), std::move(description), fails(), std::move(bytes)));
  };
  add("empty", "no bytes", "");
  add("one_line_feed", "a line feed", "\n");
  add("blank_lines", "line feeds only", std::string(1000, '\n'));
  add("only_blanks", "blanks only", std::string(1000, ' '));
  add("only_tabs", "tabs only", std::string(1000, '\t'));
  add("only_commas", "separators only", repeated(",,,,,\n", 50));
  add("only_quotes", "an odd number of quotes", std::string(1001, '"'));
  add("only_nul", "NUL bytes", std::string(1000, '\0'));
  add("only_bom", "a byte order mark and nothing else", "\xef\xbb\xbf");
  add("only_bom_utf16", "a UTF-16 byte order mark and nothing else", "\xff\xfe");
  add("one_byte", "a single letter", "x");
  add("one_high_byte", "a single byte 255", "\xff");
}

void add_other_things(HostileCases& cases) {
  const auto add = [&](std::string name, std::string description, std::string bytes) {
    cases.push_back(csv_case(std::move(name), std::move(description), fails(), std::move(bytes)));
  };
  add("random_binary", "random bytes", random_bytes(2, 65'536));
  add("random_printable", "random letters, commas and line feeds", [] {
    std::string text = random_bytes(3, 20'000);
    for (char& c : text) c = "abcdefghijklmnopqrstuvwxyz,,,,\n\n"[static_cast<unsigned char>(c) % 32];
    return text;
  }());
  add("html_page", "a web page saved as .csv",
      "<!DOCTYPE html>\n<html><head><title>Historical "
      "prices</title></head>\n<body><table><tr><td>2024-01-02</td>"
      "<td>100.25</td></tr></table></body></html>\n");
  add("html_lower", "a web page without a doctype",
      "<html>\n<body>\n<h1>404 Not Found</h1>\n</body>\n</html>\n");
  add("html_after_table", "a table, then an error page",
      plain_table() + "<html><body>502 Bad Gateway</body></html>\n");
  add("html_within_table", "an error page between rows",
      replaced(plain_table(), "2024-01-09", "<html><body>503 Service Unavailable</body></html>\n2024-01-09"));
  add("json_error", "a server's error message",
      R"({"finance":{"error":{"code":"Unauthorized","description":"Invalid Cookie"}}})");
  add("json_rows", "rows as a JSON list",
      R"([{"Date":"2024-01-02","Close":101.25},{"Date":"2024-01-03","Close":102.25}])");
  add("xml", "XML", "<?xml version=\"1.0\"?>\n<prices><p d=\"2024-01-02\">101.25</p></prices>\n");
  add("stooq_limit", "what Stooq sends instead of data", "Exceeded the daily hits limit");
  add("stooq_no_data", "what Stooq sends for an unknown name", "No data");
  add("prose", "a letter",
      repeated("Dear Sir or Madam, on 2 January the price was 101.25, on 3 January 102.25.\n", 20));
  add("source_code", "a program",
      "#include <cstdio>\nint main() { return std::puts(\"Date,Open,High,Low,Close\"); }\n");
  add("merge_conflict", "a table with the marks of a merge conflict",
      replaced(plain_table(), "2024-01-09", "<<<<<<< HEAD\n2024-01-09"));
  add("png", "a picture", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0"s + random_bytes(4, 500));
  add("zip", "a ZIP archive", "PK\x03\x04\x14\0\0\0\x08\0"s + random_bytes(5, 500));
  add("excel_old", "an old Excel file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random_bytes(6, 500));
  add("pdf", "a PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" + random_bytes(7, 500));
  add("elf", "a program's binary", "\x7f"s + "ELF\2\1\1\0\0\0"s + random_bytes(8, 500));
  add("sqlite", "a database", "SQLite format 3\0\x10\0\1\1"s + random_bytes(9, 500));
  add("parquet_called_csv", "something that begins like Parquet", "PAR1" + random_bytes(10, 500) + "PAR1");
  add("npy_called_csv", "an array", "\x93NUMPY\1\0"s + random_bytes(11, 500));
  add("xz_called_csv", "xz", "\xfd"s + "7zXZ\0\0\4"s + random_bytes(12, 500));
  add("bzip2_called_csv", "bzip2", "BZh91AY&SY" + random_bytes(13, 500));
}

void add_encodings(HostileCases& cases) {
  const auto add = [&](std::string name, std::string description, Expectation expectation,
                       std::string bytes) {
    cases.push_back(
        csv_case(std::move(name), std::move(description), std::move(expectation), std::move(bytes)));
  };
  const std::string table = plain_table();
  const std::string little = widened(table, 2, false), big = widened(table, 2, true);
  add("plain", "the right table, so that the driver is known to see right bars", gives(plain_bars()), table);
  add("utf8_bom", "UTF-8 with byte order mark", gives(plain_bars()), "\xef\xbb\xbf" + table);
  add("utf8_bom_twice", "two byte order marks", fails_or(plain_bars()), "\xef\xbb\xbf\xef\xbb\xbf" + table);
  add("utf8_bom_within", "a byte order mark before a later row", fails_or(plain_bars()),
      replaced(table, "2024-01-09",
               "\xef\xbb\xbf"
               "2024-01-09"));
  add("utf16_le_bom", "UTF-16, little-endian", fails_or(plain_bars()), "\xff\xfe" + little);
  add("utf16_be_bom", "UTF-16, big-endian", fails_or(plain_bars()), "\xfe\xff" + big);
  add("utf16_le", "UTF-16 without byte order mark", fails_or(plain_bars()), little);
  add("utf16_be", "UTF-16 without byte order mark, big-endian", fails_or(plain_bars()), big);
  add("utf16_odd", "UTF-16 with half a character at the end", fails_or(plain_bars()),
      "\xff\xfe" + little + "x");
  add("utf16_surrogate", "UTF-16 with half a pair in a price", fails(),
      "\xff\xfe" + replaced(little, widened("108.25", 2, false), widened("10", 2, false) + "\x00\xd8"s));
  add("utf16_swapped", "a little-endian mark before big-endian text", fails(), "\xff\xfe" + big);
  add("utf32_le", "UTF-32", fails_or(plain_bars()), "\xff\xfe\0\0"s + widened(table, 4, false));
  add("utf32_be", "UTF-32, big-endian", fails_or(plain_bars()), "\0\0\xfe\xff"s + widened(table, 4, true));
  add("utf7", "UTF-7's mark before the table", fails_or(plain_bars()), "+/v8-" + table);
  add("ebcdic", "a mainframe's encoding", fails(), ebcdic(table));
  add("half_utf16", "UTF-8 rows, then UTF-16 rows", fails(), table + little);
  add("cp1250", "Polish headings in windows-1250", fails_or(plain_bars()),
      replaced(table, kPlainHeader,
               "Data,Otwarcie,Najwy\xbfszy,Najni\xbfszy,Zamkni\xea"
               "cie,Wolumen"));
  add("latin1_extra", "a column with an umlaut in Latin-1", fails_or(plain_bars()),
      changed_table([](int, auto& cells) { cells.emplace_back("Z\xfcrich"); }, kPlainHeader + ",B\xf6rse"s));
  add("utf8_cut_in_extra", "a text column with half a UTF-8 character", fails_or(plain_bars()),
      changed_table([](int, auto& cells) { cells.emplace_back("\xe2\x82"); }, kPlainHeader + ",note"s));
  add("high_byte_in_price", "a price with a byte that is no digit", fails(),
      table_with_cell(kClose, "108\xff.25"));
  add("nul_in_price", "a price with a NUL byte", fails(), table_with_cell(kClose, "108\0.25"s));
  add("nul_after_price", "a price with a NUL byte at its end", fails_or(plain_bars()),
      table_with_cell(kClose, "108.25\0"s));
  add("nul_in_date", "a date with a NUL byte", fails(), table_with_cell(kDate, "2024-01\0-09"s));
  add("nul_in_header", "a heading with a NUL byte", fails_or(plain_bars()),
      replaced(table, "Close", "Clo\0se"s));
  add("nul_line", "a line of NUL bytes between rows", fails_or(plain_bars()),
      replaced(table, "2024-01-09", std::string(64, '\0') + "\n2024-01-09"));
  add("nul_block_at_end", "NUL bytes after the last row, as a crash leaves them", fails_or(plain_bars()),
      table + std::string(4096, '\0'));
  add("nul_block_within", "rows replaced by NUL bytes, as a crash leaves them", fails(),
      replaced(table, joined(plain_cells(7)) + "\n", std::string(4096, '\0')));
  add("dos_end", "Ctrl-Z at the end, as DOS did", fails_or(plain_bars()), table + "\x1a");
  add("escape_in_header", "a heading that repaints the terminal", fails_or(plain_bars()),
      changed_table([](int, auto& cells) { cells.emplace_back("1"); },
                    kPlainHeader + ",\x1b[2J\x1b]0;owned\a"s));
  add("escape_in_price", "a price that repaints the terminal", fails(),
      table_with_cell(kClose, "\x1b[2J108.25"));
  add("bidi_in_price", "a price with a mark that turns the writing direction", fails(),
      table_with_cell(kClose,
                      "\u202e"
                      "108.25"));
  add("wide_digits", "full-width digits", fails_or(plain_bars()),
      table_with_cell(kClose, "\uff11\uff10\uff18.\uff12\uff15"));
  add("arabic_digits", "Arabic digits", fails_or(plain_bars()),
      table_with_cell(kClose, "\u0661\u0660\u0668.\u0662\u0665"));
  add("minus_sign", "a typographic minus before a price", fails(),
      table_with_cell(kClose,
                      "\u2212"
                      "108.25"));
  add("overlong_digit", "a digit in overlong UTF-8", fails(),
      table_with_cell(kClose,
                      "\xc0\xb1"
                      "08.25"));
}

}  // namespace

HostileCases csv_byte_cases() {
  HostileCases cases;
  add_nothing(cases);
  add_other_things(cases);
  add_encodings(cases);
  return cases;
}

}  // namespace regimetry::hostile

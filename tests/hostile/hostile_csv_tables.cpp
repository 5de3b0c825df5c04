#include <fmt/format.h>

#include <limits>
#include <utility>

#include "hostile/hostile_files.hpp"
#include "hostile/hostile_table.hpp"

namespace regimetry::hostile {
namespace {

using namespace std::string_literals;
using Cells = std::vector<std::string>;

class Collection {
 public:
  void add(std::string name, std::string description, Expectation expectation, std::string bytes) {
    cases_.push_back(
        csv_case(std::move(name), std::move(description), std::move(expectation), std::move(bytes)));
  }
  void add_large(std::string name, std::string description, Expectation expectation,
                 std::function<std::string()> bytes) {
    cases_.push_back(
        large_csv_case(std::move(name), std::move(description), std::move(expectation), std::move(bytes)));
  }
  HostileCases take() { return std::move(cases_); }

 private:
  HostileCases cases_;
};

// The row with cells joined otherwise, in place of row 7.
std::string table_with_row(std::string_view row) {
  return replaced(plain_table(), joined(plain_cells(kChangedRow)), row);
}

std::string date(int i, const char* format) {
  return fmt::format(fmt::runtime(format), 2 + i, 1, 2024);
}

void add_headers(Collection& out) {
  const std::string table = plain_table();
  const std::string rows = table.substr(table.find('\n') + 1);
  out.add("header_only", "a header without rows", fails(), kPlainHeader + "\n"s);
  out.add("header_without_line_end", "a header without rows or line end", fails(), kPlainHeader);
  out.add("no_header", "rows without a header, in the usual order", fails_or(plain_bars()), rows);
  out.add("no_header_three_columns", "rows of three numbers without a header", fails(),
          changed_table([](int, Cells& c) { c.resize(3); }, ""));
  out.add("no_dates", "prices without dates", fails(),
          changed_table([](int, Cells& c) { c.erase(c.begin()); }, "Open,High,Low,Close,Volume"));
  out.add("no_close", "no close", fails(),
          changed_table([](int, Cells& c) { c.erase(c.begin() + kClose); }, "Date,Open,High,Low,Volume"));
  out.add("only_dates", "dates and nothing else", fails(),
          changed_table([](int, Cells& c) { c.resize(1); }, "Date"));
  out.add("two_closes", "two columns called Close with different prices", fails(),
          changed_table([](int, Cells& c) { c.emplace_back("55.5"); }, kPlainHeader + ",Close"s));
  out.add("two_closes_by_case", "Close and CLOSE with different prices", fails(),
          changed_table([](int, Cells& c) { c.emplace_back("55.5"); }, kPlainHeader + ",CLOSE"s));
  out.add("two_closes_by_language", "Close and Schlusskurs with different prices", fails(),
          changed_table([](int, Cells& c) { c.emplace_back("55.5"); }, kPlainHeader + ",Schlusskurs"s));
  out.add("two_dates", "two date columns that differ", fails(),
          changed_table([](int i, Cells& c) { c.push_back(fmt::format("2023-01-{:02}", i + 1)); },
                        kPlainHeader + ",Date"s));
  out.add("two_opens", "two columns called Open", fails(),
          changed_table([](int, Cells& c) { c.emplace_back("55.5"); }, kPlainHeader + ",Open"s));
  out.add("header_twice", "the header again in the middle", fails_or(plain_bars()),
          table_with_row(kPlainHeader + "\n"s + joined(plain_cells(7))));
  out.add("header_at_end", "the header as last line", fails_or(plain_bars()), rows + kPlainHeader + "\n");
  out.add("empty_names", "a header of empty names", fails_or(plain_bars()), ",,,,,\n" + rows);
  out.add("quoted_empty_names", "a header of empty quoted names", fails_or(plain_bars()),
          "\"\",\"\",\"\",\"\",\"\",\"\"\n" + rows);
  out.add("meaningless_names", "a header of words that name nothing", fails(), "a,b,c,d,e,f\n" + rows);
  out.add("foreign_order", "columns in another order, named rightly", gives(plain_bars()),
          changed_table([](int, Cells& c) { c = {c[5], c[4], c[3], c[2], c[1], c[0]}; },
                        "Volume,Close,Low,High,Open,Date"));
  out.add("header_longer", "a header with one name more than the rows have cells", fails_or(plain_bars()),
          changed_table([](int, Cells&) {}, kPlainHeader + ",Extra"s));
  out.add("header_shorter", "a header with one name fewer than the rows have cells", fails_or(plain_bars()),
          changed_table([](int, Cells& c) { c.emplace_back("7"); }));
  out.add("comments_first", "lines of comment before the header", fails_or(plain_bars()),
          "# prices\n# of a thing\n" + table);
  out.add("title_first", "a title and a blank line before the header", fails_or(plain_bars()),
          "Prices of a thing\n\n" + table);
  out.add("total_at_end", "a line of totals", fails_or(plain_bars()), table + "Total,,,,,17200\n");
  out.add("source_at_end", "a line that names the source", fails_or(plain_bars()),
          table + "Source: a bank\n");
  out.add("second_export", "another export behind the first", fails(),
          table + "Datum;Erster;Hoch;Tief;Schlusskurs\n18.01.2024;1,5;1,7;1,4;1,6\n");
}

void add_lines(Collection& out) {
  const std::string table = plain_table();
  out.add("crlf", "CR LF line ends", gives(plain_bars()), plain_table("\r\n"));
  out.add("cr_only", "CR line ends", fails_or(plain_bars()), plain_table("\r"));
  out.add("lf_cr", "LF CR line ends", fails_or(plain_bars()), plain_table("\n\r"));
  out.add("cr_cr_lf", "CR CR LF line ends", fails_or(plain_bars()), plain_table("\r\r\n"));
  out.add("mixed_line_ends", "LF and CR LF by turns", fails_or(plain_bars()),
          replaced(plain_table("\r\n"), "0\r\n2024-01-1", "0\n2024-01-1"));
  out.add("cr_within", "one CR in place of a line end", fails_or(plain_bars()),
          replaced(table, "\n2024-01-09", "\r2024-01-09"));
  out.add("form_feeds", "form feeds as line ends", fails(), plain_table("\f"));
  out.add("unicode_line_ends", "U+2028 as line ends", fails(), plain_table("\xe2\x80\xa8"));
  out.add("no_last_line_end", "no line end after the last row", gives(plain_bars()),
          table.substr(0, table.size() - 1));
  out.add("blank_lines_between", "blank lines between rows", fails_or(plain_bars()), plain_table("\n\n"));
  out.add("blank_lines_around", "blank lines before and after", fails_or(plain_bars()),
          "\n\n\n" + table + "\n\n\n");
  out.add("blanks_around_cells", "blanks around every cell", fails_or(plain_bars()),
          replaced(table, ",", " , "));
  out.add("empty_row", "a row of separators", fails_or(plain_bars()),
          table_with_row(joined(plain_cells(7)) + "\n,,,,,"));
  out.add("separator_at_line_end", "a separator after every row", fails_or(plain_bars()), plain_table(",\n"));
  out.add("separator_at_line_start", "a separator before every row", fails_or(plain_bars()),
          "," + replaced(table.substr(0, table.size() - 1), "\n", "\n,") + "\n");
  out.add("cut_in_row", "the file ends within a row", fails(), table.substr(0, table.size() - 20));
  out.add("cut_in_date", "the file ends within a date", fails(), table + "2024-01");
  out.add("row_without_close", "a row without its close", fails(),
          table_with_row("2024-01-09,107.25,109.25,106.25,1070"));
  out.add("row_of_one_cell", "a row that is only a date", fails(), table_with_row("2024-01-09"));
  out.add("row_with_more", "a row with a cell too many", fails(),
          table_with_row(joined(plain_cells(7)) + ",55"));
  out.add("rows_of_all_lengths", "rows of 1, 2, 3, ... cells", fails(),
          changed_table([](int i, Cells& c) { c.resize(static_cast<std::size_t>(i + 1), "1"); }));
  out.add("decimal_comma_unquoted", "a decimal comma between commas", fails(),
          table_with_row("2024-01-09,107,25,109,25,106,25,108,25,1070"));
}

void add_quotes(Collection& out) {
  const std::string table = plain_table();
  out.add("all_quoted", "every cell in quotes", gives(plain_bars()), [] {
    return changed_table([](int, Cells& c) {
      for (std::string& cell : c) cell = '"' + cell + '"';
    });
  }());
  out.add("single_quotes", "every cell in single quotes", fails_or(plain_bars()), [] {
    return changed_table([](int, Cells& c) {
      for (std::string& cell : c) cell = '\'' + cell + '\'';
    });
  }());
  out.add("quote_never_closed", "a quote that opens before a price and never closes", fails(),
          table_with_cell(kClose, "\"108.25"));
  out.add("quote_never_opened", "a quote after a price", fails(), table_with_cell(kClose, "108.25\""));
  out.add("quote_within", "a quote within a price", fails(), table_with_cell(kClose, "10\"8.25"));
  out.add("text_after_quote", "digits after a closing quote, which read on give the price",
          fails_or(plain_bars()), table_with_cell(kClose, "\"108\".25"));
  out.add("quote_at_file_end", "a quote as last byte", fails_or(plain_bars()), table + "\"");
  out.add("row_in_quotes", "a whole row in one pair of quotes", fails(),
          table_with_row('"' + joined(plain_cells(7)) + '"'));
  out.add("line_end_in_text", "a text cell with line ends in it", fails_or(plain_bars()),
          changed_table([](int, Cells& c) { c.emplace_back("\"two\nlines\""); }, kPlainHeader + ",note"s));
  out.add("row_in_text", "a text cell that looks like a row", fails_or(plain_bars()),
          changed_table([](int i, Cells& c) { c.push_back(i == 7 ? "\"x\n2024-02-01,1,1,1,1,1,y\"" : "-"); },
                        kPlainHeader + ",note"s));
  out.add("doubled_quotes", "a text cell with doubled quotes", fails_or(plain_bars()),
          changed_table([](int, Cells& c) { c.emplace_back("\"say \"\"hi\"\", twice\""); },
                        kPlainHeader + ",note"s));
  out.add("backslash_quotes", "a text cell with a quote behind a backslash", fails_or(plain_bars()),
          changed_table([](int, Cells& c) { c.emplace_back("\"say \\\"hi\\\", twice\""); },
                        kPlainHeader + ",note"s));
}

void add_mixtures(Collection& out) {
  out.add("mixed_separators", "commas in one half, semicolons in the other", fails_or(plain_bars()), [] {
    std::string text = kPlainHeader + "\n"s;
    for (int i = 0; i < kPlainBarCount; ++i) text += joined(plain_cells(i), i < 8 ? "," : ";") + "\n";
    return text;
  }());
  out.add("header_other_separator", "a header with commas over rows with semicolons", fails_or(plain_bars()),
          changed_table([](int, Cells&) {}, kPlainHeader, ";"));
  out.add("blank_separator", "cells separated by runs of blanks", fails_or(plain_bars()),
          replaced(plain_table(), ",", "   "));
  out.add("odd_separator", "cells separated by ~", fails_or(plain_bars()), replaced(plain_table(), ",", "~"));
  out.add("mixed_decimal_marks", "decimal points in one half, decimal commas in the other",
          fails_or(plain_bars()),
          changed_table(
              [](int i, Cells& c) {
                for (std::size_t k = 1; i > 7 && k < 5; ++k) c[k] = replaced(c[k], ".", ",");
              },
              "Date;Open;High;Low;Close;Volume", ";"));
  out.add("mixed_decimal_marks_in_row", "a decimal comma in one column only", fails_or(plain_bars()),
          changed_table([](int, Cells& c) { c[kClose] = replaced(c[kClose], ".", ","); },
                        "Date;Open;High;Low;Close;Volume", ";"));
  out.add("mark_undecided", "1,234 in every cell: thousands or decimals?", fails(),
          changed_table(
              [](int i, Cells& c) {
                for (std::size_t k = 1; k < 5; ++k)
                  c[k] = fmt::format("1,{:03}", 200 + i + (k == kHigh ? 50 : k == kLow ? -50 : 0));
                c[kVolume] = "1000";
              },
              "Date;Open;High;Low;Close;Volume", ";"));
  out.add("mixed_date_orders", "ISO dates in one half, day/month/year in the other", fails_or(plain_bars()),
          changed_table([](int i, Cells& c) {
            if (i > 7) c[0] = date(i, "{:02}/{:02}/{}");
          }));
  out.add("contradicting_date_orders", "13/01/2024 and 01/14/2024 in one column", fails(),
          changed_table([](int i, Cells& c) { c[0] = i == 12 ? "01/14/2024" : date(i, "{:02}/{:02}/{}"); }));
  out.add("order_undecided", "day/month or month/day? Both rise, and no number is beyond 12", fails(),
          changed_table(
              [](int i, Cells& c) { c[0] = fmt::format("{:02}/{:02}/2024", i / 2 + 1, (i + 1) / 2 + 1); }));
  out.add("two_digit_years", "02.01.24: three readings", fails_or(plain_bars()),
          changed_table([](int i, Cells& c) { c[0] = fmt::format("{:02}.01.24", 2 + i); }));
  out.add("mixed_zones", "stamps with Z and without", fails_or(plain_bars()),
          changed_table([](int i, Cells& c) { c[0] += i % 2 == 0 ? "T00:00:00Z" : "T00:00:00"; }));
  out.add("dates_and_epochs", "dates in one half, epoch seconds in the other", fails_or(plain_bars()),
          changed_table([](int i, Cells& c) {
            if (i > 7) c[0] = fmt::format("{}", 1'704'153'600 + 86'400 * i);
          }));
  out.add("epochs_of_two_units", "epoch seconds in one half, milliseconds in the other",
          fails_or(plain_bars()), changed_table([](int i, Cells& c) {
            c[0] = fmt::format("{}{}", 1'704'153'600 + 86'400 * i, i > 7 ? "000" : "");
          }));
  out.add("rows_shuffled", "rows in no order", fails_or(plain_bars()), [] {
    std::string text = kPlainHeader + "\n"s;
    for (int i = 0; i < kPlainBarCount; ++i) text += joined(plain_cells(i * 5 % kPlainBarCount)) + "\n";
    return text;
  }());
  out.add("rows_twice", "every row twice", fails_or(plain_bars()),
          plain_table() + plain_table().substr(std::string(kPlainHeader).size() + 1));
  out.add("row_contradicts", "a date twice with different prices", fails(),
          plain_table() + "2024-01-09,55.25,57.25,54.25,56.25,1070\n");
  out.add("one_date", "one date in all rows", fails(),
          changed_table([](int, Cells& c) { c[0] = "2024-01-02"; }));
}

void add_large_ones(Collection& out) {
  out.add_large("million_columns", "a header of a million names", fails(),
                [] { return repeated("Open,", 1'000'000) + "\n"; });
  out.add_large("million_columns_rows", "a million columns and three rows", fails(), [] {
    return repeated("a,", 1'000'000) + "\n" + repeated(repeated("1,", 1'000'000) + "\n", 3);
  });
  out.add_large("million_extras", "a right table with a million further columns", fails(), [] {
    const std::string more = repeated(",1", 1'000'000);
    return replaced(plain_table(more + "\n"), kPlainHeader + more, kPlainHeader + repeated(",x", 1'000'000));
  });
  out.add_large("line_of_letters", "one line of 100 MB", fails(),
                [] { return std::string(100'000'000, 'x'); });
  out.add_large("line_of_digits", "one number of 100 MB", fails(),
                [] { return std::string(100'000'000, '1'); });
  out.add_large("line_of_cells", "one line of 50 million cells", fails(),
                [] { return repeated("1,", 50'000'000); });
  out.add_large("line_of_blanks", "100 MB of blanks", fails(), [] { return std::string(100'000'000, ' '); });
  out.add_large("long_line_within", "a right table with a line of 100 MB in it", fails(),
                [] { return plain_table() + "2024-01-18," + std::string(100'000'000, '1') + "\n"; });
  out.add_large("quote_of_100_mb", "a quoted cell that goes on for 100 MB of rows", fails(), [] {
    return plain_table() + "2024-01-18,\"" + repeated("115.25,117.25,114.25,116.25,1150\n", 3'000'000);
  });
  out.add_large("million_quotes", "a million quotes in one cell", fails(),
                [] { return table_with_cell(kClose, std::string(1'000'001, '"')); });
  out.add_large("million_blank_lines_before", "a million blank lines, then the table", fails_or(plain_bars()),
                [] { return std::string(1'000'000, '\n') + plain_table(); });
  out.add_large("million_blank_lines_after", "the table, then a million blank lines", fails_or(plain_bars()),
                [] { return plain_table() + std::string(1'000'000, '\n'); });
  out.add_large("million_empty_rows", "the table, then a million rows of separators", fails_or(plain_bars()),
                [] { return plain_table() + repeated(",,,,,\n", 1'000'000); });
  out.add_large("long_name", "a column with a name of 1 MB", fails_or(plain_bars()), [] {
    return changed_table([](int, Cells& c) { c.emplace_back("1"); },
                         kPlainHeader + ","s + std::string(1'000'000, 'n'));
  });
  out.add_large("long_text", "a text cell of 1 MB", fails_or(plain_bars()), [] {
    return changed_table([](int i, Cells& c) { c.push_back(i == 7 ? std::string(1'000'000, 't') : "t"); },
                         kPlainHeader + ",note"s);
  });
  out.add_large("many_symbols", "a symbol of its own for each of 20,000 rows", fails(), [] {
    std::string text = "Symbol,"s + kPlainHeader + "\n";
    for (int i = 0; i < 20'000; ++i)
      text += fmt::format("S{},{}\n", i, i == 9'999 ? "2024-01-09,x,1,1,1,1" : joined(plain_cells(7)));
    return text;
  });
}

}  // namespace

HostileCases csv_table_cases() {
  Collection out;
  add_headers(out);
  add_lines(out);
  add_quotes(out);
  add_mixtures(out);
  add_large_ones(out);
  return out.take();
}

}  // namespace regimetry::hostile

#include "market/reading/text/not_a_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/lower_case.hpp"
#include "market/reading/number_format.hpp"

namespace regimetry::market {
namespace {

struct Signature {
  std::string_view bytes;
  std::string_view what;
  std::string_view advice;
};

constexpr auto kSignatures = std::to_array<Signature>({
    {"PAR1", "a Parquet file", "Give it the ending .parquet."},
    {"PK\x03\x04", "a zip archive (Excel workbooks are zip archives as well)",
     "Unpack it, or save the sheet as CSV, and read that."},
    {"\xD0\xCF\x11\xE0", "an old Excel workbook", "Save the sheet as CSV and read that."},
    {"%PDF", "a PDF document", "Fetch the data as CSV."},
    {"\x89PNG", "a PNG picture", "Check which file you meant."},
    {"\xFF\xD8\xFF", "a JPEG picture", "Check which file you meant."},
    {"GIF8", "a GIF picture", "Check which file you meant."},
    {"\x7F"
     "ELF",
     "a program", "Check which file you meant."},
    {"BZh", "a bzip2 archive", "Unpack it with bunzip2, or pack it with gzip or zstd."},
    {"\xFD"
     "7zXZ",
     "an xz archive", "Unpack it with unxz, or pack it with gzip or zstd."},
    {"7z\xBC\xAF", "a 7-Zip archive", "Unpack it and read what is in it."},
    {"\x93NUMPY", "a NumPy array", "Export the table as CSV, Parquet or JSON lines."},
    {"\x89HDF", "an HDF5 file", "Export the table as Parquet or CSV."},
    {"ARROW1", "an Arrow file", "Export the table as Parquet or CSV."},
    {"SQLite format 3", "an SQLite database", "Export the table as CSV."},
});

std::string title_of_page(std::string_view head) {
  const std::string lower = lower_case(head);
  const std::size_t begin = lower.find("<title");
  if (begin == std::string::npos) return {};
  const std::size_t text = lower.find('>', begin);
  const std::size_t end = lower.find("</title", begin);
  if (text == std::string::npos || end == std::string::npos || end <= text + 1) return {};
  return fmt::format(" titled '{}'", shorten(trim_blanks(head.substr(text + 1, end - text - 1))));
}

std::string_view without_leading_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

}  // namespace

void refuse_known_binary(std::string_view first_bytes, const std::string& name) {
  for (const Signature& signature : kSignatures) {
    if (first_bytes.starts_with(signature.bytes)) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}: is {}, not a text table. {}", name, signature.what, signature.advice));
    }
  }
}

void refuse_known_text(std::string_view head, const std::string& name) {
  const std::string_view text = without_leading_blanks(head);
  if (looks_like_html(text.substr(0, text.find('\n')))) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: is a web page{}, not a table: the site answered with a page where data was "
                            "expected. Open the "
                            "address in a browser, see what it says, and download the data again.",
                            name, title_of_page(head)));
  }
  if (text.starts_with("{") || text.starts_with("[{") || text.starts_with("[[")) {
    throw Error(ErrorKind::kData, fmt::format("{}: is JSON, not a text table: '{}'. If it holds one bar per "
                                              "line, give it the ending .jsonl; if "
                                              "it is a message of the server, fetch the data again.",
                                              name, shorten(text, 120)));
  }
}

void throw_not_a_table(const std::string& name, const TextSample& sample, const ReadOptions& options) {
  const std::string_view text = without_leading_blanks(sample.blocks.front().text);
  const std::string_view first_line = text.substr(0, text.find('\n'));
  if (options.separator) {
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: its lines do not split into columns at '{}' (--separator); the first is "
                            "'{}'. Leave --separator out to have it recognised.",
                            name, *options.separator, shorten(first_line, 100)));
  }
  if (sample.is_whole && text.size() < 2'000) {
    throw Error(ErrorKind::kData, fmt::format("{}: is a message, not a table. It says '{}'. The site "
                                              "answered with it in place of data (a limit "
                                              "reached, a symbol it does not know); fetch the data again.",
                                              name, shorten(text, 200)));
  }
  throw Error(ErrorKind::kData,
              fmt::format("{}: is not a table: its lines do not split into columns at any of , ; tab | or "
                          "blank. The first is "
                          "'{}'. If columns are separated by something else, say so with --separator.",
                          name, shorten(first_line, 100)));
}

void throw_no_market_table(const std::string& name, std::int64_t line, std::string_view text) {
  throw Error(ErrorKind::kData,
              fmt::format("{}:{}: has no header line, and the columns do not look like a date followed by "
                          "open, high, low and "
                          "close: '{}'. Add a header line such as timestamp,open,high,low,close,volume.",
                          name, line, shorten(text, 100)));
}

void throw_nothing(const std::string& name, std::string_view what) {
  throw Error(ErrorKind::kData,
              fmt::format("{}: {}. Download or export it again, or name another file.", name, what));
}

void throw_no_rows(const std::string& name, std::int64_t header_line, std::string_view header) {
  throw Error(
      ErrorKind::kData,
      fmt::format("{}:{}: has no rows after its header line, '{}'. If that is no header of prices, name "
                  "another file; if it is, download the data again for dates that have some.",
                  name, header_line, shorten(header, 100)));
}

bool looks_like_html(std::string_view line) {
  const std::string lower = lower_case(without_leading_blanks(line).substr(0, 64));
  for (const std::string_view tag :
       {"<!doctype", "<html", "<head", "<body", "<meta", "<title", "<script", "<style", "<div", "<p>", "<h1",
        "<table", "<?xml", "</html", "<center", "<br", "<span", "<a ", "<!--"}) {
    if (lower.starts_with(tag)) return true;
  }
  return false;
}

std::string shorten(std::string_view text, std::size_t max_bytes) {
  std::string shortened(text.substr(0, max_bytes));
  if (text.size() > max_bytes) {
    // Do not cut a character of several bytes in two.
    while (!shortened.empty() && (static_cast<unsigned char>(text[shortened.size()]) & 0xC0) == 0x80)
      shortened.pop_back();
  }
  std::replace_if(
      shortened.begin(), shortened.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  if (text.size() > max_bytes) shortened += "...";
  return shortened;
}

}  // namespace regimetry::market

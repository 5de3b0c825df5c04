#include "market/reading/describe_source.hpp"

#include <fmt/format.h>

#include "core/printable.hpp"

namespace regimetry::market {
namespace {

std::string row_words(std::int64_t rows) {
  return fmt::format("{} {}", rows, rows == 1 ? "row" : "rows");
}

std::string describe_dialect(const TextDialect& dialect) {
  std::string text = dialect.export_name;
  if (dialect.compression != "none") text += ", " + dialect.compression;
  if (dialect.encoding != "UTF-8") text += ", " + dialect.encoding;
  text += fmt::format(", separator '{}', decimal mark '{}'", dialect.separator, dialect.decimal_mark);
  if (!dialect.thousands_mark.empty()) text += fmt::format(", thousands mark '{}'", dialect.thousands_mark);
  text += fmt::format(", stamps {} in {}", dialect.time_format, dialect.time_zone);
  if (dialect.newest_first) text += ", newest first (turned round)";
  if (dialect.stamps_are_bar_ends) text += ", stamps end their bars";
  return text;
}

}  // namespace

std::string describe_source(const SourceFile& source) {
  constexpr std::size_t kLongestPath = 300;
  const std::string format =
      source.dialect.empty() ? source.format : describe_dialect(source.dialect.front());
  return fmt::format("{}: {}; {}", printable(source.path, kLongestPath), format, row_words(source.row_count));
}

nlohmann::json to_json(const SourceFile& source) {
  nlohmann::json json = {{"path", source.path}, {"format", source.format}, {"rows", source.row_count}};
  if (!source.sha256.empty()) json["sha256"] = source.sha256;
  if (source.dialect.empty()) return json;
  const TextDialect& dialect = source.dialect.front();
  json["dialect"] = {{"export", dialect.export_name},
                     {"compression", dialect.compression},
                     {"encoding", dialect.encoding},
                     {"separator", dialect.separator},
                     {"decimal_mark", dialect.decimal_mark},
                     {"thousands_mark", dialect.thousands_mark},
                     {"time_format", dialect.time_format},
                     {"time_zone", dialect.time_zone},
                     {"header_lines", dialect.header_lines},
                     {"newest_first", dialect.newest_first},
                     {"stamps_are_bar_ends", dialect.stamps_are_bar_ends},
                     {"notes", dialect.notes}};
  return json;
}

}  // namespace regimetry::market

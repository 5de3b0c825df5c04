#include "report/overview_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/json_value.hpp"
#include "report/palette_choice.hpp"
#include "report/report_page.hpp"

namespace regimetry::report {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Regimes of all instruments</title>
<style>
:root { color-scheme: light dark; --ink: #1b2530; --soft: #5b6875; --line: #dde2e8; --page: #ffffff; --bad: #a32116; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf0; --soft: #9aa7b4; --line: #2d3742; --page: #12181f; --bad: #ff9a8a; }
}
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
p { color: var(--soft); margin: 0 0 1.25rem; max-width: 60rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
  white-space: nowrap; }
td:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 5rem; max-width: 14rem; }
th { color: var(--soft); font-weight: 600; font-size: .85rem; }
td.number, th.number { text-align: right; }
a { color: inherit; }
.chip { display: inline-block; min-width: 1.4rem; text-align: center; border-radius: .3rem; color: #fff;
  padding: 0 .35rem; margin-right: .35rem; font-weight: 600; background: #1b2530; border-left: .5rem solid; }
td.failure { color: var(--bad); white-space: normal; min-width: 18rem; }
svg { display: block; width: 100%; min-width: 12rem; height: 1.2rem; }
@media print { body { max-width: none; } a { text-decoration: none; } }
</style>
</head>
<body>
<main>
<h1>Regimes of all instruments</h1>
)";

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f}%", 100 * *share) : std::string("–");
}

// The history as one strip, a rectangle for each stay; stays too short to see are drawn with their
// neighbours.
std::string strip(const ordered_json& stays, const std::vector<std::string>& colors) {
  std::int64_t bars = 0;
  for (const ordered_json& stay : stays) bars += stay.at("bars").get<std::int64_t>();
  std::string text =
      "<svg viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"history of "
      "regimes\">";
  double done = 0, drawn = 0;
  constexpr double kNarrowest = 0.7;
  for (const ordered_json& stay : stays) {
    done += 1000.0 * stay.at("bars").get<double>() / static_cast<double>(bars);
    if (done - drawn < kNarrowest) continue;
    text += fmt::format("<rect x=\"{:.1f}\" width=\"{:.1f}\" height=\"20\" fill=\"{}\"/>", drawn,
                        done - drawn, colors.at(stay.at("regime").get<std::size_t>()));
    drawn = done;
  }
  return text + "</svg>";
}

std::size_t colors_needed(const std::vector<OverviewRow>& rows) {
  std::size_t most = 1;
  for (const OverviewRow& row : rows)
    if (row.summary.is_object())
      for (const ordered_json& stay : row.summary.at("stays"))
        most = std::max(most, stay.at("regime").get<std::size_t>() + 1);
  return most;
}

std::string title_of(const ordered_json& summary, std::int32_t id) {
  for (const ordered_json& regime : summary.at("regimes"))
    if (regime.at("regime").get<std::int32_t>() == id) return regime.at("title").get<std::string>();
  return {};
}

std::string name_cell(const OverviewRow& row) {
  const std::string name = html_text(row.name);
  return row.link.empty() ? name : fmt::format("<a href=\"{}\">{}</a>", html_text(row.link), name);
}

std::string row_html(const OverviewRow& row, const std::vector<std::string>& colors) {
  if (!row.failure.empty())
    return fmt::format("<tr><td>{}</td><td colspan=\"7\" class=\"failure\">Failed: {}</td></tr>\n",
                       name_cell(row), html_text(row.failure));
  const ordered_json& now = row.summary.at("now");
  if (!now.is_object())
    return fmt::format("<tr><td>{}</td><td colspan=\"7\">No bar has a regime.</td></tr>\n", name_cell(row));
  const auto id = now.at("regime").get<std::int32_t>();
  const auto next = whole_at(now, "usually_next");
  return fmt::format(
      "<tr><td>{}</td><td class=\"number\">{}</td><td><span class=\"chip\" "
      "style=\"border-left-color:{}\">{}</span>{}</td>"
      "<td>{}</td><td class=\"number\">{}</td><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
      name_cell(row), row.summary.at("bars").get<std::int64_t>(), colors.at(static_cast<std::size_t>(id)), id,
      html_text(title_of(row.summary, id)), html_text(now.at("since").get<std::string>().substr(0, 10)),
      percent(number_at(now, "stays_probability")), next ? std::to_string(*next) : "–",
      percent(number_at(row.summary, "asof_agreement")), strip(row.summary.at("stays"), colors));
}

}  // namespace

std::string overview_page(const std::vector<OverviewRow>& rows, std::string_view palette) {
  const std::vector<std::string> colors = palette_colors(palette, static_cast<int>(colors_needed(rows)));
  const auto failed =
      std::count_if(rows.begin(), rows.end(), [](const OverviewRow& row) { return !row.failure.empty(); });
  std::string page(kHead);
  page += fmt::format(
      "<p>{} instruments{}. Each was analysed by itself: regime 1 of one need not be regime 1 of another. "
      "Regimes here are "
      "final labels, which know the whole sample and describe it.</p>\n<div "
      "class=\"wide\"><table>\n<thead><tr>"
      "<th>Instrument</th><th class=\"number\">Bars</th><th>Regime now</th><th>Since</th><th "
      "class=\"number\">Stays</th>"
      "<th>Usually next</th><th class=\"number\">Known at the time = "
      "final</th><th>History</th></tr></thead>\n<tbody>\n",
      rows.size(), failed > 0 ? fmt::format(", {} of which failed", failed) : std::string());
  for (const OverviewRow& row : rows) page += row_html(row, colors);
  return page + "</tbody>\n</table></div>\n</main>\n</body>\n</html>\n";
}

}  // namespace regimetry::report

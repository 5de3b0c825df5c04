#include "report/report_page.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "report/base64.hpp"
#include "report/gzip.hpp"

// The bytes lie in the program itself: report_template.S names the file that the build made.
extern "C" {
extern const char regimetry_report_template_begin[];
extern const char regimetry_report_template_end[];
}

namespace regimetry::report {
namespace {

// Once, where the template has the placeholder.
std::string filled(std::string_view page, std::string_view placeholder, std::string_view value) {
  const std::size_t at = page.find(placeholder);
  if (at == std::string_view::npos)
    throw Error(ErrorKind::kInternal, fmt::format("the template of the report has no {}", placeholder));
  std::string result;
  result.reserve(page.size() + value.size());
  result.append(page.substr(0, at)).append(value).append(page.substr(at + placeholder.size()));
  return result;
}

}  // namespace

std::string_view report_template() noexcept {
  return {regimetry_report_template_begin,
          static_cast<std::size_t>(regimetry_report_template_end - regimetry_report_template_begin)};
}

std::string html_text(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else if (c == '\'')
      safe += "&#39;";
    else
      safe += c;
  }
  return safe;
}

std::string report_page(std::string_view page_template, const std::string& title,
                        const nlohmann::ordered_json& data) {
  const std::string json = data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const std::string titled = filled(page_template, "{{REGIMETRY_TITLE}}", html_text(title));
  return filled(titled, "{{REGIMETRY_DATA}}", base64(gzip(json)));
}

}  // namespace regimetry::report

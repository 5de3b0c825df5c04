// The self-contained page: the template that web/report builds, with the data in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace regimetry::report {

// As it was built into the program.
[[nodiscard]] std::string_view report_template() noexcept;

// `data` as report_data() makes it.
[[nodiscard]] std::string report_page(std::string_view page_template, const std::string& title,
                                      const nlohmann::ordered_json& data);

// Text that may stand between the tags of a page.
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace regimetry::report

#include "features/transform/category_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <map>

namespace regimetry::features {
namespace {

// How often each word stands in the rows, and how many rows have none.
std::map<std::string, std::int64_t> count_words(std::span<const ColumnRows> parts, ColumnFacts& facts) {
  std::map<std::string, std::int64_t> counts;
  for (const ColumnRows& part : parts) {
    facts.rows += part.row_count;
    if (part.view->codes == nullptr) {
      facts.missing += part.row_count;
      continue;
    }
    std::vector<std::int64_t> count_of(part.view->categories->size(), 0);
    for (std::int64_t row = 0; row < part.row_count; ++row) {
      const std::int32_t code = part.view->codes[row];
      if (code == market::kMissingCode)
        ++facts.missing;
      else
        ++count_of[static_cast<std::size_t>(code)];
    }
    for (std::size_t code = 0; code < count_of.size(); ++code) {
      if (count_of[code] > 0) counts[(*part.view->categories)[code]] += count_of[code];
    }
  }
  facts.is_constant = counts.size() == 1;
  return counts;
}

std::optional<std::string> most_frequent(const std::map<std::string, std::int64_t>& counts) {
  const auto most = std::max_element(counts.begin(), counts.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == counts.end()) return std::nullopt;
  return most->first;
}

}  // namespace

ColumnFacts CategoryStep::fit(std::span<const ColumnRows> parts) {
  ColumnFacts facts;
  const std::map<std::string, std::int64_t> counts = count_words(parts, facts);
  categories_.clear();
  for (const auto& [word, count] : counts) categories_.push_back(word);
  fill_ = missing_ == MissingPolicy::kImpute ? most_frequent(counts) : std::nullopt;
  return facts;
}

ColumnFacts CategoryStep::fit_fill(std::span<const ColumnRows> parts) {
  ColumnFacts facts;
  const std::map<std::string, std::int64_t> counts = count_words(parts, facts);
  fill_ = missing_ == MissingPolicy::kImpute ? most_frequent(counts) : std::nullopt;
  return facts;
}

std::vector<std::string> CategoryStep::output_names(const std::string& column) const {
  std::vector<std::string> names;
  for (const std::string& category : categories_) names.push_back(fmt::format("{}={}", column, category));
  return names;
}

StepCounts CategoryStep::transform(const market::ColumnView& view, IndexRange rows, float* out,
                                   std::int64_t stride) const {
  const auto place_of = [&](const std::string& word) -> std::ptrdiff_t {
    const auto found = std::lower_bound(categories_.begin(), categories_.end(), word);
    return found != categories_.end() && *found == word ? found - categories_.begin() : -1;
  };
  std::vector<std::ptrdiff_t> place_of_code;
  if (view.categories != nullptr) {
    for (const std::string& word : *view.categories) place_of_code.push_back(place_of(word));
  }
  const std::ptrdiff_t fill_place = fill_ ? place_of(*fill_) : -1;
  const auto width = static_cast<std::ptrdiff_t>(categories_.size());
  StepCounts counts;
  for (std::int64_t row = rows.begin; row < rows.end; ++row, out += stride) {
    const std::int32_t code = view.codes == nullptr ? market::kMissingCode : view.codes[row];
    const bool is_missing = code == market::kMissingCode;
    const std::ptrdiff_t place = is_missing ? fill_place : place_of_code[static_cast<std::size_t>(code)];
    if (is_missing) ++counts.missing;
    if (!is_missing && place < 0) ++counts.unknown;
    std::fill_n(out, width, is_missing && !fill_ ? std::numeric_limits<float>::quiet_NaN() : 0.0F);
    if (place >= 0) out[place] = static_cast<float>(yes_);
  }
  return counts;
}

nlohmann::json CategoryStep::to_json() const {
  nlohmann::json json = {{"step", "category"}, {"yes", yes_}, {"categories", categories_}};
  if (fill_) json["fill"] = *fill_;
  return json;
}

std::unique_ptr<ColumnStep> CategoryStep::from_json(const JsonPlace& json) {
  json.require_keys({"step", "fill", "yes", "categories"});
  auto step = std::make_unique<CategoryStep>(MissingPolicy::kImpute, json.at("yes").number());
  step->categories_ = json.at("categories").texts();
  const auto& words = step->categories_;
  if (words.empty() ||
      std::adjacent_find(words.begin(), words.end(), std::greater_equal<>()) != words.end()) {
    json.at("categories").fail("is empty or not sorted");
  }
  if (json.has("fill")) {
    step->fill_ = json.at("fill").text();
    if (!std::binary_search(words.begin(), words.end(), *step->fill_)) {
      json.at("fill").fail("is none of its categories");
    }
  }
  return step;
}

}  // namespace regimetry::features

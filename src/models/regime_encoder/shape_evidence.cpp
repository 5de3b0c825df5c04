#include "models/regime_encoder/shape_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

namespace regimetry::models {
namespace {

enum class Size { kFeatures, kUnpadded, kWidth, kHeads, kHidden, kWindow };

// Which size stands at which axis of a tensor. Names inside a block are without "blocks.0.".
struct SizePlace {
  std::string_view name;
  std::size_t axis_count, axis;
  Size size;
};

constexpr std::array kPlaces = {
    SizePlace{"projection.weight", 2, 0, Size::kUnpadded},
    SizePlace{"projection.weight", 2, 1, Size::kFeatures},
    SizePlace{"projection.bias", 1, 0, Size::kUnpadded},
    SizePlace{"position.weight", 2, 0, Size::kWindow},
    SizePlace{"position.weight", 2, 1, Size::kWidth},
    SizePlace{"attention.query.weight", 2, 0, Size::kHeads},
    SizePlace{"attention.query.weight", 2, 1, Size::kWidth},
    SizePlace{"attention.query.bias", 1, 0, Size::kHeads},
    SizePlace{"attention.key.weight", 2, 0, Size::kHeads},
    SizePlace{"attention.key.weight", 2, 1, Size::kWidth},
    SizePlace{"attention.key.bias", 1, 0, Size::kHeads},
    SizePlace{"attention.value.weight", 2, 0, Size::kHeads},
    SizePlace{"attention.value.weight", 2, 1, Size::kWidth},
    SizePlace{"attention.value.bias", 1, 0, Size::kHeads},
    SizePlace{"attention.output.weight", 2, 1, Size::kHeads},
    SizePlace{"attention.output.weight", 2, 0, Size::kWidth},
    SizePlace{"attention.output.bias", 1, 0, Size::kWidth},
    SizePlace{"norm1.weight", 1, 0, Size::kWidth},
    SizePlace{"norm1.bias", 1, 0, Size::kWidth},
    SizePlace{"ffn1.weight", 2, 0, Size::kHidden},
    SizePlace{"ffn1.weight", 2, 1, Size::kWidth},
    SizePlace{"ffn1.bias", 1, 0, Size::kHidden},
    SizePlace{"ffn2.weight", 2, 1, Size::kHidden},
    SizePlace{"ffn2.weight", 2, 0, Size::kWidth},
    SizePlace{"ffn2.bias", 1, 0, Size::kWidth},
    SizePlace{"norm2.weight", 1, 0, Size::kWidth},
    SizePlace{"norm2.bias", 1, 0, Size::kWidth},
    SizePlace{"pooling.weight", 1, 0, Size::kWidth},
};

// "blocks.12.norm1.bias" -> 12 and "norm1.bias"; a name outside of blocks -> -1 and itself.
std::pair<std::int64_t, std::string_view> split_name(std::string_view name) {
  constexpr std::string_view kPrefix = "blocks.";
  if (!name.starts_with(kPrefix)) return {-1, name};
  const std::string_view rest = name.substr(kPrefix.size());
  const std::size_t dot = rest.find('.');
  constexpr std::size_t kMostDigits = 3;  // far above any stack, far below an overflow
  if (dot == std::string_view::npos || dot > kMostDigits) return {-1, name};
  std::int64_t block = -1;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + dot, block);
  if (error != std::errc() || end != rest.data() + dot || block < 0) return {-1, name};
  return {block, rest.substr(dot + 1)};
}

// Collects what tensors say about one size.
class Vote {
 public:
  void add(std::int64_t value, std::string seen) {
    for (auto& [evidence, count] : said_) {
      if (evidence.value != value) continue;
      ++count;
      return;
    }
    said_.push_back({{value, std::move(seen)}, 1});
  }
  [[nodiscard]] std::optional<SizeEvidence> outcome() const {
    const auto most = std::max_element(said_.begin(), said_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == said_.end()) return std::nullopt;
    return most->first;
  }

 private:
  std::vector<std::pair<SizeEvidence, int>> said_;
};

std::string seen_words(const std::string& name, const SizePlace& place, std::int64_t value) {
  const char* unit = place.axis_count == 1 ? "values" : place.axis == 0 ? "rows" : "columns";
  return fmt::format("{}'s {} {}", name, value, unit);
}

// Blocks 0, 1, ... as far as each holds at least half as many tensors as the fullest: a stray tensor of a
// block far off, or of one more, is not taken for a block.
std::int64_t count_blocks(const std::map<std::int64_t, std::set<std::string_view>>& names_of_block) {
  std::size_t most = 0;
  for (const auto& [block, names] : names_of_block) most = std::max(most, names.size());
  std::int64_t count = 0;
  for (const auto& [block, names] : names_of_block) {
    if (block != count || 2 * names.size() < most) break;
    ++count;
  }
  return count;
}

}  // namespace

ShapeEvidence find_shape_evidence(const TensorShapes& shapes) {
  std::map<Size, Vote> votes;
  ShapeEvidence evidence;
  std::map<std::int64_t, std::set<std::string_view>> names_of_block;
  for (const auto& [name, shape] : shapes) {
    const auto [block, rest] = split_name(name);
    for (const SizePlace& place : kPlaces) {
      const bool is_of_block = place.name.find("projection") != 0 && place.name.find("position") != 0 &&
                               place.name.find("pooling") != 0;
      if (place.name != rest || is_of_block != (block >= 0)) continue;
      evidence.is_encoder = true;
      if (block >= 0) names_of_block[block].insert(rest);
      if (shape.size() != place.axis_count) continue;
      votes[place.size].add(shape[place.axis], seen_words(name, place, shape[place.axis]));
    }
  }
  evidence.block_count = count_blocks(names_of_block);
  evidence.feature_count = votes[Size::kFeatures].outcome();
  evidence.unpadded_width = votes[Size::kUnpadded].outcome();
  evidence.width = votes[Size::kWidth].outcome();
  evidence.heads_width = votes[Size::kHeads].outcome();
  evidence.ff_dim = votes[Size::kHidden].outcome();
  evidence.window_size = votes[Size::kWindow].outcome();
  evidence.has_projection = shapes.contains("projection.weight");
  evidence.has_positions = shapes.contains("position.weight");
  evidence.has_pooling = shapes.contains("pooling.weight");
  return evidence;
}

}  // namespace regimetry::models

// Words -> small codes, in order of first appearance.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace regimetry::market {

class WordCodes {
 public:
  [[nodiscard]] std::int32_t code_of(std::string_view word) {
    // Rows come in runs of one symbol, so the last word is usually the next one.
    if (last_code_ >= 0 && word == words_[static_cast<std::size_t>(last_code_)]) return last_code_;
    if (const auto found = codes_.find(word); found != codes_.end()) return last_code_ = found->second;
    const auto code = static_cast<std::int32_t>(words_.size());
    words_.emplace_back(word);
    codes_.emplace(word, code);
    return last_code_ = code;
  }
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }
  [[nodiscard]] std::string_view last_word() const noexcept {
    return last_code_ < 0 ? std::string_view()
                          : std::string_view(words_[static_cast<std::size_t>(last_code_)]);
  }
  [[nodiscard]] std::int32_t last_code() const noexcept { return last_code_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> codes_;
  std::int32_t last_code_ = -1;
};

}  // namespace regimetry::market

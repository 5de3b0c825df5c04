// Several parts in one tensor file, told apart by the beginning of their names.
#pragma once

#include <string>
#include <string_view>

#include "core/safetensors.hpp"

namespace regimetry::regimes {

// Puts the tensors and metadata of `part` into `file`, each name after `prefix`.
inline void add_part(TensorFile& file, std::string_view prefix, TensorFile part) {
  for (auto& [name, tensor] : part.tensors) file.tensors[std::string(prefix) + name] = std::move(tensor);
  for (auto& [key, text] : part.metadata) file.metadata[std::string(prefix) + key] = std::move(text);
}

// What add_part() put there.
[[nodiscard]] inline TensorFile part_of(const TensorFile& file, std::string_view prefix) {
  TensorFile part;
  for (const auto& [name, tensor] : file.tensors)
    if (name.starts_with(prefix)) part.tensors[name.substr(prefix.size())] = tensor;
  for (const auto& [key, text] : file.metadata)
    if (key.starts_with(prefix)) part.metadata[key.substr(prefix.size())] = text;
  return part;
}

}  // namespace regimetry::regimes

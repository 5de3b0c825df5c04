#include "features/feature_memory.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/safetensors.hpp"
#include "core/sha256.hpp"

namespace regimetry::features {
namespace {

constexpr std::string_view kKind = "regimetry feature memory 1";

std::string tensor_name(const std::string& symbol, const std::string& timeframe, std::size_t pass) {
  return fmt::format("{}|{}|{}", symbol, timeframe, pass);
}

// Of everything that is restored: a flipped bit would otherwise become an index.
std::string digest_of(const TensorFile& file, std::string_view listed) {
  std::string text(listed);
  for (const auto& [name, tensor] : file.tensors) {
    text += name + sha256_hex({reinterpret_cast<const char*>(tensor.data.data()), tensor.data.size()});
  }
  return sha256_hex(text);
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: {}; save the state anew from the full history (--save-state)", path.string(), why));
}

}  // namespace

const InstrumentMemory* FeatureMemory::find(const std::string& symbol,
                                            const std::string& timeframe) const noexcept {
  for (const InstrumentMemory& one : instruments) {
    if (one.symbol == symbol && one.timeframe == timeframe) return &one;
  }
  return nullptr;
}

const InstrumentMemory* FeatureMemory::find_for(const market::Bars& bars) const noexcept {
  if (const InstrumentMemory* const exact = find(bars.symbol, bars.timeframe.name())) return exact;
  // Steps between fewer bars may all be weekends.
  constexpr std::int64_t kTellingBars = 20;
  if (bars.timeframe.is_known() && bars.size() >= kTellingBars) return nullptr;
  const InstrumentMemory* only = nullptr;
  for (const InstrumentMemory& one : instruments) {
    if (one.symbol != bars.symbol) continue;
    if (only != nullptr) return nullptr;
    only = &one;
  }
  return only;
}

void write_feature_memory(const std::filesystem::path& path, const FeatureMemory& memory) {
  TensorFile file;
  nlohmann::json list = nlohmann::json::array();
  for (const InstrumentMemory& one : memory.instruments) {
    list.push_back({{"symbol", one.symbol},
                    {"timeframe", one.timeframe},
                    {"bars", one.bar_count},
                    {"last", one.last_timestamp},
                    {"sector", one.sector},
                    {"passes", one.passes.size()}});
    for (std::size_t pass = 0; pass < one.passes.size(); ++pass) {
      TensorData tensor;
      tensor.type = TensorType::kUint8;
      tensor.shape = {static_cast<std::int64_t>(one.passes[pass].size())};
      tensor.data = one.passes[pass];
      file.tensors.emplace(tensor_name(one.symbol, one.timeframe, pass), std::move(tensor));
    }
  }
  const std::string listed = list.dump();
  file.metadata = {{"kind", std::string(kKind)},
                   {"set", memory.set_digest},
                   {"instruments", listed},
                   {"digest", digest_of(file, listed)}};
  write_safetensors(path, file);
}

FeatureMemory read_feature_memory(const std::filesystem::path& path) {
  TensorFile file = read_safetensors(path);
  if (!file.metadata.contains("kind") || file.metadata["kind"] != kKind)
    refuse(path, "this is not the saved state of a feature set");
  if (file.metadata["digest"] != digest_of(file, file.metadata["instruments"])) refuse(path, "it is damaged");
  FeatureMemory memory;
  memory.set_digest = file.metadata["set"];
  try {
    for (const nlohmann::json& one : nlohmann::json::parse(file.metadata["instruments"])) {
      InstrumentMemory instrument{one.at("symbol"), one.at("timeframe"), one.at("bars"),
                                  one.at("last"),   one.at("sector"),    {}};
      for (std::size_t pass = 0; pass < one.at("passes").get<std::size_t>(); ++pass) {
        const auto tensor = file.tensors.find(tensor_name(instrument.symbol, instrument.timeframe, pass));
        if (tensor == file.tensors.end() || tensor->second.type != TensorType::kUint8)
          refuse(path, fmt::format("the state of {} is missing", instrument.symbol));
        instrument.passes.push_back(std::move(tensor->second.data));
      }
      memory.instruments.push_back(std::move(instrument));
    }
  } catch (const nlohmann::json::exception&) {
    refuse(path, "its list of instruments cannot be read");
  }
  return memory;
}

}  // namespace regimetry::features

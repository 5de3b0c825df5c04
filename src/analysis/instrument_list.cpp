#include "analysis/instrument_list.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"

namespace regimetry::analysis {

std::vector<ListedInstrument> read_instrument_list(const std::filesystem::path& folder) {
  std::vector<ListedInstrument> instruments;
  if (!std::filesystem::exists(folder / kInstrumentsFile)) return instruments;
  try {
    for (const nlohmann::json& one : nlohmann::json::parse(read_file(folder / kInstrumentsFile)))
      instruments.push_back({one.at("name").get<std::string>(), one.at("folder").get<std::string>(),
                             one.at("words").get<std::string>(), one.at("failure").get<std::string>(),
                             one.at("sources").get<std::vector<std::string>>()});
  } catch (const nlohmann::json::exception&) {
    instruments.clear();
  } catch (const Error&) {
    instruments.clear();
  }
  return instruments;
}

void write_instrument_list(const std::filesystem::path& folder,
                           const std::vector<ListedInstrument>& instruments) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ListedInstrument& one : instruments)
    list.push_back({{"name", one.name},
                    {"folder", one.folder},
                    {"words", one.words},
                    {"failure", one.failure},
                    {"sources", one.sources}});
  write_file_atomically(folder / kInstrumentsFile,
                        list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

std::string folder_name(const std::string& name) {
  std::string folder;
  for (const char c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '-' || c == '_' || c == '.' || c == '+' ||
                          static_cast<unsigned char>(c) >= 0x80U;
    folder += is_plain ? c : '_';
  }
  if (folder.empty() || folder.front() == '.') folder.insert(folder.begin(), '_');
  return folder;
}

std::string unused_folder_name(const std::string& name, std::set<std::string>& taken) {
  const std::string plain = folder_name(name);
  std::string folder = plain;
  for (int number = 2; !taken.insert(folder).second; ++number) folder = fmt::format("{}_{}", plain, number);
  return folder;
}

}  // namespace regimetry::analysis

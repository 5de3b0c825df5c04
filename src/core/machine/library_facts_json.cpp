// The probes' answers as JSON, to cross from the child process that asked.
#include <nlohmann/json.hpp>

#include "core/machine/library_probes.hpp"

namespace regimetry {

void to_json(nlohmann::json& json, const BlasFacts& facts) {
  json = {{"is_found", facts.is_found}, {"vendor", facts.vendor},
          {"version", facts.version},   {"path", facts.path},
          {"core", facts.core},         {"threads", facts.threads},
          {"gflops", facts.gflops},     {"is_correct", facts.is_correct}};
}

void from_json(const nlohmann::json& json, BlasFacts& facts) {
  json.at("is_found").get_to(facts.is_found);
  json.at("vendor").get_to(facts.vendor);
  json.at("version").get_to(facts.version);
  json.at("path").get_to(facts.path);
  json.at("core").get_to(facts.core);
  json.at("threads").get_to(facts.threads);
  json.at("gflops").get_to(facts.gflops);
  json.at("is_correct").get_to(facts.is_correct);
}

void to_json(nlohmann::json& json, const OnednnFacts& facts) {
  json = {{"is_found", facts.is_found},
          {"version", facts.version},
          {"path", facts.path},
          {"gflops", facts.gflops},
          {"is_correct", facts.is_correct}};
}

void from_json(const nlohmann::json& json, OnednnFacts& facts) {
  json.at("is_found").get_to(facts.is_found);
  json.at("version").get_to(facts.version);
  json.at("path").get_to(facts.path);
  json.at("gflops").get_to(facts.gflops);
  json.at("is_correct").get_to(facts.is_correct);
}

void to_json(nlohmann::json& json, const GpuDevice& device) {
  json = {{"name", device.name}, {"memory_bytes", device.memory_bytes}};
}

void from_json(const nlohmann::json& json, GpuDevice& device) {
  json.at("name").get_to(device.name);
  json.at("memory_bytes").get_to(device.memory_bytes);
}

void to_json(nlohmann::json& json, const GpuFacts& facts) {
  json = {{"has_driver", facts.has_driver},
          {"driver_version", facts.driver_version},
          {"cuda_version", facts.cuda_version},
          {"problem", facts.problem},
          {"devices", facts.devices}};
}

void from_json(const nlohmann::json& json, GpuFacts& facts) {
  json.at("has_driver").get_to(facts.has_driver);
  json.at("driver_version").get_to(facts.driver_version);
  json.at("cuda_version").get_to(facts.cuda_version);
  json.at("problem").get_to(facts.problem);
  json.at("devices").get_to(facts.devices);
}

void to_json(nlohmann::json& json, const TorchFacts& facts) {
  json = {{"is_found", facts.is_found}, {"version", facts.version}, {"path", facts.path}};
}

void from_json(const nlohmann::json& json, TorchFacts& facts) {
  json.at("is_found").get_to(facts.is_found);
  json.at("version").get_to(facts.version);
  json.at("path").get_to(facts.path);
}

}  // namespace regimetry

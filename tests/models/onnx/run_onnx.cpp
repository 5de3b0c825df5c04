#include "models/onnx/run_onnx.hpp"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "core/temporary_folder.hpp"

namespace regimetry::models {
namespace {

std::string quoted(const std::filesystem::path& path) {
  return "'" + path.string() + "'";  // test folders have no quotes in their names
}

void require_runtime() {
  if (std::system("node --version > /dev/null 2>&1") != 0)
    throw std::runtime_error("node is missing, which runs exported models; 'scripts/setup test' installs it");
  if (!std::filesystem::exists(REGIMETRY_ONNX_RUNTIME "/node_modules/onnxruntime-node"))
    throw std::runtime_error("ONNX Runtime is missing in " REGIMETRY_ONNX_RUNTIME
                             "; 'scripts/setup test' fetches it");
}

nlohmann::json write_job(const TemporaryFolder& folder, const std::string& number, const OnnxJob& job) {
  const std::string_view windows(reinterpret_cast<const char*>(job.windows.data()),
                                 job.windows.size() * sizeof(float));
  return {{"model", folder.write(number + ".onnx", job.model).string()},
          {"windows", folder.write(number + ".windows", windows).string()},
          {"output", (folder / (number + ".embeddings")).string()},
          {"shape", job.shape}};
}

std::vector<float> read_floats(const std::filesystem::path& path) {
  const std::string bytes = TemporaryFolder::read(path);
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

OnnxAnswer read_answer(const nlohmann::json& job, const nlohmann::json& result) {
  OnnxAnswer answer;
  if (result.contains("error")) {
    answer.error = result["error"];
    return answer;
  }
  answer.inputs = result["inputs"].get<std::vector<std::string>>();
  answer.outputs = result["outputs"].get<std::vector<std::string>>();
  answer.shape = result["shape"].get<std::vector<std::int64_t>>();
  answer.embeddings = read_floats(job["output"].get<std::string>());
  return answer;
}

}  // namespace

std::vector<OnnxAnswer> run_onnx(const std::vector<OnnxJob>& jobs) {
  require_runtime();
  const TemporaryFolder folder;
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t i = 0; i < jobs.size(); ++i) list.push_back(write_job(folder, std::to_string(i), jobs[i]));
  const std::filesystem::path jobs_file = folder.write("jobs.json", list.dump());
  const std::filesystem::path results_file = folder / "results.json";
  const std::string command = "node " + quoted(REGIMETRY_RUN_ONNX) + " " + quoted(REGIMETRY_ONNX_RUNTIME) +
                              " " + quoted(jobs_file) + " " + quoted(results_file);
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  const nlohmann::json results = nlohmann::json::parse(TemporaryFolder::read(results_file));
  std::vector<OnnxAnswer> answers;
  for (std::size_t i = 0; i < jobs.size(); ++i) answers.push_back(read_answer(list[i], results[i]));
  return answers;
}

}  // namespace regimetry::models

// The script of docs/onnx.md, run as it stands there.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "core/temporary_folder.hpp"
#include "models/onnx/export_encoder.hpp"
#include "models/onnx/lively_weights.hpp"
#include "models/support/encoder_definition.hpp"

namespace regimetry::models {
namespace {

std::string script_of_page() {
  const std::string page = TemporaryFolder::read(REGIMETRY_ONNX_PAGE), begin = "```js\n";
  const std::size_t from = page.find(begin) + begin.size();
  return page.substr(from, page.find("```", from) - from);
}

TEST(OnnxPage, ShowsAScriptThatEmbeds) {
  RegimeEncoderOptions options;
  options.feature_count = 2;
  options.window_size = 3;
  options.embedding_dim = 4;
  options.head_size = 4;
  const RegimeEncoderWeights weights = lively_weights(options, 1);
  const std::vector<float> windows = {1, 2, 3, 4, 5, 6, /**/ -1, 0, 1, 0, -1, 0};
  const TemporaryFolder folder;
  folder.write("embed.cjs", script_of_page());
  folder.write("windows.f32",
               {reinterpret_cast<const char*>(windows.data()), windows.size() * sizeof(float)});
  write_encoder_onnx(folder / "encoder.onnx", weights);
  const std::string command = "cd '" + folder.path().string() +
                              "' && NODE_PATH='" REGIMETRY_ONNX_RUNTIME
                              "/node_modules' node embed.cjs encoder.onnx windows.f32 3 2 > embeddings.csv";
  ASSERT_EQ(std::system(command.c_str()), 0) << "is node or ONNX Runtime missing? 'scripts/setup test'";
  std::istringstream lines(TemporaryFolder::read(folder / "embeddings.csv"));
  for (const double expected : define_embeddings(weights, windows, 3)) {
    double value = 0;
    ASSERT_TRUE(lines >> value);
    lines.ignore();  // the comma or the end of the line
    EXPECT_NEAR(value, expected, 1e-5);
  }
}

}  // namespace
}  // namespace regimetry::models

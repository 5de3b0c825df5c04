// The definition in docs/embedding.md, run as it stands there against what the binary writes.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/atomic_file.hpp"
#include "core/npy.hpp"
#include "core/rng.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::cli {
namespace {

std::string python_of(const std::string& page) {
  const std::string begin = "```python\n";
  const std::size_t from = page.find(begin) + begin.size();
  return page.substr(from, page.find("```", from) - from);
}

// The page's script, on rows and an encoder that the binary used; what it prints and its exit code.
BinaryRun check(const TemporaryFolder& folder, const std::vector<std::string>& options,
                const std::string& stride) {
  std::vector<std::string> words{"embed",
                                 (folder / "rows.npy").string(),
                                 "--output-dir",
                                 folder.path().string(),
                                 "--save-encoder",
                                 "encoder.safetensors",
                                 "--quiet",
                                 "--window-size",
                                 "6",
                                 "--head-size",
                                 "20",
                                 "--stride",
                                 stride};
  words.insert(words.end(), options.begin(), options.end());
  const BinaryRun run = run_binary(words);
  if (run.exit_code != 0) return run;
  return run_bash("cd '" + folder.path().string() +
                  "'; /usr/bin/python3 check.py rows.npy encoder.safetensors embeddings.npy " + stride);
}

TEST(EmbeddingPage, DefinesWhatTheBinaryComputes) {
  if (run_bash("/usr/bin/python3 -c 'import numpy'").exit_code != 0) GTEST_SKIP() << "needs python3-numpy";
  const TemporaryFolder folder;
  folder.write("check.py", python_of(read_file(REGIMETRY_EMBEDDING_PAGE)));
  RngStream random = Rng(3).stream("page");
  std::vector<float> rows;
  for (int i = 0; i < 40 * 5; ++i) rows.push_back(static_cast<float>(random.normal()));
  write_npy(folder / "rows.npy", rows, std::array<std::int64_t, 2>{40, 5});
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"1", {}},
      {"1", {"--embedding-dim", "8"}},
      {"2", {"--encoding-style", "stacked", "--pooling", "max"}},  // padded
      {"9", {"--encoding-method", "learnable", "--pooling", "attention", "--num-heads", "3"}},
      {"1", {"--embedding-dim", "12", "--look-ahead-mask", "--pooling", "last"}},
      {"3", {"--num-transformer-blocks", "3", "--ff-dim", "7"}},
      {"1", {"--pre-norm", "--activation", "gelu"}}};  // by the reference
  for (const auto& [stride, options] : cases) {
    const BinaryRun run = check(folder, options, stride);
    EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(options) << "\n" << run.out << run.err;
  }
}

}  // namespace
}  // namespace regimetry::cli

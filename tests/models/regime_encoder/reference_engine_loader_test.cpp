#include "models/regime_encoder/reference_engine_loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::models {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

RegimeEncoderWeights small_weights() {
  RegimeEncoderOptions options;
  options.feature_count = 2;
  options.window_size = 3;
  return zero_weights(options);
}

std::string refusal_of(const std::vector<std::filesystem::path>& candidates) {
  return message_of(ErrorKind::kInternal, [&] {
    static_cast<void>(load_reference_engine_from(candidates, small_weights(), "cpu"));
  });
}

TEST(ReferenceEngineLoader, LooksBesideTheProgramFirst) {
  const auto candidates = reference_library_candidates();
  ASSERT_EQ(candidates.size(), 3U);
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  EXPECT_THAT(candidates[0].string(), AllOf(HasSubstr(folder.parent_path().string()),
                                            HasSubstr("/regimetry/libregimetry_reference.so")));
  EXPECT_EQ(candidates[1], folder / "libregimetry_reference.so");
  EXPECT_EQ(candidates[2], "libregimetry_reference.so");
}

TEST(ReferenceEngineLoader, SaysWhatToBuildWhenThereIsNone) {
  EXPECT_THAT(refusal_of({"/nowhere/a.so", "no_such_library_of_regimetry.so"}),
              AllOf(HasSubstr("/nowhere/a.so, no_such_library_of_regimetry.so"), HasSubstr("make build"),
                    HasSubstr("make install")));
}

TEST(ReferenceEngineLoader, RefusesAFileThatIsNoLibrary) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "libregimetry_reference.so";
  std::ofstream(file) << "not a library";
  EXPECT_THAT(refusal_of({file}),
              AllOf(HasSubstr(file.string() + " cannot be loaded"), HasSubstr("libtorch")));
}

TEST(ReferenceEngineLoader, RefusesALibraryOfAnotherBuild) {
  // Some library that is always there and has no factory.
  EXPECT_THAT(refusal_of({"libc.so.6"}),
              AllOf(HasSubstr("libc.so.6 is not of this build"), HasSubstr("regimetry ")));
}

}  // namespace
}  // namespace regimetry::models

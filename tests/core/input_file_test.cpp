#include "core/input_file.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "core/without_root_rights.hpp"

namespace regimetry {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string refusal(const fs::path& path) {
  return message_of(ErrorKind::kData, [&] { const InputFile file(path); });
}

TEST(InputFile, ReadsOnFromWhereItStopped) {
  const TemporaryFolder folder;
  InputFile file(folder.write("x", "abcdef"));
  EXPECT_EQ(file.size(), 6U);
  std::array<std::byte, 4> block{};
  EXPECT_EQ(file.read(block), 4U);
  EXPECT_EQ(std::memcmp(block.data(), "abcd", 4), 0);
  EXPECT_EQ(file.read(block), 2U);
  EXPECT_EQ(std::memcmp(block.data(), "ef", 2), 0);
  EXPECT_EQ(file.read(block), 0U);
}

TEST(InputFile, SaysWhenTheFileShrankMeanwhile) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("x", "abcdef");
  InputFile file(path);
  fs::resize_file(path, 2);
  std::array<std::byte, 6> all{};
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { file.read_exactly(all); }),
              HasSubstr("ended 4 bytes early"));
}

TEST(InputFile, FollowsLinks) {
  const TemporaryFolder folder;
  folder.write("x", "abc");
  fs::create_symlink("x", folder / "link");
  EXPECT_EQ(InputFile(folder / "link").size(), 3U);
}

TEST(InputFile, NamesWhatIsWrongWithThePath) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal(folder / "none.csv"),
              HasSubstr((folder / "none.csv").string() + ": there is no such file"));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("is a folder"));
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
  fs::create_symlink("nowhere", folder / "dangling");
  EXPECT_THAT(refusal(folder / "dangling"), HasSubstr("link to a file that does not exist"));
  fs::create_symlink("loop", folder / "loop");
  EXPECT_THAT(refusal(folder / "loop"), HasSubstr("cannot be opened"));
  EXPECT_THAT(refusal(folder.write("file", "x") / "below"), HasSubstr("cannot be opened"));
}

// These would wait for ever or never end if they were read.
TEST(InputFile, RefusesPipesDevicesAndSocketsAtOnce) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(refusal(folder / "pipe"), HasSubstr("is a pipe or a device"));
  EXPECT_THAT(refusal("/dev/zero"), HasSubstr("is a pipe or a device"));
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = (folder / "socket").string();
  ASSERT_LT(name.size(), sizeof address.sun_path);
  std::strcpy(address.sun_path, name.c_str());
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_THAT(refusal(folder / "socket"), HasSubstr("is not a regular file"));
  ::close(listener);
}

TEST(InputFile, SaysWhenItMayNotRead) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("secret", "x");
  ::chmod(folder.path().c_str(), 0755);
  ::chmod(path.c_str(), 0);
  std::string message;
  {
    const WithoutRootRights rights;
    ASSERT_TRUE(rights.worked());
    message = refusal(path);
  }
  EXPECT_THAT(message, HasSubstr("cannot be read"));
  EXPECT_THAT(message, HasSubstr("chmod u+r"));
}

TEST(RequireFitsInMemory, RefusesWhatNoMachineHolds) {
  require_fits_in_memory(1 << 20, "small.npy");
  const std::string message =
      message_of(ErrorKind::kData, [] { require_fits_in_memory(std::uintmax_t{1} << 60, "large.npy"); });
  EXPECT_THAT(message, HasSubstr("large.npy: holds 1152921504606846976 bytes"));
}

}  // namespace
}  // namespace regimetry
